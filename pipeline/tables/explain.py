"""Where a printed number comes from: the facts behind a cell of an annual table, each with file, sheet and cell."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, TypeVar
from unicodedata import normalize

from pipeline.tables.brought import brought
from pipeline.tables.outcome import Outcome
from pipeline.values.answer import Answer
from pipeline.values.files import short
from pipeline.values.table import Table, TableColumn, TableRow
from schemas.mistake import CannotRun, nearest
from schemas.quantity import Quantity
from schemas.rules import words
from schemas.rules.terms import Linear, Ratio

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
PARTS = ("分子", "分母")  # of a ratio


@dataclass(frozen=True)
class Source:
    """A fact behind a number in steps of its line, and how often it counts in it (−1: it is taken off).

    ``times`` is how many steps of the number one of its own comes to. ``number`` is its edition, table, line and
    column; ``below`` is what it adds up itself, where it comes from an office below whose papers are at hand.
    """

    unit: str
    period: str
    value: int
    times: int
    quantity: Quantity
    file: str
    place: str
    digest: str
    number: tuple[str, str, str, str] = ("", "", "", "")
    below: "tuple[Source, ...]" = ()


@dataclass(frozen=True)
class Explanation:
    """A printed answer in steps of its quantity, what it counts, and the facts that add up to it, the largest first.

    ``zeros`` counts the facts that are 0. A ratio has no facts of its own but ``parts``, which explain its two sums.
    """

    title: str
    answer: Answer
    quantity: Quantity
    counts: str
    sources: tuple[Source, ...]
    zeros: int
    parts: tuple["Explanation", ...] = ()


def explain(outcome: Outcome, table: str, row: str, column: str) -> Explanation:
    """Explain a cell by the names printed at its table, row and column.

    Raises CannotRun with the nearest name where one is not there; AssertionError where the facts do not add up to
    what is printed, which must never be.
    """
    found = _find("表", table, {t.annual.id: t for t in outcome.tables})
    line = _find("行", row, {r.label: r for r in found.rows} | _more_names(outcome, found))
    names = {column.name: n for n, column in enumerate(found.columns)}
    at = _find("栏", column, names)
    counted, answer, quantity = line.counts[at], line.answers[at], found.quantity(line, at)
    title = f"{found.annual.id} {found.annual.title} · {line.label} · {found.columns[at].name}"
    if isinstance(counted, Ratio):
        return _of_ratio(outcome, title, counted, answer, line)
    return _of_sum(outcome, title, counted, (answer, quantity), line, found.columns[at])


def _of_sum(
    outcome: Outcome, title: str, linear: Linear, told: tuple[Answer, Quantity], row: TableRow, column: TableColumn
) -> Explanation:
    """A sum by the facts that add up to it."""
    answer, quantity = told
    sources = tuple(_sources(outcome, facts_behind(outcome, linear, row, column)))
    if sum(source.value * source.times for source in sources) + linear.constant * answer.some != answer.steps:
        raise AssertionError(f"{title}: facts do not add up to {answer}")
    there = sorted((s for s in sources if s.value), key=_weight(sources))
    counts = words.side(linear, outcome.form.entries, quantity)
    return Explanation(title, answer, quantity, counts, tuple(there), len(sources) - len(there))


def _of_ratio(outcome: Outcome, title: str, ratio: Ratio, answer: Answer, row: TableRow) -> Explanation:
    """A ratio by its two sums, each with its facts."""
    entries, parts = outcome.form.entries, []
    column = TableColumn("", None, ratio.quantity)
    for role, linear, quantity in zip(PARTS, (ratio.top, ratio.bottom), ratio.counted, strict=True):
        name = f"{title} · {role} {words.side(linear, entries, quantity)}"
        told = _asked(outcome, linear, row), quantity
        parts.append(_of_sum(outcome, name, linear, told, row, column))
    top, bottom = (part.answer.steps for part in parts)
    if answer.some and (not bottom or ratio.steps(top, bottom) != answer.steps):
        raise AssertionError(f"{title}: {answer} is not the ratio of its parts")
    return Explanation(title, answer, ratio.quantity, words.quotient(ratio, entries), (), 0, tuple(parts))


def _asked(outcome: Outcome, linear: Linear, row: TableRow) -> Answer:
    """The answer of a sum over what a row speaks of."""
    if row.units is None:
        return outcome.answers.of(linear, row.months)
    by = outcome.answers.by(linear, "unit", row.months)
    return reduce(add, (by.get(unit, Answer()) for unit in row.units), Answer())


def _weight(sources: tuple[Source, ...]) -> Callable[[Source], tuple[int, int, str, str]]:
    """Order sources by what their return adds to the number: a difference shows first where it arises."""
    net: Counter[tuple[str, str]] = Counter()
    for source in sources:
        net[source.unit, source.period] += source.value * source.times
    return lambda s: (-abs(net[s.unit, s.period]), -s.value * abs(s.times), s.period, s.unit)


def _find(what: str, name: str, known: dict[str, T]) -> T:
    plain = {_plain(one): one for one in known}
    meant = name if name in known else plain.get(_plain(name)) or plain.get(_plain(f"{what}{name}"))
    if meant is None:
        raise CannotRun(f"没有{what}“{name}”，{nearest(name, known)}。")
    return known[meant]


def _plain(name: str) -> str:
    """A name without what two people write differently: spaces, width of letters, quotes, 份 of 7月份."""
    return re.sub(r"[\s“”\"'《》]|(?<=月)份$", "", normalize("NFKC", name)).lower()


def _more_names(outcome: Outcome, table: Table) -> dict[str, TableRow]:
    """Full names, aliases and codes of the units, beside the short ones that are printed."""
    by_unit = {row.units[0]: row for row in table.rows if row.units and row.kind == "item"}
    units = (unit for unit in outcome.office.units if unit.code in by_unit)
    return {name: by_unit[unit.code] for unit in units for row in unit.rows for name in row.names}


def facts_behind(outcome: Outcome, linear: Linear, row: TableRow, column: TableColumn) -> "pd.DataFrame":
    """The facts that the number counts, with ``times``: those of the units and months whose numbers are in it."""
    import pandas as pd

    facts, form = brought(outcome.facts, outcome.walk), outcome.form
    filled_in = facts["role"].isin(["input", "counted", "adjustment"])
    there = facts[(facts["measure"] == "month") & filled_in].dropna(subset=["value"])
    if row.units is not None:
        there = there[there["unit"].isin(row.units)]
    keys = pd.Series(list(zip(there["unit"], there["period"], strict=True)), index=there.index, dtype="object")
    parts = []
    for coefficient, ref, taken in outcome.answers.taken(linear, column.months or row.months):
        entry = form.entry(ref)
        own = there[(there["table"] == ref.table) & (there["code"] == ref.line) & keys.isin(taken)]
        steps = [entry.quantity.steps_of(quantity) for quantity in _quantities(own)]
        parts.append(own.assign(times=pd.Series([coefficient * n for n in steps], index=own.index, dtype="int64")))
    return pd.concat(parts)


def _quantities(facts: "pd.DataFrame") -> list[Quantity]:
    """What each fact is counted in."""
    return [Quantity(*told) for told in zip(facts["unit_of_measure"], facts["decimals"], strict=True)]


def _sources(outcome: Outcome, facts: "pd.DataFrame") -> Iterator[Source]:
    for fact in facts.itertuples(index=False):
        place, digest = f"{fact.sheet}!{fact.cell}", short(str(fact.return_sha256))
        unit, value = outcome.office.short(str(fact.unit), str(fact.period)), int(str(fact.value))
        quantity = Quantity(str(fact.unit_of_measure), int(str(fact.decimals)))
        number = (str(fact.edition), str(fact.table), str(fact.line), str(fact.column))
        times, file = int(str(fact.times)), str(fact.file)
        yield Source(unit, str(fact.period), value, times, quantity, file, place, digest, number)
