"""One and the same 说明 under every line of a table: it may be true of one of them, and is asked about once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.values.findings import Finding, Place, tell
from pipeline.values.reasons import LONGEST, is_reason
from schemas.form import Form
from schemas.spoken import names_of

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Rows

FEWEST, SHARE = 5, 0.5  # lines of a table, and which part of all its lines, from which on a text is copied


def copied_reasons(rows: "DataFrame[Rows]", places: dict[int, Place], form: Form) -> Iterator[Finding]:
    """A question a return whose lines of some table all give the same reason, at the first of them.

    Where the same stands under many lines it is no longer the reason of any; what it answers stays answered, so that
    the unit is asked once, not line by line.
    """
    told = rows[(rows["measure"] == "month") & (rows["note"] != "")]
    told = told[told["note"].map(is_reason).astype(bool)]
    seen: set[int] = set()
    for (ret, table, note), own in told.groupby(["ret", "table", "note"], sort=False):
        lines = {form.entries[str(table), str(line)].line for line in own["line"]}
        every = {entry.line for entry in form.table(str(table))}
        own_ret = int(str(ret))
        if own_ret in seen or len(lines) < max(FEWEST, SHARE * len(every)):
            continue
        seen.add(own_ret)
        first = next(own.itertuples(index=False))
        entry = form.entries[str(table), str(first.line)]
        facts = {"note": str(note)[:LONGEST], "count": len(lines), "label": entry.label, "code": entry.line}
        facts |= names_of(form.edition)
        yield tell("W-NOT-01", places[own_ret].at(first), value=str(note), **facts)
