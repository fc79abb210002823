"""What moves with a change: cells of the annual tables, and later months' 本年累计."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.ledger.published import Published
from pipeline.tables.revise.counted import counted
from pipeline.values.revisions import Change, Moved
from pipeline.values.table import Table
from schemas.crosswalk import Crosswalk
from schemas.entry import Entry
from schemas.form import form_for
from schemas.office import Office
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd

CUMULATIVE = "本年累计"


def as_forwarded(published: Published, wide: "pd.DataFrame", walk: Crosswalk, office: Office) -> "pd.DataFrame":
    """The returns in force (one wide row a return), with the months forwarded as they were when they were.

    Both are in the lines of ``walk.form``. A unit that is no longer in the list is in no table, then or now.
    """
    import pandas as pd

    then = counted(published.facts, walk).reset_index()
    then = then[then["unit"].isin([unit.code for unit in office.units])]
    then = then.assign(calendar_month=then["period"].str[-2:].astype(int))
    later = wide[wide["period"] > str(published.through)]
    columns = [column for column in wide.columns if column in then.columns]
    return pd.concat([then[columns], later[columns]], ignore_index=True)


def printed(published: Published, now: Sequence[Table], without: Sequence[Table]) -> Iterator[Moved]:
    """The cells of the annual tables that are others than they would be ``without`` the changes."""
    for after, before in zip(now, without, strict=True):
        for row, old in zip(after.rows, before.rows, strict=True):
            for n, (value, was) in enumerate(zip(row.values, old.values, strict=True)):
                if value != was:
                    annual, column, quantity = after.annual, after.columns[n].name, after.quantity(row, n)
                    yield Moved(published.name, annual.id, annual.title, row.label, column, quantity, was, value)


def later_months(
    changes: Sequence[Change], wide: "pd.DataFrame", walk: Crosswalk, own: "pd.Index[int]", office: Office
) -> Iterator[Moved]:
    """The 本年累计 of later months in force that do not have the changed numbers in them yet.

    ``wide`` has the returns of the year in the lines of ``walk.form``, of which ``own`` are that form's.
    """
    names = {str(Ref(e.table, e.code)): e for e in walk.form.entries.values()}
    touched: dict[tuple[str, str], str] = {}
    for change in changes:
        entry = _line(change, walk)
        if entry and entry.kind == "flow" and "year_to_date" in entry.measures:
            key = change.unit, str(Ref(entry.table, entry.code))
            touched[key] = min(change.period, touched.get(key, change.period))
    for (unit, line), first in touched.items():
        months = wide[wide["unit"] == unit].sort_values("period")
        listed = months["period"].map(names[line].listed).astype(bool)
        added, name = months[line].where(listed, 0).cumsum(), changes[0].published
        for ret in months.index[(months["period"] > first) & months.index.isin(own)]:
            written, should = months.loc[ret, f"{line}:year_to_date"], added[ret]
            if str(written) != "<NA>" and str(should) != "<NA>" and written != should:
                entry = names[line]
                period, both = str(months.loc[ret, "period"]), (int(str(written)), int(str(should)))
                row = f"{office.short(unit, period)} {period}"
                yield Moved(name, "", CUMULATIVE, row, entry.label, entry.quantity, *both)


def _line(change: Change, walk: Crosswalk) -> Entry | None:
    """The line of ``walk.form`` that a change of another form's line touches; None where it has nothing of the kind."""
    form = form_for(walk.forms, change.period) or walk.form
    place = change.table, change.line, change.column
    for key, terms in walk.sources(form).items():
        if any((e := form.entries[own]) and (e.table, e.line, e.column) == place for _, own in terms):
            return walk.form.entries[key]
    return None
