"""The styles of an .ods: whether what they are used for is struck out, raised, hidden, or as white as its ground."""

from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.intake.book import Mark

_PAPER, _INK = "#ffffff", "#000000"


class Style(NamedTuple):
    """How a style looks: "" where it says nothing; ``parent`` is what it is made from, ``shows`` its number format."""

    parent: str = ""
    struck: str = ""
    raised: bool = False
    ink: str = ""
    ground: str = ""
    hidden: bool = False
    shows: str = ""


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
            get(table, "display") == "false",
            get(element, "data-style-name"),
        )
        self.named |= {get(element, "name"): style, get(element, "display-name") or get(element, "name"): style}

    def is_odd(self, name: str) -> bool:
        """Whether a part of a text is struck out, raised or lowered by this style."""
        style = self.named.get(name, Style())
        return style.struck == "yes" or style.raised

    def mark(self, name: str) -> Mark | None:
        """The mark of a cell that is struck out or not to be seen."""
        if self._first(name, "struck") == "yes":
            return Mark("struck", "")
        ink, ground = self._first(name, "ink") or _INK, self._first(name, "ground") or _PAPER
        return Mark("unseen", "") if ink == {"transparent": _PAPER}.get(ground, ground) else None

    def mark_by(self, name: str, own: str) -> Mark | None:
        """The mark of a cell of the style ``own`` that takes another one besides."""
        style = self.named.get(name, Style())
        if style.struck == "yes":
            return Mark("struck", "")
        ink, ground = style.ink or self._first(own, "ink") or _INK, style.ground or self._first(own, "ground") or _PAPER
        if ink == {"transparent": _PAPER}.get(ground, ground):
            return Mark("unseen", "")
        return Mark("shown", "") if style.shows not in {"", self._first(own, "shows")} else None

    def _first(self, name: str, what: str) -> str:
        """What a style says, or the one that it is made from."""
        for _ in range(len(self.named)):
            style = self.named.get(name or "Default", Style())
            told = str(getattr(style, what))
            if told or not style.parent:
                return told
            name = style.parent
        return ""


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
