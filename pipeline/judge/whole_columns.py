"""One problem in most cells of a column has one cause and is one finding, which names the first and counts the rest.

So has a return in which no number is filled in at all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.values.findings import Finding

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Rows

Column = tuple[int | None, str, str]  # a return, a sheet, a measure

FEWEST, SHARE = 5, 0.5  # cells of a column, and which part of its tables' numbers, from which on it is the column's


def together(findings: Iterable[Finding], rows: "DataFrame[Rows]", apart: str) -> Iterator[Finding]:
    """The findings about cells, those of one problem in most cells of a column as one.

    ``rows`` are all cells. Each of rule ``apart`` stays by itself: what is blank has to be filled in cell by cell.
    """
    groups: dict[tuple[Column, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        measure = finding.number.measure if finding.number else ""
        groups[(finding.ret, finding.sheet, measure), finding.rule].append(finding)
    many = {column[0] for (column, rule), own in groups.items() if rule != apart and len(own) >= FEWEST}
    cells = rows.loc[rows["ret"].isin(many), ["ret", "table", "measure"]]
    there = Counter(cells.itertuples(index=False, name=None))
    for ((ret, _, measure), rule), own in groups.items():
        every = sum(there[ret, table, measure] for table in {f.number.table for f in own if f.number})
        if rule == apart or len(own) < max(FEWEST, SHARE * every):
            yield from own
        else:
            yield _as_one(own)


def empty_as_one(findings: Iterable[Finding], rows: "DataFrame[Rows]", blank: str) -> Iterator[Finding]:
    """The findings, those of rule ``blank`` as one where a return has no number filled in; ``rows`` are all cells."""
    asked = rows[rows["role"] == "input"]
    empty = set(asked["ret"]) - set(asked.loc[asked["state"] != "blank", "ret"])
    blanks: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.rule == blank and finding.ret in empty:
            blanks[finding.ret].append(finding)
        else:
            yield finding
    for own in blanks.values():
        yield from [_nothing_filled_in(own)] if len(own) >= FEWEST else own


def _nothing_filled_in(findings: list[Finding]) -> Finding:
    first, *others = findings
    message = f"整份表的数一个也没有填，共 {len(findings)} 格，从这一格起：{first.message}"
    return replace(first, message=message, also=tuple(others))


def _as_one(findings: list[Finding]) -> Finding:
    first, *others = findings
    count = f"这一栏共有 {len(findings)} 格是这样（{first.cell} 至 {others[-1].cell}），请一并改正。"
    return replace(first, remedy=f"{first.remedy}{count}", also=tuple(others))
