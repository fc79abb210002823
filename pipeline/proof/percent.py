"""A share or rate of a whole: whether it is one, by which slip it is none, and what is told of it."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED
from pipeline.proof.figure import Doubt, Figure
from pipeline.proof.ratio import as_digits, fits, fits_between, rounded, shown
from pipeline.proof.sums import number, swaps
from schemas.proof import prose

FINE = 2  # counts in the whole that one step of a share may stand for
NEARLY = Decimal("0.1")  # how far a share may be off whose point stands in another place


def is_of(pair: tuple[Figure, Figure], whole: Decimal) -> bool:
    """Whether a part has this share of a whole, as far as the part is rounded, and the whole no more."""
    part, share = pair
    if fits(share, part.value / whole * 100):
        return True
    room = part.high - part.low
    if not room or whole <= room or (not part.precise and _is_swapped(part, share, whole)):
        return False
    return fits_between(share.value, part.low / (whole + room) * 100, part.high / (whole - room) * 100)


def _is_swapped(part: Figure, share: Figure, whole: Decimal) -> bool:
    return slip(share.digits, as_digits(share, part.value / whole * 100)) == SWAPPED


def slipped_share(part: Figure, share: Figure, whole: Decimal) -> bool:
    """Whether a share is one slip of the pen, or a point in another place, from what it would have to be."""
    right = as_digits(share, part.value / whole * 100)
    tenth = share.value * 10, share.value / 10
    return bool(slip(share.digits, right)) or any(abs(part.value / whole * 100 - t) < NEARLY for t in tenth)


def _as_printed(share: Figure, right: Decimal) -> str:
    """The share as it would be printed; where only the point stands in another place, with the same digits."""
    tenth = share.value.scaleb(1)
    return rounded(tenth, right) if abs(right - tenth) < NEARLY else shown(share, right)


def told_share(share: Figure, part: Figure, whole: Figure | Decimal) -> Doubt:
    """The doubt of a share that is not that of a part in a whole."""
    value = whole if isinstance(whole, Decimal) else whole.value
    facts = {
        "written": share.words, "part": number(part.value), "whole": number(value),
        "expected": _as_printed(share, part.value / value * 100), "meant": _implied(share, part, value),
    }  # fmt: skip
    figures = (share, part) if isinstance(whole, Decimal) else (share, part, whole)
    return Doubt("share", share.paragraph, figures, facts, tuple(_meant(share, part, value)))


def _implied(share: Figure, part: Figure, whole: Decimal) -> str:
    """What the part would be if the share is right, where the share says it to the last digit."""
    step = Decimal(1).scaleb(min(0, int(share.value.as_tuple().exponent)))
    meant = (whole * share.value / 100).to_integral_value()
    if whole * step >= 100 * FINE or part.value % 1 or not fits(share, meant / whole * 100):
        return ""
    return prose().says["meant"].says.format(part=number(part.value), meant=number(meant))


def _meant(share: Figure, part: Figure, whole: Decimal) -> Iterator[tuple[Figure, int]]:
    """The part with two digits exchanged, where the share is that of it."""
    yield from ((part, meant) for meant in swaps(part) if fits(share, meant / whole * 100))
