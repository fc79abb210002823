"""Which numbers are others than were forwarded."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pipeline.ledger.published import Published
from pipeline.tables.brought import brought
from pipeline.tables.revise.causes import Causes
from pipeline.tables.revise.counted import counted
from pipeline.values.revisions import Change
from pipeline.values.rulings import Rulings
from schemas.crosswalk import Crosswalk
from schemas.entry import Entry
from schemas.form import Form
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd

Place = tuple[str, ...]  # unit, period, table, line, column


def changes(
    published: Published, facts: "pd.DataFrame", returns: "pd.DataFrame", rulings: Rulings, walk: Crosswalk
) -> tuple[Change, ...]:
    """Every number of the months forwarded that is another now, by month, unit and line of the month's own form.

    ``facts`` and ``returns`` are those of today (schemas.frames); what is not there counts 0.
    """
    now = facts[facts["period"] <= str(published.through)]
    causes = Causes(published.facts, now, returns, rulings)
    found: list[Change] = []
    for form in walk.forms:
        own = Crosswalk(form, walk.forms)
        before, after = (_of(form, facts) for facts in (published.facts, now))
        found += _of_form(published.name, (before, after), causes, own)
    return tuple(sorted(found, key=lambda change: (change.period, change.unit)))


def _of(form: Form, facts: "pd.DataFrame") -> "pd.DataFrame":
    """The facts of the months of a form."""
    return facts.loc[[period in form.edition.valid for period in facts["period"]]]


def _of_form(
    name: str, facts: tuple["pd.DataFrame", "pd.DataFrame"], causes: Causes, walk: Crosswalk
) -> Iterator[Change]:
    """The changes of the months of one form, from facts of then to those of now, in its lines."""
    form, now = walk.form, brought(facts[1], walk)
    before, after = (counted(one, walk) for one in facts)
    index = before.index.union(after.index)
    before, after = before.reindex(index), after.reindex(index)
    found = list(_differing(before, after, form))
    units = {(unit, period) for unit, period, _ in found}
    filled_in = now["role"].isin(["input", "counted"])
    own, adjusted = (_by_place(now[rows], units) for rows in (filled_in, now["role"] == "adjustment"))
    yield from (_change(name, key, before, after, (own, adjusted), causes, form) for key in found)


def _differing(before: "pd.DataFrame", after: "pd.DataFrame", form: Form) -> Iterator[tuple[str, str, Ref]]:
    """The unit, the period and the line of every number that differs."""
    differ = before.fillna(0) != after.fillna(0)
    touched = differ.index[differ.any(axis=1)]
    told: set[tuple[str, str]] = set()
    for counted_of, entries in groupby(sorted(form.entries.values(), key=_is_counted), key=_is_counted):
        own = [entry for entry in entries if not entry.is_total]
        found = [(key, Ref(e.table, e.code)) for e in own for key in _where(differ.loc[touched], e)]
        there = [(*key, ref) for key, ref in found if not (counted_of and key in told)]
        told |= {key for key, _ in found}
        yield from there


def _is_counted(entry: Entry) -> bool:
    """Whether it is counted of a register: such a number is told where nothing else of the return changed."""
    return entry.derived


def _where(differ: "pd.DataFrame", entry: Entry) -> list[tuple[str, str]]:
    column = differ[str(Ref(entry.table, entry.code))]
    return list(column.index[column])


def _by_place(facts: "pd.DataFrame", units: set[tuple[str, str]]) -> dict[Place, Any]:
    """The facts of these units and months, one a number (of several adjustments the last)."""
    there = facts.loc[[key in units for key in zip(facts["unit"], facts["period"], strict=True)]]
    own = there[there["measure"] == "month"]
    return {(f.unit, f.period, f.table, f.line, f.column): f for f in own.itertuples(index=False)}  # type: ignore[misc]


def _change(
    name: str,
    key: tuple[str, str, Ref],
    before: "pd.DataFrame",
    after: "pd.DataFrame",
    facts: tuple[dict[Place, Any], dict[Place, Any]],
    causes: Causes,
    form: Form,
) -> Change:
    unit, period, ref = key
    entry = form.entry(ref)
    own, adjustment = (by.get((unit, period, entry.table, entry.line, entry.column)) for by in facts)
    was, now = (_number(frame.loc[(unit, period), str(ref)]) for frame in (before, after))
    where = causes.place((unit, period), own, adjustment)
    cause = causes.of((unit, period), adjustment)
    return Change(
        name, period, unit, entry.table, entry.line, entry.column, entry.label, was, now, cause, *where,
        quantity=entry.quantity,
    )  # fmt: skip


def _number(value: Any) -> int | None:
    return None if str(value) == "<NA>" else int(value)
