"""Numbers as data files hold them: exact decimals in their own unit, to and from the steps that are reckoned with."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from schemas.frames import DECIMALS, VALUE
from schemas.quantity import MOST_DECIMALS, Quantity

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def as_text(facts: "pd.DataFrame") -> "pd.DataFrame":
    """Facts (schemas.frames.Facts) as the CSV file has them: every value written out, no number is ""."""
    import pandas as pd

    whole = facts[VALUE].astype("str").where(facts[VALUE].notna(), "")
    apart = facts.loc[(facts[DECIMALS] > 0) & facts[VALUE].notna(), [VALUE, DECIMALS]]
    columns = (apart[name].tolist() for name in (VALUE, DECIMALS))
    told = [str(Quantity("", decimals).exact(value)) for value, decimals in zip(*columns, strict=True)]
    whole.update(pd.Series(told, index=apart.index, dtype="str"))
    return facts.assign(**{VALUE: whole}).drop(columns=DECIMALS)


def as_table(facts: "pd.DataFrame") -> "pa.Table":
    """Facts as the Parquet file has them: values as decimals, beside how many decimals their line has."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rest = pa.Table.from_pandas(facts.drop(columns=VALUE), preserve_index=False)
    steps = pa.array(facts[VALUE]).cast(pa.decimal128(19, 0))
    values = pc.multiply(steps, _powers(facts[DECIMALS], -1))
    return rest.add_column(list(facts.columns).index(VALUE), VALUE, values)


def from_table(table: "pa.Table") -> "pd.DataFrame":
    """Facts as they were written; of an earlier file as they are written today.

    Values without decimals are whole steps of their unit; what was counted of a register was called computed, as were
    totals, which have no cell.
    """
    facts = _told(table)
    register = (facts["role"] == "computed") & (facts["cell"] != "")
    return facts.assign(role=facts["role"].mask(register, "counted")) if register.any() else facts


def _told(table: "pa.Table") -> "pd.DataFrame":
    """The rows with their values in steps."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    at = table.column_names.index(VALUE)
    if DECIMALS not in table.column_names:
        old: pd.DataFrame = table.to_pandas()
        old.insert(at + 1, DECIMALS, 0)
        return old
    facts: pd.DataFrame = table.drop_columns([VALUE]).to_pandas()
    steps = pc.multiply(table.column(VALUE), _powers(facts[DECIMALS], 1)).cast(pa.int64())
    facts.insert(at, VALUE, pd.Series(steps.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)))
    return facts


def _powers(decimals: "pd.Series[int]", sign: int) -> Any:
    """Ten to the power of so many decimals, or one divided by it."""
    import pyarrow as pa

    powers = [Decimal(1).scaleb(sign * n) for n in range(MOST_DECIMALS + 1)]
    kind = pa.decimal128(MOST_DECIMALS + 1, 0 if sign > 0 else MOST_DECIMALS)
    return pa.array(powers, kind).take(pa.array(decimals))
