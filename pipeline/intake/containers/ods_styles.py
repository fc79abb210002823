"""The styles of an .ods: whether what they are used for is struck out, raised, hidden, or not to be seen."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.intake.book import Mark
from pipeline.intake.letters import BLACK, LEAST_POINTS, WHITE, Colour, blends, hex_colour

_POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pc": 12.0, "px": 0.75, "%": 0.1}  # of ten points
_SIZE = re.compile(r"([\d.]+)(pt|mm|cm|in|pc|px|%)")


class Style(NamedTuple):
    """How a style looks: "" where it says nothing; ``parent`` is what it is made from, ``shows`` its number format.

    ``gone`` says whether its letters are hidden or too small to be seen, ``repeated`` whether they fill the cell.
    """

    parent: str = ""
    struck: str = ""
    raised: bool = False
    ink: str = ""
    ground: str = ""
    hidden: bool = False
    shows: str = ""
    gone: str = ""
    repeated: str = ""


@dataclass
class Styles:
    """The styles of cells, texts and tables by name."""

    named: dict[str, Style] = field(default_factory=dict)

    def enter(self, element: ET.Element) -> None:
        """Take in a style."""
        looks = {local(part): part for part in element}
        nothing = ET.Element("nothing")
        text, cell, table = (looks.get(f"{kind}-properties", nothing) for kind in ("text", "table-cell", "table"))
        style = Style(
            get(element, "parent-style-name"),
            _struck(text),
            not get(text, "text-position", "0%").startswith("0%"),
            "" if get(text, "use-window-font-color") == "true" else get(text, "color"),
            get(cell, "background-color"),
            get(table, "display") == "false" or _is_little(looks),
            get(element, "data-style-name"),
            _gone(text),
            get(cell, "repeat-content"),
        )
        self.named |= {get(element, "name"): style, get(element, "display-name") or get(element, "name"): style}

    def is_odd(self, name: str) -> bool:
        """Whether a part of a text is struck out, raised, lowered or not to be seen by this style."""
        style = self.named.get(name, Style())
        return style.struck == "yes" or style.raised or style.gone == "yes" or blends(_colour(style.ink), WHITE)

    def mark(self, name: str) -> Mark | None:
        """The mark of a cell that is struck out or not to be seen."""
        if self._first(name, "struck") == "yes":
            return Mark("struck", "")
        if self._first(name, "gone") == "yes" or blends(self._ink(name), self._ground(name)):
            return Mark("unseen", "")
        return None

    def repeats(self, name: str) -> bool:
        """Whether a cell shows what it holds over and over."""
        return self._first(name, "repeated") == "true"

    def mark_by(self, name: str, own: str) -> Mark | None:
        """The mark of a cell of the style ``own`` that takes another one besides."""
        style = self.named.get(name, Style())
        if style.struck == "yes":
            return Mark("struck", "")
        ink = _colour(style.ink) if style.ink else self._ink(own)
        ground = _colour(style.ground) if style.ground else self._ground(own)
        if style.gone == "yes" or ((style.ink or style.ground) and blends(ink, ground)):
            return Mark("unseen", "")
        return Mark("shown", "") if style.shows not in {"", self._first(own, "shows")} else None

    def _ink(self, name: str) -> Colour | None:
        return _colour(self._first(name, "ink")) or BLACK

    def _ground(self, name: str) -> Colour | None:
        return _colour(self._first(name, "ground")) or WHITE

    def _first(self, name: str, what: str) -> str:
        """What a style says, or the one that it is made from."""
        for _ in range(len(self.named)):
            style = self.named.get(name or "Default", Style())
            told = str(getattr(style, what))
            if told or not style.parent:
                return told
            name = style.parent
        return ""


def _colour(said: str) -> Colour | None:
    """A colour as styles write it (#fefefe); None where they say none."""
    return hex_colour(said) if said.startswith("#") else None


def _is_little(looks: dict[str, ET.Element]) -> bool:
    """Whether a row is too low, or a column too narrow, for anything in it to be seen."""
    told = ((looks.get("table-row-properties"), "row-height"), (looks.get("table-column-properties"), "column-width"))
    sizes = (_SIZE.fullmatch(get(part, name)) for part, name in told if part is not None)
    return any(size is not None and float(size[1]) * _POINTS[size[2]] < LEAST_POINTS for size in sizes)


def _gone(looks: ET.Element) -> str:
    """Whether letters are hidden or too small to be seen; "" where a style does not say."""
    size, display = _SIZE.fullmatch(get(looks, "font-size")), get(looks, "display")
    if not size and not display:
        return ""
    small = size is not None and float(size[1]) * _POINTS[size[2]] < LEAST_POINTS
    return "yes" if small or display == "none" else "no"


def _struck(looks: ET.Element) -> str:
    """Whether a style strikes text out; "" where it does not say."""
    told = [get(looks, f"text-line-through-{how}") for how in ("style", "type")]
    if not any(told):
        return ""
    return "yes" if any(one not in {"", "none"} for one in told) else "no"


def local(element: ET.Element) -> str:
    """The name of an element without its name space."""
    return element.tag.rpartition("}")[2]


def get(element: ET.Element, name: str, default: str = "") -> str:
    """An attribute by its name without name space, the office's own before LibreOffice's."""
    return next(
        (value for key, value in element.items() if key.endswith(f"}}{name}") and "calcext" not in key), default
    )
