"""Shares that are told in a row: together they are a hundred, and each is of the whole that the others are of."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.percent import told_share
from pipeline.proof.ratio import fits
from pipeline.proof.sums import number
from schemas.proof import Prose, prose

HUNDRED = Decimal(100)
FAR = 2  # last digits that a share may be off by rounding alone
BEFORE = 60  # counts before a row that may be its whole
MOST = 20  # and at most
SEVERAL = 3  # shares of one list

Pair = tuple[Figure, Figure]


def hundreds(sentences: Sequence[Sentence], words: Prose) -> Iterator[Doubt]:
    """Every share of a row that should be another one."""
    told = [f for s in sentences if not s.inside for f in s.counts if f.exact]
    for sentence in (s for s in sentences if not s.inside):
        shares = [f for f in sentence.figures if f.role == "share" and f.value]
        if not SEVERAL <= len(shares) <= MOST or len({f.after for f in shares if ";" in f.gap}) > 1:
            continue
        pairs = _pairs(sentence, shares)
        at = bisect_left(told, shares[0].at, key=lambda f: f.at)
        yield from (
            _of_one_whole(pairs, told[max(0, at - BEFORE) : at])
            if len(pairs) == len(shares)
            else _to_a_hundred(shares, words)
        )


def _pairs(sentence: Sentence, shares: Sequence[Figure]) -> list[Pair]:
    """Each share with its count: right before it, or in the same place of as many counts before all of them."""
    figures = sentence.figures
    at = [figures.index(share) for share in shares]
    before = [figures[n - 1] for n in at if n and figures[n - 1].role == "count"]
    one_by_one = all(two - one == len((one, two)) for one, two in pairwise(at))
    if len(before) == len(shares) and one_by_one:
        return list(zip(before, shares, strict=True))
    counts = [f for f in figures[: at[0]] if f.role == "count"][-len(shares) :]
    in_turn = at == list(range(at[0], at[0] + len(at))) and len(counts) == len(shares)
    return list(zip(counts, shares, strict=True)) if in_turn else []


def _of_one_whole(pairs: Sequence[Pair], told: Sequence[Figure]) -> Iterator[Doubt]:
    """The one count that is not of the whole of all others: with what its share says, they make that whole."""
    alike = len({part.unit for part, _ in pairs}) == 1 and all(p.exact and p.value for p, _ in pairs)
    if not alike or abs(sum((s.value for _, s in pairs), Decimal(0)) - HUNDRED) > _step(pairs[0][1]) * len(pairs):
        return
    every = sum((part.value for part, _ in pairs), Decimal(0))
    for n, (part, share) in enumerate(pairs):
        others = [*pairs[:n], *pairs[n + 1 :]]
        if any(fits(s, p.value / every * 100) for p, s in others):
            continue
        rest = sum((p.value for p, _ in others), Decimal(0))
        left = HUNDRED - sum((s.value for _, s in others), Decimal(0))
        whole = (rest / (HUNDRED - left) * HUNDRED).to_integral_value() if 0 < left < HUNDRED else Decimal(0)
        if not whole or abs(part.value / whole * 100 - share.value) <= _step(share) * FAR:
            continue
        near = [f.value for f in told if f.unit == part.unit and rest < f.value and abs(f.value - whole) * 20 < whole]
        able = [*near, *(rest + round(whole * share.value / 100) + k for k in (0, 1, -1))]
        made = next((w for w in able if all(fits(s, p.value / w * 100) for p, s in others)), None)
        if made and fits(share, (made - rest) / made * 100):
            meant = prose().says["meant"].says.format(part=number(part.value), meant=number(made - rest))
            doubt = told_share(share, part, made)
            yield replace(doubt, facts={**doubt.facts, "meant": meant})
            return


def _to_a_hundred(shares: Sequence[Figure], words: Prose) -> Iterator[Doubt]:
    """The share with two digits exchanged but for which a row comes to a hundred; any slip where a rest ends it."""
    total = sum((share.value for share in shares), Decimal(0))
    room = max(map(_step, shares)) * len(shares) / 2
    if abs(total - HUNDRED) <= room * 2:
        return
    closed = any(word in shares[-1].before for word in words.rest)
    for any_slip in (False, True) if closed else (False,):
        able = [(s, right) for s in shares for right in _meant(s, HUNDRED - total + s.value, room, any_slip=any_slip)]
        if able:
            break
    if len(able) == 1:
        share, right = able[0]
        facts = {
            "written": share.words, "sum": number(total), "expected": f"{number(right)}%",
            "parts": "＋".join(number(s.value) for s in shares),
        }  # fmt: skip
        yield Doubt("hundred", share.paragraph, (share, *(s for s in shares if s is not share)), facts)


def _meant(share: Figure, needed: Decimal, room: Decimal, *, any_slip: bool) -> Iterator[Decimal]:
    """What a share would have to be, by one slip of the pen."""
    step = _step(share)
    for k in range(-int(room / step), int(room / step) + 1):
        right = needed.quantize(step) + k * step
        how = slip(share.digits, int(right / step)) if right > 0 else ""
        if how == SWAPPED or (how and any_slip):
            yield right
            return


def _step(share: Figure) -> Decimal:
    return Decimal(1).scaleb(min(0, int(share.value.as_tuple().exponent)))
