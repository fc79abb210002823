"""Copies on paper: which version of the return each of them is the print of."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.paper.check_code import as_typed
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.rulings import RULINGS, Receive, Rulings

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Entered

SAME, OTHER, UNCHECKED, REPLACED, ALONE = "一致", "不一致", "未核对", "已换", "未收到电子件"


class Paper(NamedTuple):
    """A copy on paper: the ruling that says it came, its state, its code, and the version that has the same code."""

    ruling: Receive
    state: str
    code: str
    version: int | None


def papers(returns: "DataFrame[Entered]", rulings: Rulings, months: Sequence[str]) -> list[Paper]:
    """The copies on paper of the months reported, by unit and month in the order in which they came.

    A later one replaces those before it. It is right where it is the print of the version in force, or of one sent
    after that; where no code was written down, only that it came is known.
    """
    own = [ruling for ruling in rulings.of(Receive) if ruling.on_paper and ruling.period in months]
    own.sort(key=lambda ruling: (ruling.period, ruling.unit, ruling.received, ruling.row))
    last = {(ruling.unit, ruling.period): ruling.row for ruling in own}
    versions = _versions(returns)
    return [_paper(r, versions.get((r.unit, r.period), []), last[r.unit, r.period] == r.row) for r in own]


def differing(papers: Sequence[Paper], returns: "DataFrame[Entered]") -> Iterator[Finding]:
    """A question for each copy on paper that is the print of another return, at the code as written down."""
    versions = _versions(returns)
    for paper in papers:
        if paper.state == OTHER:
            ruling = paper.ruling
            place = Place(ruling.unit, ruling.period, RULINGS, ruling.sheet, ruling.cell)
            counts = _counting(versions[ruling.unit, ruling.period])
            older = f"（纸质件是第 {paper.version} 版的打印件）" if paper.version else ""
            facts = {"code": paper.code, "version": counts.version, "other": counts.check_code, "older": older}
            yield tell("W-PAP-01", place, value=f"{paper.code} {counts.check_code}", **facts)


def _versions(returns: "DataFrame[Entered]") -> dict[tuple[str, str], list[Any]]:
    """The versions of every unit's month, in order."""
    found: dict[tuple[str, str], list[Any]] = {}
    for row in returns[returns["version"].notna()].sort_values("version").itertuples(index=False):
        found.setdefault((str(row.unit), str(row.period)), []).append(row)
    return found


def _counting(versions: list[Any]) -> Any:
    """The version in force, or the newest where none is."""
    return next((row for row in versions if row.in_force), versions[-1])


def _paper(ruling: Receive, versions: list[Any], newest: bool) -> Paper:
    code = as_typed(ruling.expected)
    version = max((row.version for row in versions if code and row.check_code == code), default=None)
    if not newest:
        return Paper(ruling, REPLACED, code, version)
    if not versions:
        return Paper(ruling, ALONE, code, None)
    if not code or not _counting(versions).check_code:
        return Paper(ruling, UNCHECKED, code, version)
    in_force = next((row.version for row in versions if row.in_force), 0)
    return Paper(ruling, SAME if version is not None and version >= in_force else OTHER, code, version)
