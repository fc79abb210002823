"""What a run must not lose: every cell that was read is a fact or stands in a finding, every return has its reason.

What is lost would be printed as a smaller number without a word, so it is asked about at its file instead, and the
workbook is not ready: it is a defect of ours, which whoever keeps the program must see.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.values.findings import Finding, Place, tell
from pipeline.values.taken import Taken
from schemas.form import Form

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Facts
    from schemas.received import Standing

Lost = tuple[str, str]  # a file, and what of it stands nowhere
TOLD = 5  # how much of it is named in one question


def lost(
    taken: Taken,
    returns: "DataFrame[Standing]",
    facts: "DataFrame[Facts]",
    findings: Iterable[Finding],
    forms: Sequence[Form],
) -> Iterator[Finding]:
    """A question at each file of which a cell is neither a fact nor told of, or that does not count for no reason."""
    told = list(findings)
    found = [*_cells(taken, returns, facts, forms), *_unread(taken, returns, told, forms), *_returns(returns, told)]
    places = {str(row.file): row for row in returns.itertuples(index=False)}
    for file, group in groupby(sorted(found), key=itemgetter(0)):
        own = [what for _, what in group]
        row = places[file]
        place = Place(str(row.unit), str(row.period), file, content=str(row.sha256), ret=int(str(row.ret)))
        yield tell("W-LOS-01", place, value=str(len(own)), what="；".join(own[:TOLD]), count=len(own))


def _cells(
    taken: Taken, returns: "DataFrame[Standing]", facts: "DataFrame[Facts]", forms: Sequence[Form]
) -> Iterator[Lost]:
    """Returns in force that have other numbers of facts than cells were read, or than their form has lines."""
    whole = {form.edition.id: sum(len(entry.measures) for entry in form.entries.values()) for form in forms}
    cells = taken.rows.loc[taken.rows["role"] != "counted", "ret"].value_counts()
    own = facts.loc[facts["role"].isin(("input", "declared", "counted")), ["file", "role", "cell_state"]]
    filled_in = (own["role"] != "counted") & (own["cell_state"] != "not_applicable")
    every, there = own["file"].value_counts(), own.loc[filled_in, "file"].value_counts()
    for row in returns[returns["in_force"]].itertuples(index=False):
        read, accepted = cells.get(row.ret, 0), there.get(row.file, 0)
        if read != accepted or every.get(row.file, 0) != whole[str(row.edition)]:
            yield str(row.file), f"读出{read}格，入汇{accepted}格"


def _unread(
    taken: Taken, returns: "DataFrame[Standing]", findings: Sequence[Finding], forms: Sequence[Form]
) -> Iterator[Lost]:
    """Cells of versions that could not be read and stand in no finding; what a formula made of one need not.

    A line that the sheet lacks and formulas that nothing calculated have no problem of their own: others tell of them.
    """
    versions = returns[returns["version"].notna()]
    files = dict(zip(versions["ret"], versions["file"], strict=True))
    odd = taken.rows.loc[(taken.rows["state"] == "unread") & taken.rows["ret"].isin(files), "ret"]
    rows = taken.rows[taken.rows["ret"].isin(odd)]
    told = {(one.ret, one.sheet, one.cell) for finding in findings for one in finding.each()}
    at = zip(rows["ret"], rows["sheet"], rows["cell"], strict=True)
    rows = rows.assign(told=[place in told for place in at])
    editions = dict(zip(versions["ret"], versions["edition"], strict=True))
    entries = {(form.edition.id, *key): entry for form in forms for key, entry in form.entries.items()}
    causes = {
        (row.ret, row.table, line)
        for row in rows[(rows["state"] == "unread") & rows["told"] & (rows["role"] == "input")].itertuples(index=False)
        for line in (row.line, entries[editions[row.ret], str(row.table), str(row.line)].parent)
    }
    untold = (rows["state"] == "unread") & (rows["problem"] != "") & ~rows["told"]
    for row in rows[untold].itertuples(index=False):
        if row.role == "input" or (row.ret, row.table, row.line) not in causes:
            yield files[row.ret], f"{row.sheet}!{row.cell} 读不出来，也没有提示"


def _returns(returns: "DataFrame[Standing]", findings: Iterable[Finding]) -> Iterator[Lost]:
    """Files that do not count though nothing is wrong with them, and no other counts or waits instead."""
    wrong = {finding.ret for finding in findings if finding.level == "must"}
    decided = returns[returns["in_force"] | returns["tied"]]
    instead = set(zip(decided["unit"], decided["period"], strict=True))
    barred = returns["in_force"] | returns["excluded"] | (returns["copy_of"] != "")
    for row in returns[~barred].itertuples(index=False):
        if row.ret not in wrong and (row.rejected or (row.unit, row.period) not in instead):
            yield str(row.file), "没有入汇，也没有说明原因"
