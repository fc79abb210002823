"""The accepted values, one row a value, each with the cell or the rows it comes from."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.judge.adjust import Applied
from pipeline.judge.wide import texts
from pipeline.values.rulings import RULINGS, Bear, Rulings
from pipeline.values.taken import Taken
from schemas.form import Form
from schemas.rules.terms import Ref
from schemas.table import Table

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Facts
    from schemas.received import Standing

ABOUT = ["ret", "unit", "period", "return_sha256", "digest", "file", "edition", "version", "provisional"]
KEY = ["table", "code", "measure"]  # of a number within its return
FOUND = ["value", "cell_state", "sheet", "cell"]  # of it in the file


def facts(
    returns: "DataFrame[Standing]",
    taken: Taken,
    wide: "pd.DataFrame",
    form: Form,
    rulings: Rulings,
    applied: Applied,
) -> "DataFrame[Facts]":
    """The facts of returns of one form that are in force, which ``wide`` has too.

    One row for every number of the form and each return, so that nothing is lost unseen: cells as filled in or
    declared, counts of registers with the range of their items, what was not asked, and, of a return borne for the
    time, what could not be read. Beside them every total computed from its parts, and the office's adjustments that
    were ``applied``, each with its row of 处理意见.xlsx.
    """
    import pandas as pd

    from schemas.frames import Facts, frame_of

    about = (
        returns[returns["in_force"]]
        .rename(columns={"sha256": "return_sha256"})[ABOUT]
        .sort_values(["period", "unit"], ignore_index=True)
    )
    own = _numbers(about, taken, wide, form)
    parts = (_adjusted(applied, own, rulings.sha256), _computed(own, form), own)
    whole = pd.concat(parts).sort_index(kind="stable", ignore_index=True)
    quality = whole["provisional"].map({True: "P", False: "A"})
    told = _rulings(whole, rulings)
    if taken.below:
        below = _borne_below(whole, taken)
        quality, told = quality.mask(below != "", "P"), told.mask((below != "") & (told == ""), below)
    return frame_of(Facts, whole.assign(quality=quality, ruling=told))


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
    borne = {digest: ruling.id for digest, ruling in rulings.on_files(Bear).items()}
    own = whole["digest"].map(borne).where(whole["provisional"].astype(bool), "")
    return whole["ruling"].fillna(own) if "ruling" in whole else own


def _borne_below(whole: "pd.DataFrame", taken: Taken) -> "pd.Series[str]":
    """The version in which a number of a forwarded return rests on a ruling of who forwarded it; else ""."""
    import pandas as pd

    borne = {(ret, *number): part.version for ret, part in taken.below.items() for number in part.provisional}
    keys = zip(whole["ret"], whole["table"], whole["code"], strict=True)
    return pd.Series([borne.get(key, "") for key in keys], index=whole.index, dtype="str")


def _numbers(about: "pd.DataFrame", taken: Taken, wide: "pd.DataFrame", form: Form) -> "pd.DataFrame":
    """Every number of the form for each return: filled in, counted of a register, or not asked."""
    import numpy as np
    import pandas as pd

    numbers = pd.DataFrame(
        [(*key, e.line, e.column, m, e.role(m), e.unit, e.quantity.decimals)
         for key, e in form.entries.items() for m in e.measures],
        columns=["table", "code", "line", "column", "measure", "role", "unit_of_measure", "decimals"],
    )  # fmt: skip
    count = len(numbers)
    own = about.take(np.repeat(np.arange(len(about)), count)).reset_index(drop=True)
    whole = own.join(numbers.take(np.tile(np.arange(count), len(about))).reset_index(drop=True))
    there = pd.concat([_filled(taken), _counted(taken.items, wide, form)], ignore_index=True)
    there = there.drop_duplicates(["ret", *KEY])  # a forwarded return tells its counts itself
    at = pd.Index(_names(numbers)).get_indexer(pd.Index(_names(there)))
    ret = pd.Index(about["ret"]).get_indexer(pd.Index(there["ret"]))
    known = (at >= 0) & (ret >= 0)
    found = there.loc[known, FOUND].set_axis(ret[known] * count + at[known]).reindex(whole.index)
    return whole.join(found.fillna({"cell_state": "not_applicable", "sheet": "", "cell": ""}))


def _filled(taken: Taken) -> "pd.DataFrame":
    """The cells of all returns."""
    return taken.rows.rename(columns={"line": "code", "state": "cell_state"})[["ret", *KEY, *FOUND]]


def _names(numbers: "pd.DataFrame") -> "pd.Series[str]":
    """The names of numbers within their return."""
    return numbers["table"] + "." + numbers["code"] + ":" + numbers["measure"]


def _counted(items: "pd.DataFrame", wide: "pd.DataFrame", form: Form) -> "pd.DataFrame":
    """The counts of registers that are asked, as rows with the range of cells they were counted from."""
    derived = {str(Ref(*key)): entry for key, entry in form.entries.items() if entry.derived}
    long = wide[list(derived)].reset_index().melt("ret", var_name="key", value_name="value")
    there = items[items["field"] != ""].groupby(["ret", "table"])
    spans = there.agg(sheet=("sheet", "first"), first=("cell", "first"), last=("cell", "last"))
    spans["cell"] = spans["first"] + ":" + spans["last"]
    rows = long.assign(
        table=long["key"].map({key: entry.table for key, entry in derived.items()}),
        code=long["key"].map({key: entry.code for key, entry in derived.items()}),
        measure="month",
        cell_state=long["value"].eq(0).map({True: "zero", False: "number"}).fillna("unread"),
    ).join(spans[["sheet", "cell"]], on=["ret", "table"])
    asked = rows["value"].gt(0).fillna(False)
    for key, entry in derived.items():
        asked |= (rows["key"] == key) & (entry.always_asked or rows["ret"].map(wide["period"]).map(entry.asked))
    return rows.loc[asked, ["ret", *KEY, *FOUND]].fillna({"sheet": "", "cell": ""})


def _computed(own: "pd.DataFrame", form: Form) -> "pd.DataFrame":
    """For every total its value computed from its parts, beside the declared one; blank where no part can be read."""
    import pandas as pd

    totals = {key: entry.parts for key, entry in form.entries.items() if entry.is_total}
    month = own[(own["measure"] == "month") & (own["cell_state"] != "not_applicable")]
    month = month[month["table"].isin({table for table, _ in totals})]
    found = [own[:0]]
    for (table, code), parts in totals.items():
        there = month[month["table"] == table]
        total = there[there["code"].isin(parts)].groupby("ret")["value"].sum(min_count=1)
        declared = there[there["code"] == code]
        value = declared["ret"].map(total).astype("Int64")
        state = value.eq(0).map({True: "zero", False: "number"}).fillna("blank")
        found.append(declared.assign(role="computed", value=value, cell_state=state, sheet="", cell=""))
    return pd.concat(found)


def _adjusted(applied: Applied, own: "pd.DataFrame", digest: str) -> "pd.DataFrame":
    """The adjustments as rows beside the number that each changes; their source is the office's workbook."""
    import pandas as pd

    month = own[own["measure"] == "month"] if applied else own[:0]
    found = [month[:0]]
    for ret, ref, ruling in applied:
        beside = month[(month["ret"] == ret) & (month["table"] == ref.table) & (month["code"] == ref.line)]
        found.append(
            beside.assign(
                role="adjustment", value=ruling.amount, cell_state="number", sheet=ruling.sheet,
                cell=ruling.cell, ruling=ruling.id, file=RULINGS, return_sha256=digest,
            ).astype({"value": "Int64"})
        )  # fmt: skip
    return pd.concat(found)


def register(items: "pd.DataFrame", returns: "pd.DataFrame", table: Table) -> "pd.DataFrame":
    """A register of the returns given as one row an item: period, unit, the fields (codes and ISO dates), source."""
    about = returns[["ret", "period", "unit", "file", "sha256"]].rename(columns={"sha256": "return_sha256"})
    sheets = items[(items["table"] == table.id) & (items["field"] != "")].drop_duplicates("ret")[["ret", "sheet"]]
    whole = texts(items, table).reset_index().merge(about, on="ret").merge(sheets, on="ret")
    whole = whole.sort_values(["period", "unit", "row"], kind="stable")
    fields = [field.code for field in table.fields]
    return whole[["period", "unit", *fields, "file", "return_sha256", "sheet", "row"]].reset_index(drop=True)
