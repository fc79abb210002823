"""The colours that an Excel workbook names: by number, by its theme, and lighter or darker than those."""

import colorsys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.intake.letters import BLACK, WHITE, Colour, hex_colour

_FIRST = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_NUMBERED = (
    *_FIRST, *_FIRST, "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080", "9999FF",
    "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF", "000080", "FF00FF", "FFFF00", "00FFFF",
    "800080", "800000", "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF",
    "FFCC99", "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696", "003366", "339966",
    "003300", "333300", "993300", "993366", "333399", "333333",
)  # fmt: skip
_OF_SYSTEM: dict[int, Colour] = {64: BLACK, 65: WHITE, 0x7FFF: BLACK}
_USUAL = ("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646")
_SWAPPED = (1, 0, 3, 2)  # a theme lists ink before ground, and cells count ground before ink

Theme = tuple[Colour | None, ...]


def numbered(number: int, own: Sequence[Colour | None] = ()) -> Colour | None:
    """A colour of the palette, of the workbook's own where it has one."""
    if number in _OF_SYSTEM:
        return _OF_SYSTEM[number]
    if number < len(own):
        return own[number]
    return hex_colour(_NUMBERED[number]) if number < len(_NUMBERED) else None


@lru_cache(maxsize=64)
def theme_of(xml: bytes) -> Theme:
    """The colours of a theme, as cells number them; those of Excel where a workbook has no theme."""
    if not xml:
        return tuple(map(hex_colour, _USUAL))
    scheme = next(ET.fromstring(xml).iterfind(".//{*}clrScheme"), ())  # noqa: S314  # no DTD, no entities
    listed = [hex_colour(str(said[0].get("lastClr", said[0].get("val")))) if len(said) else None for said in scheme]
    return tuple(listed[n] for n in (*_SWAPPED, *range(4, len(listed)))) if len(listed) > 4 else ()


def of_theme(number: int, theme: Theme) -> Colour | None:
    """A colour of a theme as cells number it."""
    return theme[number] if 0 <= number < len(theme) else None


@lru_cache(maxsize=1024)
def tinted(colour: Colour | None, tint: float) -> Colour | None:
    """A colour made lighter (up to 1) or darker (down to -1)."""
    if colour is None or not tint:
        return colour
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full))
    return red, green, blue


class Palette(NamedTuple):
    """What the colours of a workbook's styles are: by its theme, and the palette of its own where it has one."""

    theme: Theme
    own: tuple[Colour | None, ...] = ()

    def colour(self, told: Mapping[str, str]) -> Colour | None:
        """The colour that the attributes of a style's part name; None where that is not certain."""
        if told.get("auto") is not None:
            return BLACK
        if (number := told.get("indexed")) is not None:
            plain = numbered(int(number), self.own)
        elif (number := told.get("theme")) is not None:
            plain = of_theme(int(number), self.theme)
        else:
            plain = hex_colour(told.get("rgb", ""))
        return tinted(plain, float(told.get("tint", "0")))


PLAIN = Palette(theme_of(b""))  # of a workbook that says nothing of its colours


def palette_of(styles: ET.Element, theme: bytes) -> Palette:
    """The colours of a workbook by its styles and its theme."""
    own = tuple(hex_colour(one.get("rgb", "")) for one in styles.iterfind(".//{*}indexedColors/{*}rgbColor"))
    return Palette(theme_of(theme), own)
