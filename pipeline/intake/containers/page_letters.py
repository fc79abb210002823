"""Whether the letters of a web page's cell are seen: by their colour upon their ground, and by their size."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pipeline.intake.letters import BLACK, LEAST_POINTS, WHITE, Colour, blends

_OF_PAGE = 12.0  # points of a page's letters, to which relative sizes are held
_POINTS = {
    "pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 18 / 25.4,
    "em": _OF_PAGE, "rem": _OF_PAGE, "ex": _OF_PAGE / 2, "ch": _OF_PAGE / 2, "%": _OF_PAGE / 100,
}  # fmt: skip
_SIZE = re.compile(r"\+?(\d*\.?\d+)([a-z]+|%)?")
_NAMED = re.compile(r"((xx?-)?(small|large)|xxx-large|medium|smaller|larger|inherit|initial|unset|revert|revert-layer)")
_IN_FONT = re.compile(r"(?:^|\s)(\+?\d*\.?\d+(?:[a-z]+|%)|0)(?=[\s/]|$)")

Painted = tuple[Colour, float]  # a colour, and how much it covers of what is behind it
Paint = Callable[[Any, str], Painted | None]


def are_seen(size: str) -> bool:
    """Whether letters of a size that a style declares are seen; they are not where it would have to be worked out."""
    found = _SIZE.fullmatch(size)
    if not found:
        return _NAMED.fullmatch(size) is not None
    return float(found[1]) * _POINTS.get(found[2] or "", 0.0) >= LEAST_POINTS


def size_in(font: str) -> str:
    """The size that a style declares together with the font; one that is seen where it names none."""
    found = _IN_FONT.search(font)
    return found[1] if found else "medium"


def blend_in(cell: Any, paint: Paint, says: Callable[[Any], bool]) -> bool:
    """Whether some text of a cell cannot be told from what is behind it; ``says`` whether an element has any text."""
    painted = [part for part in cell.iter("*") if paint(part, "color") or paint(part, "background-color")]
    return any(_blends(part, paint) and says(part) for part in (*painted, *(() if cell in painted else (cell,))))


def _blends(part: Any, paint: Paint) -> bool:
    around = [part, *part.iterancestors()]
    ground = WHITE
    for behind in filter(None, (paint(one, "background-color") for one in reversed(around))):
        ground = _over(behind, ground)
    ink = next(filter(None, (paint(one, "color") for one in around)), (BLACK, 1.0))
    return blends(_over(ink, ground), ground)


@lru_cache(maxsize=1024)
def _over(paint: Painted, ground: Colour) -> Colour:
    (red, green, blue), covers = paint
    mixed = (round(covers * own + (1 - covers) * under) for own, under in zip((red, green, blue), ground, strict=True))
    red, green, blue = mixed
    return red, green, blue
