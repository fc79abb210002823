"""What a run must not lose: every cell that was read is a fact or stands in a finding, every return has its reason.

What is lost would be printed as a smaller number without a word, so a run ends here instead: it is a defect of ours.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.values.findings import Finding
from pipeline.values.taken import Taken
from schemas.form import Form

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Facts
    from schemas.received import Standing


class Lost(Exception):
    """Something was read and stands nowhere."""


def conserve(
    taken: Taken, returns: "DataFrame[Standing]", facts: "DataFrame[Facts]", findings: Iterable[Finding], form: Form
) -> None:
    """Raises Lost where a cell is neither a fact nor told of, or a return does not count and nothing says why."""
    told = list(findings)
    lost = [*_cells(taken, returns, facts), *_unread(taken, returns, told, form), *_returns(returns, told)]
    if lost:
        raise Lost("\n".join(lost))


def _cells(taken: Taken, returns: "DataFrame[Standing]", facts: "DataFrame[Facts]") -> Iterator[str]:
    """Returns in force that have another number of facts than of cells that could be read."""
    readable = taken.rows.loc[taken.rows["state"] != "unread", "ret"].value_counts()
    accepted = facts.loc[facts["role"].isin(("input", "declared")), "file"].value_counts()
    for row in returns[returns["in_force"]].itertuples(index=False):
        read, there = readable.get(row.ret, 0), accepted.get(row.file, 0)
        if read != there:
            yield f"{row.file}: {read} cells were read, {there} are facts"


def _unread(taken: Taken, returns: "DataFrame[Standing]", findings: Sequence[Finding], form: Form) -> Iterator[str]:
    """Cells of versions that could not be read and stand in no finding; what a formula made of one need not.

    A line that the sheet lacks and formulas that nothing calculated have no problem of their own: others tell of them.
    """
    versions = returns[returns["version"].notna()]
    files = dict(zip(versions["ret"], versions["file"], strict=True))
    odd = taken.rows.loc[(taken.rows["state"] == "unread") & taken.rows["ret"].isin(files), "ret"]
    rows = taken.rows[taken.rows["ret"].isin(odd)]
    told = {(finding.file, finding.sheet, finding.cell) for finding in findings}
    at = zip(rows["ret"].map(files), rows["sheet"], rows["cell"], strict=True)
    rows = rows.assign(told=[place in told for place in at])
    causes = {
        (row.ret, row.table, line)
        for row in rows[(rows["state"] == "unread") & rows["told"] & (rows["role"] == "input")].itertuples(index=False)
        for line in (row.line, form.entries[str(row.table), str(row.line)].parent)
    }
    untold = (rows["state"] == "unread") & (rows["problem"] != "") & ~rows["told"]
    for row in rows[untold].itertuples(index=False):
        if row.role == "input" or (row.ret, row.table, row.line) not in causes:
            yield f"{files[row.ret]}: {row.sheet}!{row.cell} could not be read, and no finding says so"


def _returns(returns: "DataFrame[Standing]", findings: Iterable[Finding]) -> Iterator[str]:
    """Files that do not count though nothing is wrong with them, and no other counts or waits instead."""
    wrong = {finding.file for finding in findings if finding.level == "must"}
    decided = returns[returns["in_force"] | returns["tied"]]
    instead = set(zip(decided["unit"], decided["period"], strict=True))
    barred = returns["in_force"] | returns["excluded"] | (returns["copy_of"] != "")
    for row in returns[~barred].itertuples(index=False):
        if row.file not in wrong and (row.rejected or (row.unit, row.period) not in instead):
            yield f"{row.file} does not count, and nothing says why"
