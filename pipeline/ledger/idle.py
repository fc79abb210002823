"""Rulings that nothing is left of: the finding has gone, the file is not there, the return is no longer wrong."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.values.findings import Finding, Place, tell
from pipeline.values.rulings import PAPER, PROVISIONAL, RECEIPT, RULINGS, WAIVE, Ruling, Rulings

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Entered

NO_FINDING = "对应的问题已经没有了（数字改过，或已另作说明）"
NO_FILE = "收件夹里没有这个文件"
NOT_WRONG = "这份月报没有必须改的问题，或已被后来的一版代替"


def idle(
    rulings: Rulings, returns: "DataFrame[Entered]", findings: Iterable[Finding], there: Iterable[str]
) -> Iterator[Finding]:
    """A note for every ruling of the months reported that no longer bites.

    ``returns`` are those of the months, as entered; ``there`` are the short hashes of all files of the inbox.
    """
    asked, files = {finding.id for finding in findings}, set(there)
    months = set(returns["period"])
    wrong = returns[returns["provisional"] & returns["version"].notna()]
    superseded = returns[returns["in_force"]].set_index(["unit", "period"])["version"].to_dict()
    borne = {
        str(row.digest)
        for row in wrong.itertuples(index=False)
        if not superseded.get((row.unit, row.period), 0) > row.version
    }
    for ruling in rulings.every:
        why = _why(ruling, asked, files, borne, months)
        if why:
            place = Place(file=RULINGS, sheet=ruling.sheet, cell=f"A{ruling.row}")
            yield tell("N-RUL-01", place, value=ruling.id, ruling=ruling.kind, about=ruling.about, why=why)


def _why(ruling: Ruling, asked: set[str], files: set[str], borne: set[str], months: set[str]) -> str:
    if ruling.kind == WAIVE:
        return "" if ruling.finding in asked or (ruling.period and ruling.period not in months) else NO_FINDING
    if not ruling.digest or (ruling.kind == RECEIPT and ruling.item == PAPER):
        return ""
    if ruling.digest not in files:
        return NO_FILE
    outside = ruling.period and ruling.period not in months
    return NOT_WRONG if ruling.kind == PROVISIONAL and not outside and ruling.digest not in borne else ""
