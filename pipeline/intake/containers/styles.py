"""The cell styles of an .xlsx: what each shows of a number or a text, and whether it strikes out or hides it."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.intake.number_format import BUILT_IN, UNKNOWN
from pipeline.intake.shown import is_day, is_plain_text, plain_places

_ROWS = (
    rb'(?:<c r="[A-Z]{1,2}+[1-9]\d{0,3}+"(?: s="(?:STYLES)")?+(?:(?: t="s"><v>\d++</v>|><v>[1-9]\d{0,5}+(?:\.0)?+</v>'
    rb'|><v>0(?:\.0)?+</v>|><f>[^<]*+</f><v>(?:0|[1-9]\d{0,5}+)(?:\.0)?+</v>| t="str"><f>[^<]*+</f><v>[^<]*+</v>)</c>'
    rb'|/>)|</row>|<row(?: (?:(?:r|spans|s|customFormat|customHeight|thickBot|thickTop|x14ac:dyDescent)="[^"]*+"'
    rb'|ht="[1-9]\d[^"]*+"))*+/?+>'
    rb'|<c r="[A-Z]{1,2}+[1-9]\d{0,3}+" s="(?:MONEY)">(?:<f>[^<]*+</f>)?+<v>(?:0|[1-9]\d{0,5}+)\.\d{1,2}+</v></c>'
    rb'|<c r="[A-Z]{1,2}+[1-9]\d{0,3}+" s="(?:DAYS)"(?:/>|><v>[1-9]\d{0,5}+</v></c>| t="s"><v>\d++</v></c>))*+'
)
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
    watched: frozenset[bytes] = frozenset()
    days: frozenset[bytes] = frozenset()
    colours: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()

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

    @cached_property
    def rows(self) -> re.Pattern[bytes]:
        """The rows of a sheet whose cells all are seen as they are kept: short numbers, texts and their formulas."""
        ordinary = {str(n).encode() for n in range(len(self.codes))} - self.watched - self.days
        money = {style for style in ordinary if style and (plain_places(self.codes[int(style)]) or 0) >= 2}
        rows = (
            _ROWS.replace(b"STYLES", _one_of(ordinary))
            .replace(b"MONEY", _one_of(money))
            .replace(b"DAYS", _one_of(self.days - self.watched - {b""}))
        )
        return re.compile(rows if not (self.watched | self.days) & {b""} else b"$.")

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
        _written(struck | unseen | odd),
        _written(days),
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


def _written(styles: set[str]) -> frozenset[bytes]:
    """Styles as cells write them; the first one may be left out."""
    return frozenset(style.encode() for style in styles) | (frozenset({b""}) if "0" in styles else frozenset())


def _one_of(styles: AbstractSet[bytes]) -> bytes:
    """A pattern of these numbers of styles; of none where there is none. Those of one beginning are one class."""
    last = dict[bytes, bytes]()
    for style in sorted(styles - {b""}):
        last[style[:-1]] = last.get(style[:-1], b"") + style[-1:]
    return b"|".join(begin + b"[" + digits + b"]" for begin, digits in sorted(last.items(), reverse=True)) or b"-"


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
