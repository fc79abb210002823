"""How the elements of a web page look by their style: whether each is hidden, and whether it shows as it reads.

What is allowed is listed, by property and by what it says; whatever else a style does to a cell is odd. The rules of
the page's own style sheets and of ``style`` attributes count in the order of the cascade. Nothing is fetched.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import BEYOND
from pipeline.intake.containers.page_letters import Painted, are_seen, size_in

MOST_MATCHES = 200_000_000  # selectors times elements

Declared = Mapping[str, str]  # what a property says, in the end

_VENDOR = re.compile(r"^-(webkit|moz|ms|o)-")
_LOOKS = re.compile(
    r"(font|background|border|padding|mso|layout|text-align|text-autospace|text-size|text-justify|text-transform|text-wrap"
    r"|text-underline|text-rendering|text-overflow|word|line|letter|outline|page|table|empty|caption|tab|ruby|punctuation|panose|box"
    r"|tap|user|cursor|widows|orphans|quotes|list-style|hyphens|white-space|vertical-align|width|height|min|max|margin"
    r"|color|accent|overflow-wrap|overflow-x|overflow-y|overflow|resize|transition|animation|print|size|tab-size)(-|$)"
)
_SAYS = {
    "text-decoration": re.compile(r"(?!.*(line-through|blink)).*"),
    "text-decoration-line": re.compile(r"(?!.*(line-through|blink)).*"),
    "vertical-align": re.compile(r"(?!.*(super|sub|[1-9])).*"),
    "display": re.compile(r"(inline|block|inline-block|list-item|table[a-z-]*|initial|inherit|revert|contents)"),
    "visibility": re.compile(r"(visible|inherit|initial)"),
    "opacity": re.compile(r"(1(\.0*)?|100%|inherit|initial)"),
    "direction": re.compile(r"(ltr|inherit|initial)"),
    "unicode-bidi": re.compile(r"(normal|inherit|initial|isolate)"),
    "content": re.compile(r"(normal|none|\"\"|''|initial)"),
    "position": re.compile(r"(static|relative|inherit|initial)"),
    "mso-hide": re.compile(r"none"),
    "float": re.compile(r"none"),
    "text-indent": re.compile(r"\+?[0-9.]+[a-z%]*"),
    "margin": re.compile(r"[^-]*"),
}
_NO_SIZE = re.compile(r"\+?(0*\.)?0+[a-z%]*")  # of a letter or a box: nothing is seen
_SIZED = {"width", "height", "max-width", "max-height", "line-height"}
_TAKES_BACK = {
    "text-decoration", "text-decoration-line", "visibility", "opacity", "direction", "unicode-bidi", "font",
    "font-size",
}  # fmt: skip
_STRIKES = {"text-decoration", "text-decoration-line", "vertical-align"}
_NOT_SHOWN = ("selection", "placeholder", "-", "backdrop", "cue", "file")  # parts that are none of a cell's text


@dataclass
class PageStyle:
    """What the style sheets and attributes of a page declare, by element."""

    page: Any
    declared: dict[Any, Declared] = field(default_factory=dict)
    made: dict[Any, Declared] = field(default_factory=dict)  # of what stands before and behind, and of first letters

    @classmethod
    def of(cls, page: Any) -> "PageStyle":
        """The style of a page. Raises Unreadable where there is too much of it."""
        every = list(page.iter("*"))
        rules: dict[tuple[Any, bool], list[tuple[tuple[Any, ...], str, str]]] = {}
        order = 0
        for selector, declarations in _selectors(page, len(every)):
            order += 1
            of_part = bool(selector.pseudo_element)
            for element in _matched(page, selector):
                for name, says, important in declarations:
                    weight = (important, False, selector.specificity(), order)
                    rules.setdefault((element, of_part), []).append((weight, name, says))
        for element in page.xpath("//*[@style]"):
            for name, says, important in _declarations(element.get("style")):
                rules.setdefault((element, False), []).append(((important, True, (), order), name, says))
        style = cls(page)
        for (element, of_part), found in rules.items():
            found.sort(key=lambda rule: rule[0])
            (style.made if of_part else style.declared)[element] = {name: says for _, name, says in found}
        return style

    def hidden(self, element: Any) -> bool:
        """Whether an element and all that is in it is not shown."""
        display = self.declared.get(element, {}).get("display", "")
        return display.startswith("none") or (not display and element.get("hidden") is not None)

    def odd(self, element: Any) -> set[str]:
        """The properties by which a cell, or a part of one, shows otherwise than it reads."""
        own = self.declared.get(element, {})
        made = any(not _allowed(name, says) for name, says in self.made.get(element, {}).items())
        return {name for name, says in own.items() if not _allowed(name, says)} | ({"content"} if made else set())

    def taken_back(self, element: Any) -> set[str]:
        """The properties by which an element that holds tables takes back what they say, and not only places them."""
        own = self.declared.get(element, {})
        return {name for name, says in own.items() if name in _TAKES_BACK and not _allowed(name, says)}

    def paint(self, element: Any, name: str) -> Painted | None:
        """The colour that an element has, or its background; None where it says none."""
        attribute = {"color": "color", "background-color": "bgcolor"}[name]
        short = self.says(element, "background") if name == "background-color" else ""
        return _paint(self.says(element, name) or short or element.get(attribute) or "")

    def says(self, element: Any, name: str) -> str:
        """What a property of an element says; "" where nothing is declared."""
        return self.declared.get(element, {}).get(name, "")


def strikes(properties: set[str]) -> bool:
    """Whether something is struck out or raised by one of the properties."""
    return not _STRIKES.isdisjoint(properties)


def _allowed(name: str, says: str) -> bool:
    name = _VENDOR.sub("", name)
    if name.startswith("--"):
        return True
    if name in _SIZED and _NO_SIZE.fullmatch(says):
        return False
    if name in {"font", "font-size"} and not are_seen(says if name == "font-size" else size_in(says)):
        return False
    rule = _SAYS.get("margin" if name.startswith("margin") else name)
    return bool(rule.fullmatch(says)) if rule else bool(_LOOKS.match(name)) and name != "text-fill-color"


def _selectors(page: Any, elements: int) -> Iterator[tuple[Any, list[tuple[str, str, bool]]]]:
    """Every selector of the page's own style sheets that may name one of its elements, with what it declares."""
    from cssselect import SelectorError, parse

    matches = 0
    for sheet in page.xpath("//style"):
        if not _on_screen(sheet.get("media") or ""):
            continue
        for selectors, block in _rules(sheet.text_content()):
            try:
                found = parse(selectors)
            except SelectorError:
                continue
            declarations = list(_declarations(block))
            for selector in found:
                part = str(selector.pseudo_element or "")
                if not part.startswith(_NOT_SHOWN):
                    matches += elements
                    if matches > MOST_MATCHES:
                        raise Unreadable("里面的样式太多，不像一份报表", BEYOND)
                    yield selector, declarations


def _matched(page: Any, selector: Any) -> list[Any]:
    from cssselect import ExpressionError, HTMLTranslator

    try:
        return list(page.xpath(HTMLTranslator().selector_to_xpath(selector)))
    except ExpressionError:  # of a state that no mailed page is in
        return []


def _rules(css: str) -> Iterator[tuple[str, Any]]:
    """The selectors and the block of every rule that holds on a screen."""
    import tinycss2

    waiting = [tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)]
    while waiting:
        for rule in waiting.pop(0):
            if rule.type == "qualified-rule":
                yield tinycss2.serialize(rule.prelude).strip(), rule.content
            elif rule.type == "at-rule" and rule.content is not None and _holds(rule):
                waiting.append(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _holds(rule: Any) -> bool:
    """Whether a conditional group of rules may hold where the page is looked at."""
    import tinycss2

    if rule.lower_at_keyword == "media":
        return _on_screen(tinycss2.serialize(rule.prelude))
    return rule.lower_at_keyword in {"supports", "layer", "container", "scope"}


def _on_screen(media: str) -> bool:
    return "print" not in media.lower() or "screen" in media.lower()


def _declarations(block: Any) -> Iterator[tuple[str, str, bool]]:
    import tinycss2

    for one in tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration":
            yield one.lower_name, tinycss2.serialize(one.value).strip().lower(), one.important


@lru_cache(maxsize=1 << 10)
def _paint(says: str) -> Painted | None:
    """A colour, and how much it covers; None where a text is none."""
    from tinycss2.color4 import parse_color

    found = parse_color(says) if says else None
    if found is None or isinstance(found, str):
        return None
    red, green, blue = (min(max(round(255 * part), 0), 255) for part in found.to("srgb").coordinates)
    return (red, green, blue), found.alpha
