"""Sums that meet by the nature of what is counted: what came in and was open, what was done and is open still."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.sums import number
from schemas.proof import Balance, Prose, Words


def balances(sentences: Sequence[Sentence], prose: Prose) -> Iterator[Doubt]:
    """Every chapter that names all terms of a balance whose sides do not meet."""
    every = [f for s in sentences if not s.inside for f in s.counts if f.exact]
    for chapter in dict.fromkeys(f.section[0] for f in every):
        counts = [f for f in every if f.section[0] == chapter]
        for balance in prose.balances:
            yield from _broken(balance, counts)


def _broken(balance: Balance, counts: Sequence[Figure]) -> Iterator[Doubt]:
    left, right = ([_named(words, counts) for words in side] for side in (balance.left, balance.right))
    if not all([*left, *right]):
        return
    ways = [(ways[: len(left)], ways[len(left) :]) for ways in product(*left, *right)]
    sums = [(_sum(a), _sum(b)) for a, b in ways]
    if len({f.unit for several in (*left, *right) for f in several}) > 1 or any(a == b for a, b in sums):
        return
    (first, second), (one, two) = ways[0], sums[0]
    facts = {
        "left": "＋".join(f"“{f.words}”" for f in first), "right": "＋".join(f"“{f.words}”" for f in second),
        "left_sum": number(one), "right_sum": number(two), "gap": number(abs(one - two)),
    }  # fmt: skip
    gap = one - two
    changed = [*((f, int(f.value - gap)) for f in first), *((f, int(f.value + gap)) for f in second)]
    yield Doubt("balance", first[0].paragraph, (*first, *second), facts, tuple((f, n) for f, n in changed if n >= 0))


def _sum(figures: Sequence[Figure]) -> Decimal:
    return sum((figure.value for figure in figures), Decimal(0))


def _named(words: Words, counts: Sequence[Figure]) -> list[Figure]:
    return [f for f in counts if any(word in f.before for word in words)]
