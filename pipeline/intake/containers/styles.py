"""The cell styles of an .xlsx: what each shows of a number or a text, and whether it strikes out or hides it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from pipeline.intake.letters import BLACK, WHITE, Colour, blends, is_small
from pipeline.intake.number_format import BUILT_IN, UNKNOWN
from pipeline.intake.palette import PLAIN, Palette, palette_of
from pipeline.intake.shown import is_day, is_plain_text, plain_places

BLENDED, REFORMATTED = "和底色分不开，看不见", "换了一种数字格式"
_OFF = {"0", "false", "none"}


class Change(NamedTuple):
    """What a format on a condition changes: nothing or False where it says nothing of it."""

    struck: bool = False
    ink: Colour | None = None
    ground: Colour | None = None
    code: str = ""

    def looks(self, ink: Colour | None, ground: Colour | None) -> str:
        """How a cell of these colours then looks, as a clause, but for its number format; "" where as it is."""
        if self.struck:
            return "加了删除线"
        changed = self.ink is not None or self.ground is not None
        return BLENDED if changed and blends(self.ink or ink, self.ground or ground) else ""


@dataclass(frozen=True)
class Styles:
    """By number of a style as the cells write it: its format, and what is out of the ordinary about it.

    ``unseen`` are those whose letters are as good as their ground, or too small; under ``repeated`` ones a number
    fills its cell over and over. ``watched`` are the styles under which a cell may be seen otherwise than it is kept,
    ``days`` those of bare days; ``colours`` are ink and ground of each, ``changes`` the formats that cells take on a
    condition.
    """

    codes: tuple[str, ...] = ()
    struck: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    odd: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    watched: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    colours: tuple[tuple[Colour | None, Colour | None], ...] = ()
    changes: tuple[Change, ...] = ()
    palette: Palette = PLAIN

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
            if one.struck
            or one.code
            or any(blends(one.ink, ground) for ground in grounds)
            or any(blends(ink, one.ground) for ink in inks)
        )

    def code(self, style: str) -> str:
        """The number format of a style; one that is not there shows as General."""
        return self.codes[int(style)] if int(style) < len(self.codes) else "General"


@lru_cache(maxsize=64)
def styles_of(xml: bytes, theme: bytes) -> Styles:
    """The styles of a workbook under its theme; units that fill in the same template send the same."""
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    palette = palette_of(root, theme)
    own = {int(one.get("numFmtId", "0")): one.get("formatCode", "") for one in root.iterfind(".//{*}numFmts/{*}numFmt")}
    known = BUILT_IN | own
    fonts = {str(n): _font(list(font), palette) for n, font in enumerate(root.iterfind(".//{*}fonts/{*}font"))}
    grounds = {str(n): _ground(fill, palette) for n, fill in enumerate(root.iterfind(".//{*}fills/{*}fill"))}
    styles = list(root.iterfind(".//{*}cellXfs/{*}xf"))
    codes = tuple(known.get(int(style.get("numFmtId", "0")), UNKNOWN) for style in styles)
    font_of = [fonts.get(style.get("fontId", "0"), Font()) for style in styles]
    under = [grounds.get(style.get("fillId", "0")) for style in styles]
    struck = {str(n) for n, font in enumerate(font_of) if font.struck}
    looks = enumerate(zip(font_of, under, strict=True))
    unseen = {str(n) for n, (font, ground) in looks if font.small or blends(font.ink, ground)}
    repeated = {str(n) for n, style in enumerate(styles) if _is_repeated(style)}
    odd = set(_odd(codes))
    return Styles(
        codes,
        frozenset(struck),
        frozenset(unseen),
        frozenset(odd),
        frozenset(repeated),
        frozenset(struck | unseen | odd | repeated),
        frozenset(str(n) for n, code in enumerate(codes) if is_day(code)),
        tuple((font.ink, ground) for font, ground in zip(font_of, under, strict=True)),
        tuple(change_of(one, palette) for one in root.iterfind(".//{*}dxfs/{*}dxf")),
        palette,
    )


def change_of(dxf: ET.Element, palette: Palette) -> Change:
    """What a format on a condition changes."""
    parts = {_local(part): part for part in dxf}
    font, fill, shown = list(parts.get("font", ())), parts.get("fill"), parts.get("numFmt")
    told = next((part for part in font if _local(part) == "color"), None)
    ground = fill.find(".//{*}bgColor") if fill is not None else None
    kind = next((part.get("patternType", "solid") for part in fill), "") if fill is not None else ""
    return Change(
        _font(font, palette).struck,
        palette.colour(told.attrib) if told is not None else None,
        palette.colour(ground.attrib) if ground is not None and kind == "solid" else None,
        shown.get("formatCode", "") if shown is not None else "",
    )


class Font(NamedTuple):
    """How letters look: struck out, of what colour (None where that is not certain), too small to be seen."""

    struck: bool = False
    ink: Colour | None = BLACK
    small: bool = False


def _font(font: list[ET.Element], palette: Palette) -> Font:
    parts = {_local(part): part for part in font}
    struck = "strike" in parts and parts["strike"].get("val", "1") not in _OFF
    ink = palette.colour(parts["color"].attrib) if "color" in parts else BLACK
    return Font(struck, ink, "sz" in parts and is_small(parts["sz"].get("val", "")))


def _is_repeated(style: ET.Element) -> bool:
    return any(part.get("horizontal") == "fill" for part in style if _local(part) == "alignment")


def _odd(codes: tuple[str, ...]) -> Iterator[str]:
    """The styles that may show a number or a text otherwise than it is."""
    for n, code in enumerate(codes):
        plain = is_day(code) or plain_places(code) is not None
        if not plain or not is_plain_text(code):
            yield str(n)


def _ground(fill: ET.Element, palette: Palette) -> Colour | None:
    """The colour of a ground; that of the paper where it has none, None where it is not certain."""
    pattern = next(iter(fill), None)
    if pattern is None or _local(pattern) != "patternFill":
        return None
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return WHITE
    front = next((part for part in pattern if _local(part) == "fgColor"), None)
    return palette.colour(front.attrib) if kind == "solid" and front is not None else None


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
