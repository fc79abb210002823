"""The accepted values, one row a value, each with the cell or the rows it comes from."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from pipeline.judge.adjust import Applied
from pipeline.judge.wide import texts
from pipeline.values.rulings import HEADINGS, PROVISIONAL, RULINGS, Rulings
from pipeline.values.taken import Taken
from schemas.edition import Table
from schemas.form import Form
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Facts
    from schemas.received import Standing

ABOUT = ["ret", "unit", "period", "sha256", "digest", "file", "edition", "version", "provisional"]


def facts(
    returns: "DataFrame[Standing]",
    taken: Taken,
    wide: "pd.DataFrame",
    form: Form,
    rulings: Rulings,
    applied: Applied,
) -> "DataFrame[Facts]":
    """The facts of returns of one form that are in force, which ``wide`` has too.

    One row a cell as filled in or declared (of a return borne for the time, what could be read); every total computed
    from its parts beside it; what is counted of registers where it is not 0, with the range of its items; and the
    office's adjustments that were ``applied``, each with its row of 处理意见.xlsx.
    """
    import pandas as pd

    from schemas.frames import Facts, frame_of

    about = returns.loc[returns["in_force"], ABOUT]
    cells = taken.rows[taken.rows["state"] != "unread"].merge(about, on="ret")
    counted = _counted(taken.items, wide, form).merge(about, on="ret")
    adjusted = _adjusted(applied, about, rulings.sha256)
    whole = pd.concat([cells, *_computed(cells, form), counted, *adjusted], ignore_index=True)
    whole = whole.rename(columns={"sha256": "return_sha256", "state": "cell_state"})
    keys = whole["table"] + "." + whole["line"]
    entries = {f"{e.table}.{e.code}": e for e in form.entries.values()}
    order = {key: n for n, key in enumerate(entries)}
    full = whole.assign(
        line=keys.map({key: e.line for key, e in entries.items()}),
        column=keys.map({key: e.column for key, e in entries.items()}),
        unit_of_measure=keys.map({key: e.unit for key, e in entries.items()}),
        decimals=keys.map({key: e.quantity.decimals for key, e in entries.items()}).astype("int64"),
        quality=whole["provisional"].map({True: "P", False: "A"}),
        ruling=_rulings(whole, rulings),
        order=keys.map(order),
    )
    full = full.sort_values(["period", "unit", "order", "measure", "role"], kind="stable", ignore_index=True)
    return frame_of(Facts, full)


def in_order(parts: "Iterable[DataFrame[Facts]]") -> "DataFrame[Facts]":
    """The facts of several forms as one, by period and unit; each in the terms of its own edition."""
    import pandas as pd

    from schemas.frames import Facts, frame_of

    frames = list(parts)
    if len(frames) == 1:
        return frames[0]
    return frame_of(Facts, pd.concat(frames).sort_values(["period", "unit"], kind="stable", ignore_index=True))


def _rulings(whole: "pd.DataFrame", rulings: Rulings) -> "pd.Series[str]":
    """The number of the ruling that a fact rests on: an adjustment's own, or the one that bears its return."""
    borne = {digest: ruling.id for digest, ruling in rulings.on_files(PROVISIONAL).items()}
    own = whole["digest"].map(borne).where(whole["provisional"].astype(bool), "")
    return whole["ruling"].fillna(own) if "ruling" in whole else own


def _adjusted(applied: Applied, about: "pd.DataFrame", digest: str) -> "Iterator[pd.DataFrame]":
    """The adjustments as rows beside the return of their unit and month; their source is the office's workbook."""
    import pandas as pd

    if not applied:
        return
    column = xl_col_to_name(HEADINGS.index("数值"))
    rows = [
        {"ret": ret, "table": ref.table, "line": ref.line, "measure": "month", "role": "adjustment",
         "value": ruling.amount, "state": "number", "sheet": ruling.sheet, "cell": f"{column}{ruling.row}",
         "ruling": ruling.id}
        for ret, ref, ruling in applied
    ]  # fmt: skip
    beside = pd.DataFrame(rows).astype({"value": "Int64"}).merge(about, on="ret")
    yield beside.assign(file=RULINGS, sha256=digest)


def _computed(cells: "pd.DataFrame", form: Form) -> "Iterator[pd.DataFrame]":
    """For every total its value computed from its parts, beside the declared one; blank where no part can be read."""
    month = cells[cells["measure"] == "month"]
    for (table, code), entry in form.entries.items():
        if not entry.is_total:
            continue
        parts = month[(month["table"] == table) & month["line"].isin(entry.parts)]
        total = parts.groupby("ret")["value"].sum(min_count=1).astype("Int64")
        declared = month[(month["table"] == table) & (month["line"] == code)]
        value = declared["ret"].map(total).astype("Int64")
        state = value.eq(0).map({True: "zero", False: "number"}).fillna("blank")
        yield declared.assign(role="computed", value=value, state=state, sheet="", cell="")


def _counted(items: "pd.DataFrame", wide: "pd.DataFrame", form: Form) -> "pd.DataFrame":
    """The counts of registers that are not 0, as rows with the range of cells they were counted from."""
    import pandas as pd

    derived = {str(Ref(e.table, e.code)): e for e in form.entries.values() if e.derived}
    long = wide[list(derived)].reset_index().melt("ret", var_name="key", value_name="value")
    long = long[(long["value"] > 0).fillna(False)]
    spans = items.groupby(["ret", "table"]).agg(
        sheet=("sheet", "first"), first=("cell", "first"), last=("cell", "last")
    )
    spans["cell"] = spans["first"] + ":" + spans["last"]
    rows = long.assign(
        table=long["key"].map({key: e.table for key, e in derived.items()}),
        line=long["key"].map({key: e.code for key, e in derived.items()}),
        measure="month",
        role="computed",
        state="number",
    )
    columns = ["ret", "table", "line", "measure", "role", "value", "state", "sheet", "cell"]
    return pd.DataFrame(rows.join(spans[["sheet", "cell"]], on=["ret", "table"])[columns])


def register(items: "pd.DataFrame", returns: "pd.DataFrame", table: Table) -> "pd.DataFrame":
    """A register of the returns given as one row an item: period, unit, the fields (codes and ISO dates), source."""
    about = returns[["ret", "period", "unit", "file", "sha256"]].rename(columns={"sha256": "return_sha256"})
    sheets = items[(items["table"] == table.id) & (items["field"] != "")].drop_duplicates("ret")[["ret", "sheet"]]
    whole = texts(items, table).reset_index().merge(about, on="ret").merge(sheets, on="ret")
    whole = whole.sort_values(["period", "unit", "row"], kind="stable")
    fields = [field.code for field in table.fields]
    return whole[["period", "unit", *fields, "file", "return_sha256", "sheet", "row"]].reset_index(drop=True)
