"""The cell styles of an .xlsx: what each shows of a number or a text, and whether it strikes out or hides it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from pipeline.intake.number_format import BUILT_IN, UNKNOWN
from pipeline.intake.shown import is_day, is_plain_text, plain_places

_OFF = {"0", "false", "none"}
_THEME = ("window", "windowText")  # the first colours of a theme: ground and ink
_INDEXED = {0: "000000", 1: "FFFFFF", 8: "000000", 9: "FFFFFF", 64: "windowText", 65: "window"}
_SYSTEM = {"FFFFFF": "window", "000000": "windowText"}


class Change(NamedTuple):
    """What a format on a condition changes: "" or False where it says nothing of it."""

    struck: bool = False
    ink: str = ""
    ground: str = ""
    code: str = ""


@dataclass(frozen=True)
class Styles:
    """By number of a style as the cells write it: its format, and what is out of the ordinary about it.

    ``watched`` are the styles under which a cell may be seen otherwise than it is kept, ``days`` those of bare days;
    ``colours`` are ink and ground of each, ``changes`` the formats that cells take on a condition.
    """

    codes: tuple[str, ...] = ()
    struck: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    odd: frozenset[str] = frozenset()
    watched: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    colours: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()

    @cached_property
    def known(self) -> dict[bool, dict[bytes, Any]]:
        """What is known already of the contents of cells (see cell_values), by whether days count from 1904."""
        return {}

    @cached_property
    def telling(self) -> frozenset[int]:
        """The formats on a condition by which a number may be struck out, hidden, or shown otherwise."""
        inks = {ink for ink, _ in self.colours} | {one.ink for one in self.changes}
        grounds = {ground for _, ground in self.colours} | {one.ground for one in self.changes}
        return frozenset(
            n
            for n, one in enumerate(self.changes)
            if one.struck or one.code or (one.ink and one.ink in grounds) or (one.ground and one.ground in inks)
        )

    def code(self, style: str) -> str:
        """The number format of a style; one that is not there shows as General."""
        return self.codes[int(style)] if int(style) < len(self.codes) else "General"


@lru_cache(maxsize=64)
def styles_of(xml: bytes) -> Styles:
    """The styles of a workbook; units that fill in the same template send the same."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    own = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in root.iterfind(".//{*}numFmts/{*}numFmt")}
    known = BUILT_IN | own
    fonts = [list(font) for font in root.iterfind(".//{*}fonts/{*}font")]
    grounds = [_ground(fill) for fill in root.iterfind(".//{*}fills/{*}fill")]
    styles = list(root.iterfind(".//{*}cellXfs/{*}xf"))
    codes = tuple(known.get(int(style.get("numFmtId", "0")), UNKNOWN) for style in styles)
    font_of = [int(style.get("fontId", "0")) for style in styles]
    ground_of = [int(style.get("fillId", "0")) for style in styles]
    struck = {str(n) for n, font in enumerate(font_of) if font < len(fonts) and _is_struck(fonts[font])}
    inks = [_ink(fonts[font]) if font < len(fonts) else "" for font in font_of]
    under = [grounds[ground] if ground < len(grounds) else "" for ground in ground_of]
    unseen = {str(n) for n, (ink, ground) in enumerate(zip(inks, under, strict=True)) if ink and ink == ground}
    odd = set(_odd(codes))
    days = {str(n) for n, code in enumerate(codes) if is_day(code)}
    return Styles(
        codes,
        frozenset(struck),
        frozenset(unseen),
        frozenset(odd),
        frozenset(struck | unseen | odd),
        frozenset(days),
        tuple(zip(inks, under, strict=True)),
        tuple(change_of(one) for one in root.iterfind(".//{*}dxfs/{*}dxf")),
    )


def change_of(dxf: ET.Element) -> Change:
    """What a format on a condition changes."""
    parts = {_local(part): part for part in dxf}
    font, fill, shown = list(parts.get("font", ())), parts.get("fill"), parts.get("numFmt")
    told = next((part for part in font if _local(part) == "color"), None)
    ground = fill.find(".//{*}bgColor") if fill is not None else None
    kind = next((part.get("patternType", "solid") for part in fill), "") if fill is not None else ""
    return Change(
        _is_struck(font),
        _colour(told) if told is not None else "",
        _colour(ground) if ground is not None and kind == "solid" else "",
        shown.get("formatCode", "") if shown is not None else "",
    )


def _odd(codes: tuple[str, ...]) -> Iterator[str]:
    """The styles that may show a number or a text otherwise than it is."""
    for n, code in enumerate(codes):
        plain = is_day(code) or plain_places(code) is not None
        if not plain or not is_plain_text(code):
            yield str(n)


def _is_struck(font: list[ET.Element]) -> bool:
    return any(_local(part) == "strike" and part.get("val", "1") not in _OFF for part in font)


def _ink(font: list[ET.Element]) -> str:
    """The colour of a font, where it is certain."""
    return next((_colour(part) for part in font if _local(part) == "color"), "windowText")


def _ground(fill: ET.Element) -> str:
    """The colour of a ground; that of the paper where it has none, "" where it is not certain."""
    pattern = next(iter(fill), None)
    if pattern is None or _local(pattern) != "patternFill":
        return ""
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return "window"
    front = next((part for part in pattern if _local(part) == "fgColor"), None)
    return _colour(front) if kind == "solid" and front is not None else ""


def _colour(element: ET.Element) -> str:
    """A colour by one name; "" where it would have to be worked out."""
    if element.get("tint", "0") not in {"0", "0.0"}:
        return "|".join(f"{key}={value}" for key, value in sorted(element.items()))  # equal only to the very same
    if element.get("auto") is not None:
        return "windowText"
    if (number := element.get("indexed")) is not None:
        name = _INDEXED.get(int(number), f"indexed {number}")
    elif (number := element.get("theme")) is not None:
        name = _THEME[int(number)] if int(number) < len(_THEME) else f"theme {number}"
    else:
        name = element.get("rgb", "")[-6:].upper()
    return _SYSTEM.get(name, name)


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
