"""Totals that stand behind their parts: 合计, 共, and the whole year behind its halves."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.proof.figure import Figure, Group, Sentence
from pipeline.proof.leads import Leads
from pipeline.proof.sums import comes_near, plainly, suspects, tail_of, total_of
from schemas.proof import Prose

SEVERAL = 2  # parts; more behind a colon that are added up are all there is


def of_spans(prose: Prose, sentence: Sentence, n: int) -> bool:
    """Whether the n-th count is of the whole year, and those before it of its halves or quarters."""
    first, total = sentence.counts[0], sentence.counts[n]
    said = sentence.text[: first.start - sentence.start]
    return total.before.startswith(prose.time.whole) and bool(re.search(prose.time.halves, said))


def added_up(
    leads: Leads,
    sentence: Sentence,
    before: Sequence[Figure],
    total: Figure,
    *,
    certainly: bool = False,
    apart: bool = False,
) -> Iterator[Group]:
    """The counts before 合计 that it adds up: as many as make it, else those behind the last semicolon.

    ``apart`` where the total stands in a sentence of its own.
    """
    alike = [f for f in before if leads.prose.alike(f.unit, total.unit)]
    what = leads.added_of(total)
    said = [f for f in alike if what and f.before.endswith(what)]
    if len(said) > 1 and total.meets(*total_of(said)):
        yield Group(total, tuple(said), closed=True, overlap=False, sure=True)
        return
    low = high = Decimal(0)
    for n in range(len(alike) - 1, -1, -1):
        low, high = low + alike[n].low, high + alike[n].high
        if n < len(alike) - 1 and total.meets(low, high):
            yield Group(total, tuple(alike[n:]), closed=True, overlap=False, sure=True)
            return
    last = 0 if apart else next((n for n in range(len(alike) - 2, 0, -1) if ";" in alike[n].gap), 0)
    own = alike[last:]
    whose = not what or all(what in figure.before for figure in own)
    group = Group(total, tuple(own), closed=True, overlap=False, sure=True)
    lead = leads.lead(sentence, 0)
    whole = len(own) > SEVERAL and own[0] is sentence.counts[0] and leads.colon(lead)
    certain = certainly or whole or _is_called_so(total, own) or (whose and leads.adds_up(total, certainly=True))
    if len(own) > 1 and ((certain and (comes_near(total, own) or suspects(group))) or plainly(group)):
        yield group


def _is_called_so(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a total bears the noun in which the names of all its parts end: 金牌、银牌、铜牌, 奖牌总数."""
    names = [part.before.strip() for part in parts]
    noun = tail_of(names) if len(names) > 1 and all(names) else ""
    return bool(noun) and noun in total.before
