"""The rules of a draft: each sum as the form has it, and what the numbering of its rows tells."""

from collections.abc import Iterator, Sequence

from pipeline.desk.drafting.rows import AMONG
from pipeline.desk.drafting.shapes import Drawn, Part
from pipeline.desk.drafting.written import runs
from schemas.drafting import OPEN


def rules_of(table: Drawn) -> Iterator[str]:
    """The rules of a table, each once."""
    sums = table.sums
    before = "each column " if table.shape == "matrix" else ""
    for n, parts in sums.rows.items():
        yield from _rule(table, n, f"{before}{_at(table, n)} = {_added(table, table.rows, parts)}")
    for n, parts in sums.whole.items():
        asked = f"{table.rows[n].name}”下面编号的各行是不是全部：不是的把 = 改成 >="
        yield from _rule(table, n, f"{before}{_at(table, n)} = {_added(table, table.rows, parts)}", asked)
    for n, parts in sums.part.items():
        for part in parts:
            level = "must" if AMONG.match(table.rows[part].name) else "verify"
            yield from _rule(table, part, f"{before}{_at(table, part)} <= {_at(table, n)}", level=level)
    for n, parts in sums.columns.items():
        column = table.columns[n]
        yield from _named(
            f"{table.id}-{column.code}", f"each row {table.id}.{column.code} = {_added(table, table.columns, parts)}"
        )
    if "year_to_date" in table.measures and not sums.rows:
        yield from _cumulative(table)


def _cumulative(table: Drawn) -> Iterator[str]:
    every = f"{table.id}.*:year_to_date"
    yield from _named(f"{table.id}-累计", f"each part of {every} = {every}@-1 + {table.id}.*", "verify")


def _at(table: Drawn, n: int) -> str:
    return f"{table.id}.{table.rows[n].code}"


def _added(table: Drawn, parts: Sequence[Part], places: Sequence[int]) -> str:
    texts = [
        f"{table.id}.{first}" if first == last else f"{table.id}.{first}..{last}" for first, last in runs(parts, places)
    ]
    return texts[0] if len(places) == 1 else f"sum({', '.join(texts)})"


def _rule(table: Drawn, n: int, holds: str, asked: str = "", level: str = "must") -> Iterator[str]:
    yield from _named(f"{table.id}-{table.rows[n].code}", holds, level, f"{OPEN}“{asked}" if asked else "")


def _named(name: str, holds: str, level: str = "must", asked: str = "") -> Iterator[str]:
    yield from (
        "",
        "[[rule]]",
        *([asked] if asked else []),
        f'id = "{name}"',
        f'level = "{level}"',
        f'holds = "{holds}"',
    )
