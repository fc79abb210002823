"""Returns as one wide frame: a row a return, an Int64 column a line. What rules and tables are computed on."""

from typing import TYPE_CHECKING

from schemas.form import Form
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd


def widen(rows: "pd.DataFrame", returns: "pd.DataFrame", form: Form) -> "pd.DataFrame":
    """The values of ``rows`` (schemas.frames.Rows) by return: columns named by Ref, plus unit, period, calendar_month.

    A line that a month's form did not ask for counts 0 in that month's sums: it cannot exist, which is not unknown.
    """
    keys = rows["table"] + "." + rows["line"] + rows["measure"].map({"month": ""}).fillna(":" + rows["measure"])
    wide = rows.assign(key=keys).pivot(index="ret", columns="key", values="value")
    names = [str(Ref(*key, measure)) for key in form.entries for measure in _measures(form, key[0])]
    wide = wide.reindex(index=returns["ret"], columns=names).astype("Int64")
    about = returns.set_index("ret")
    wide["unit"], wide["period"] = about["unit"], about["period"]
    wide["calendar_month"] = about["period"].str[-2:].astype(int)
    for key, entry in form.entries.items():
        if entry.valid_from or entry.valid_to < "9999-12":
            not_asked = (wide["period"] < entry.valid_from) | (wide["period"] > entry.valid_to)
            for measure in _measures(form, key[0]):
                column = str(Ref(*key, measure))
                wide[column] = wide[column].mask(not_asked, 0)
    return wide


def shift(wide: "pd.DataFrame", refs: set[Ref]) -> "pd.DataFrame":
    """The frame with the columns of other months that ``refs`` name, taken from the same unit's return of that month.

    ``wide`` must have at most one row a unit and month; a month without a return gives NA.
    """
    columns = {}
    for months in sorted({ref.shift for ref in refs if ref.shift}):
        wanted = [ref for ref in refs if ref.shift == months]
        there = [str(Ref(ref.table, ref.line, ref.measure)) for ref in wanted]
        before = wide.set_index(["unit", "period"])[there]
        found = before.reindex(list(zip(wide["unit"], _moved(wide["period"], months), strict=True)))
        for ref, name in zip(wanted, there, strict=True):
            columns[str(ref)] = found[name].set_axis(wide.index)
    return wide.assign(**columns)


def _moved(periods: "pd.Series[str]", months: int) -> list[str]:
    from pipeline.periods import parse_month

    moved = {p: str(month.plus(months)) for p in set(periods) if (month := parse_month(p))}
    return [moved[p] for p in periods]


def _measures(form: Form, table: str) -> tuple[str, ...]:
    return next(t.measures for t in form.edition.tables if t.id == table)
