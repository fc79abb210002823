"""The numbers that tables are made from, out of facts: a row a unit and month, an Int64 column a line."""

from typing import TYPE_CHECKING

from pipeline.tables.brought import brought
from schemas.crosswalk import Crosswalk
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd


def counted(facts: "pd.DataFrame", walk: Crosswalk) -> "pd.DataFrame":
    """Indexed by unit and period; columns named by Ref, of the month's own figures in the lines of ``walk.form``.

    What a total was computed to stands beside what was declared and is left out.
    """
    here = brought(facts, walk)
    own = here[(here["measure"] == "month") & (here["role"] != "computed")]
    named = own.assign(key=own["table"] + "." + own["code"])
    sums = named.groupby(["unit", "period", "key"])["steps"].sum(min_count=1)
    return sums.unstack().reindex(columns=[str(Ref(*key)) for key in walk.form.entries]).astype("Int64")
