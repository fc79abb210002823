"""Whether letters are seen: by their colour upon their ground, and by their size.

No program's list of colours: two colours that a person cannot tell apart in small letters are one colour.
"""

from functools import lru_cache

Colour = tuple[int, int, int]  # red, green and blue, 0 to 255

BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
LEAST_POINTS = 4  # a letter lower than this is no letter, nor is one in a row lower than this seen
_TOLD_APART = 9.0  # how far colours must lie from each other (CIE L*a*b*)
_HUE = 3.0  # small letters are told apart by lightness; other differences count a third
_REFERENCE = (0.9505, 1.0, 1.089)  # of white, in daylight


@lru_cache(maxsize=4096)
def blends(ink: Colour | None, ground: Colour | None) -> bool:
    """Whether letters of a colour cannot be told from their ground; False where one of them is not known."""
    if ink is None or ground is None:
        return False
    (light, green, blue), (other_light, other_green, other_blue) = _lab(ink), _lab(ground)
    apart = (light - other_light) ** 2 + ((green - other_green) ** 2 + (blue - other_blue) ** 2) / _HUE**2
    return apart < _TOLD_APART**2


def is_small(points: str) -> bool:
    """Whether letters of this height are none to a person."""
    try:
        return float(points) < LEAST_POINTS
    except ValueError:
        return False


def hex_colour(text: str) -> Colour | None:
    """A colour by its last six hexadecimal digits ("FFFEFEFE", "#fefefe"); None where there are none."""
    try:
        red, green, blue = bytes.fromhex(text[-6:])
    except ValueError:
        return None
    return red, green, blue


def _lab(colour: Colour) -> tuple[float, float, float]:
    """Lightness (0 to 100), green to red, blue to yellow."""
    red, green, blue = (part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    across = (
        0.4124 * red + 0.3576 * green + 0.1805 * blue,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        0.0193 * red + 0.1192 * green + 0.9505 * blue,
    )
    x, y, z = (_root(part / white) for part, white in zip(across, _REFERENCE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
