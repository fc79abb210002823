"""One cause, one finding: what another doubt tells already, and what the report itself explains."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.proof.figure import Doubt, Figure, Paragraph
from pipeline.proof.ratio import fits, fits_share
from pipeline.proof.reading import plain
from schemas.proof import Prose

LATER = {"share": 1, "growth": 1, "fraction": 2}  # what another doubt of the same figures tells better
ONCE = {"share", "growth"}  # what is told of one figure once
_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def one_cause(doubts: Sequence[Doubt]) -> list[Doubt]:
    """The doubts without those that the mending of another one would settle too.

    Two that the same number at the same place mends are one; a share is settled where the part or whole that another
    doubt suspects, mended, gives it.
    """
    kept: list[Doubt] = []
    mended: dict[Figure, set[int]] = {}
    for doubt in sorted(doubts, key=lambda one: LATER.get(one.kind, 0)):
        settled = (
            _share_settled(doubt, mended)
            or _change_settled(doubt, kept)
            or any(one.kind == doubt.kind and one.figures[0] is doubt.figures[0] for one in kept if doubt.kind in ONCE)
            or any(n in mended.get(f, ()) for f, n in doubt.suspects)
            or (doubt.kind == "fraction" and any(doubt.figures[0] in one.figures for one in kept))
        )
        if settled and doubt.kind != "table":
            continue
        kept.append(doubt)
        for figure, right in doubt.suspects:
            mended.setdefault(figure, set()).add(right)
    return sorted(kept, key=lambda d: (d.place.number, d.figures[0].start if d.figures else 0))


def _share_settled(doubt: Doubt, mended: dict[Figure, set[int]]) -> bool:
    if doubt.kind != "share":
        return False
    share, part, *whole = doubt.figures
    parts = [part.value, *map(Decimal, mended.get(part, ()))]
    wholes = [value for one in whole for value in (one.value, *map(Decimal, mended.get(one, ())))]
    return any(w and fits(share, p / w * 100) for p in parts for w in wholes)


def _change_settled(doubt: Doubt, kept: Sequence[Doubt]) -> bool:
    """Whether what a table tells of a change is right once a cell that its column refutes is mended."""
    if doubt.kind != "growth" or len(doubt.figures) != len(("told", "now", "base")) or not doubt.figures[0].cell:
        return False
    told, now, base = doubt.figures
    for other in (one for one in kept if one.kind in {"column", "cell"} and one.figures[0] in {now, base}):
        right = Decimal(other.facts.get("sum", other.facts.get("expected", "")).replace(",", ""))
        then, since = (right, base.value) if other.figures[0] is now else (now.value, right)
        moved = then - since
        if fits_share(abs(told.value), abs(moved)) or (since and fits_share(abs(told.value), abs(moved / since * 100))):
            return True
    return False


def is_explained(doubt: Doubt, paragraphs: Iterable[Paragraph], prose: Prose) -> bool:
    """Whether a note of the office within the text tells the difference and says that it is explained."""
    if "sum" not in doubt.facts or not doubt.figures:
        return False
    told = {str(doubt.figures[0].value), doubt.facts["sum"].replace(",", "")}
    for paragraph in paragraphs:
        for mark in re.findall(prose.marks, paragraph.text):
            if prose.explained in mark and told <= {n.replace(",", "") for n in _NUMBERS.findall(plain(mark))}:
                return True
    return False
