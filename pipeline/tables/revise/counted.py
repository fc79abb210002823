"""The numbers that tables are made from, out of facts: a row a unit and month, an Int64 column a line."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from schemas.form import Form
from schemas.quantity import Quantity
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
    named = named.assign(value=in_steps(named, {str(Ref(*key)): e.quantity for key, e in form.entries.items()}))
    sums = named.groupby(["unit", "period", "key"])["value"].sum(min_count=1)
    return sums.unstack().reindex(columns=list(keys.values())).astype("Int64")


def in_steps(facts: "pd.DataFrame", quantities: Mapping[str, Quantity]) -> "pd.Series[Any]":
    """The values of facts with their ``key``, in steps of what the form counts that line in.

    A version that was forwarded before a line changed its unit or decimals tells it in what it had then.
    """
    factors = {
        (key, unit, decimals): quantities[key].steps_of(Quantity(unit, decimals))
        for key, unit, decimals in set(zip(facts["key"], facts["unit_of_measure"], facts["decimals"], strict=True))
    }
    import pandas as pd

    if set(factors.values()) <= {1}:
        return facts["value"]
    found = zip(facts["key"], facts["unit_of_measure"], facts["decimals"], strict=True)
    return facts["value"] * pd.Series([factors[one] for one in found], index=facts.index, dtype="Int64")
