"""Returns as one wide frame: a row a return, an Int64 column a line. What rules and tables are computed on."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.values.periods import Month
from schemas.entry import Entry
from schemas.form import Form
from schemas.office import Office
from schemas.period import calendar_month, last_month, period_of
from schemas.rules.terms import ITEM, Ref
from schemas.table import Table

if TYPE_CHECKING:
    import pandas as pd
    from pandas.arrays import IntegerArray
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Rows, Wide
    from schemas.received import Items

Asked = tuple[str, str, tuple[int, ...], frozenset[str] | None]  # from and to which month, in which, of whom


def widen(rows: "DataFrame[Rows]", items: "DataFrame[Items]", returns: "pd.DataFrame", form: Form) -> "DataFrame[Wide]":
    """The values of ``rows`` and the counts of ``items`` by return, of each of the ``returns`` (received.Files).

    A flow that a return's form did not ask counts 0 in the sums: it cannot exist, which is not unknown. A stock that
    is not asked stays NA, as does every count of a register that could not be read through.
    """
    import pandas as pd

    from schemas.frames import Wide

    about, index = returns.set_index("ret"), pd.Index(returns["ret"])
    columns = {**_filled(rows, form, index), **_told(rows, index, _counted(items, form, index))}
    numbers = pd.DataFrame(columns, index=index, copy=False)
    months = about["period"].map(calendar_month).astype(int)
    wide = numbers.assign(unit=about["unit"], period=about["period"], calendar_month=months)
    return Wide.validate(_without_unasked(wide, form))


def _filled(rows: "DataFrame[Rows]", form: Form, index: "pd.Index[int]") -> "dict[str, IntegerArray]":
    """What was filled in, by line and measure over the returns; of a return without any cell nothing is known."""
    import numpy as np
    import pandas as pd

    names = [str(Ref(*key, m)) for key, entry in form.entries.items() if not entry.derived for m in entry.measures]
    keys = rows["table"] + "." + rows["line"] + rows["measure"].map({"month": ""}).fillna(":" + rows["measure"])
    at, ret = pd.Index(names).get_indexer(pd.Index(keys)), index.get_indexer(pd.Index(rows["ret"]))
    known = (at >= 0) & (ret >= 0)
    values, lacks = np.zeros((len(names), len(index)), "int64"), np.zeros((len(names), len(index)), bool)
    lacks[:, ~index.isin(rows["ret"])] = True
    values[at[known], ret[known]] = rows["value"].to_numpy("int64", na_value=0)[known]
    lacks[at[known], ret[known]] = rows["value"].isna().to_numpy()[known]
    return {name: pd.arrays.IntegerArray(values[n], lacks[n]) for n, name in enumerate(names)}


def _counted(items: "DataFrame[Items]", form: Form, index: "pd.Index[int]") -> "dict[str, IntegerArray]":
    """What is counted of registers over the returns; nothing of a return whose registers could not be read through."""
    import numpy as np
    import pandas as pd

    unread, columns = index.isin(items.loc[items["problem"] != "", "ret"]), {}
    registers = (table for table in form.edition.tables if table.shape == "register")
    for count in (count for table in registers for count in _counts(table, items, form)):
        values, ret = np.zeros(len(index), "int64"), index.get_indexer(count.index)
        values[ret[ret >= 0]] = count.to_numpy("int64", na_value=0)[ret >= 0]
        columns[str(count.name)] = pd.arrays.IntegerArray(values, unread.copy())
    return columns


def _told(
    rows: "DataFrame[Rows]", index: "pd.Index[int]", counted: "dict[str, IntegerArray]"
) -> "dict[str, IntegerArray]":
    """The counts of registers, those that a forwarded return tells without their items in their places."""
    import pandas as pd

    told = rows[(rows["role"] == "counted") & rows["ret"].isin(index)]
    for name, own in told.groupby(told["table"] + "." + told["line"]):
        if name in counted:
            counted[str(name)][index.get_indexer(pd.Index(own["ret"]))] = own["value"].array
    return counted


def by_item(items: "pd.DataFrame", returns: "pd.DataFrame", table: Table) -> "pd.DataFrame":
    """A register as one row an item: ret, row, period, calendar_month, each field's text, its days as Int64 by Ref."""
    own = items[(items["table"] == table.id) & (items["field"] != "")]
    dates = [field.code for field in table.fields if field.kind == "date"]
    days = own.pivot(index=["ret", "row"], columns="field", values="day").reindex(columns=dates).astype("Int64")
    days.columns = [str(Ref(table.id, code, ITEM)) for code in dates]
    whole = texts(items, table).join(days).reset_index()
    periods = returns.set_index("ret")["period"].reindex(whole["ret"])
    months = periods.map(calendar_month).astype(int)
    return whole.assign(period=periods.to_numpy(), calendar_month=months.to_numpy())


def texts(items: "pd.DataFrame", table: Table) -> "pd.DataFrame":
    """A register by return and row: a text a field, "" where the field says nothing."""
    own = items[(items["table"] == table.id) & (items["field"] != "")]
    wide = own.pivot(index=["ret", "row"], columns="field", values="text")
    return wide.reindex(columns=[field.code for field in table.fields]).astype("str").fillna("")


def shift(
    wide: "pd.DataFrame", refs: set[Ref], form: Form, office: Office, earlier: "pd.DataFrame | None" = None
) -> "pd.DataFrame":
    """The frame with the columns of other months that ``refs`` name, taken from the same unit's return of that month.

    A stock is that of all who held then what the unit holds now: a successor's and those that it took over. ``wide``
    must have at most one row a unit and month; a month without a return gives NA. ``earlier`` are rows of months before
    it: unit, period, and those columns that are known.
    """
    import pandas as pd

    columns: dict[str, Any] = {}
    there: pd.DataFrame = wide if earlier is None or earlier.empty else pd.concat([wide, earlier])
    at = {whose: n for n, whose in enumerate(zip(there["unit"], there["period"], strict=True))}
    for periods in sorted({ref.shift for ref in refs if ref.shift}):
        wanted = {str(ref): str(Ref(ref.table, ref.line, ref.measure)) for ref in refs if ref.shift == periods}
        moved = _moved(wide["period"], periods)
        places = [at.get(whose, -1) for whose in zip(wide["unit"], moved, strict=True)]
        names = dict.fromkeys(wanted.values())
        found = pd.DataFrame({name: there[name].array.take(places, allow_fill=True) for name in names})
        found = _taken_over(found, there, wide, moved, form, office)
        columns |= {name: found[own].array for name, own in wanted.items()}
    return pd.concat([wide, pd.DataFrame(columns, index=wide.index)], axis=1)


def _taken_over(
    found: "pd.DataFrame", there: "pd.DataFrame", wide: "pd.DataFrame", moved: list[str], form: Form, office: Office
) -> "pd.DataFrame":
    """``found`` with the stocks that successors took over; what one of those lacks, and of a split, is not known."""
    import pandas as pd

    successors = {own.successor for own in office.history.successions}
    if not successors:
        return found
    stocks = [name for name in found.columns if (entry := _entry(form, name)) and entry.kind == "stock"]
    before = there.set_index(["unit", "period"])[stocks]
    for row, (unit, period, then) in enumerate(zip(wide["unit"], wide["period"], moved, strict=True)):
        carriers = office.carriers(unit, period, then) if unit in successors else (unit,)
        for name in stocks if carriers != (unit,) else ():
            entry = _entry(form, name)
            own = [(code, then) for code in carriers if entry and entry.asked(then, code)]
            whole = before[name].reindex(own).sum(skipna=False, min_count=1)
            found.loc[row, name] = pd.NA if office.history.divided & set(carriers) - {unit} else whole
    return found


def _entry(form: Form, name: str) -> Entry | None:
    """The line whose own figures a column holds."""
    table, _, line = name.partition(".")
    return form.entries.get((table, line))


def combined(span: "pd.DataFrame", ref: Ref, kind: str, months: Sequence[Month], office: Office) -> int:
    """One line over all returns of a span of ``months``, which stand in their order.

    A flow sums; of a stock and of an opening count what of_units gives.
    """
    if kind == "flow":
        return int(span[str(ref)].sum())
    return int(of_units(span, ref, kind, months, office).sum())


def of_units(span: "pd.DataFrame", ref: Ref, kind: str, months: Sequence[Month], office: Office) -> "pd.Series[int]":
    """A stock or an opening by unit, over returns in the order of their months.

    A stock is the last value of each unit that exists at the end of the span, an opening the first of each that exists
    at its beginning: what a unit carried on when it ended is its successor's, and no opening is added again.
    """
    units = span.groupby("unit")[str(ref)]
    values = (units.last() if kind == "stock" else units.first()).dropna()
    there = office.living(str(months[-1 if kind == "stock" else 0])) if months else frozenset()
    return values[values.index.isin(there)]


def _counts(table: Table, items: "pd.DataFrame", form: Form) -> "Iterator[pd.Series[int]]":
    """How many items each return has: in all, of each code, of each pair of crossed codes."""
    own = items[items["table"] == table.id]
    coded = own[own["field"].isin([f.code for f in table.fields if f.codes])]
    texts = coded.pivot(index=["ret", "row"], columns="field", values="text")
    sizes = texts.groupby("ret").size()
    yield sizes.rename(str(Ref(table.id, "rows")))
    derived = {entry.code: entry for entry in form.table(table.id) if entry.derived}
    found = {field: texts.groupby(["ret", field]).size().unstack() for field in texts.columns}
    if table.cross and len(texts):
        pairs = texts[table.cross[0]] + "_" + texts[table.cross[1]]
        found["cross"] = texts.assign(pair=pairs).groupby(["ret", "pair"]).size().unstack()
    by_code = {code: frame[code] for frame in found.values() for code in frame.columns if code in derived}
    for code in derived:
        if code != "rows":
            yield by_code.get(code, sizes[:0]).rename(str(Ref(table.id, code)))


def _without_unasked(wide: "pd.DataFrame", form: Form) -> "pd.DataFrame":
    """The frame without stocks that were not asked: that there is no number does not make it 0."""
    import pandas as pd

    alike: dict[Asked, list[str]] = {}
    for key, entry in form.entries.items():
        if entry.kind != "flow" and not entry.always_asked:
            asked = entry.valid_from, entry.valid_to, entry.months, entry.asked_of
            alike.setdefault(asked, []).extend(str(Ref(*key, measure)) for measure in entry.measures)
    for asked, names in alike.items():
        wide.loc[~_is_asked(asked, wide), names] = pd.NA
    return wide


def _is_asked(asked: Asked, wide: "pd.DataFrame") -> "pd.Series[bool]":
    valid_from, valid_to, months, units = asked
    in_time = wide["period"].map(last_month).between(valid_from, valid_to) & wide["calendar_month"].isin(months)
    return in_time if units is None else in_time & wide["unit"].isin(units)


def _moved(periods: "pd.Series[str]", count: int) -> list[str]:
    moved = {p: str(period.plus(count)) for p in set(periods) if (period := period_of(p))}
    return [moved[p] for p in periods]
