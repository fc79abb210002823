"""The numbers that tables are made from, out of facts: a row a unit and month, an Int64 column a line."""

from typing import TYPE_CHECKING

from schemas.form import Form
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd


def counted(facts: "pd.DataFrame", form: Form) -> "pd.DataFrame":
    """Indexed by unit and period; columns named by Ref, of the month's own figures.

    What a total was computed to stands beside what was declared and is left out; what is counted of registers stays.
    """
    import pandas as pd

    keys = {(e.table, e.line, e.column): str(Ref(e.table, e.code)) for e in form.entries.values()}
    registers = {e.table for e in form.entries.values() if e.derived}
    own = facts[(facts["measure"] == "month") & ((facts["role"] != "computed") | facts["table"].isin(registers))]
    places = pd.Series(list(zip(own["table"], own["line"], own["column"], strict=True)), index=own.index)
    named = own.assign(key=places.map(keys)).dropna(subset=["key"])
    sums = named.groupby(["unit", "period", "key"])["value"].sum(min_count=1)
    return sums.unstack().reindex(columns=list(keys.values())).astype("Int64")
