"""What the released tables say beside their figures: what each column counts, its unit, which figures were revised."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.outbox.publish.below import COVERED, SYMBOLS
from pipeline.outbox.publish.heads import HEADS
from pipeline.outbox.publish.open_release.visible import Shown
from pipeline.outbox.publish.shown import ratios_told
from pipeline.tables.outcome import Outcome
from pipeline.values.table import TableRow
from schemas.rules import words
from schemas.rules.terms import Linear


class Definition(NamedTuple):
    """A column, and what it counts."""

    name: str
    unit: str
    counts: str


class Revised(NamedTuple):
    """A printed figure of the version before that is another in this one."""

    table: str
    row: str
    column: str
    before: str
    after: str


def definitions(outcome: Outcome, shown: Shown) -> Iterator[Definition]:
    """What each column counts, in the words of the form."""
    table, entries = shown.table, outcome.form.entries
    first = table.rows[0]
    for column, counts in zip(table.columns, first.counts, strict=False):
        if isinstance(counts, Linear) and not column.months:
            yield Definition(column.name, column.unit, words.side(counts, entries, column.quantity))


def notes(outcome: Outcome, shown: Shown) -> list[str]:
    """The notes of a table, what its marks mean, and what is left out."""
    told = [*shown.table.annual.notes, *ratios_told(shown.table, outcome.form.entries), SYMBOLS]
    if shown.hidden:
        told.append(f"有{shown.hidden}行是单个单位的数，没有列出；它们都在合计里。")
    if not shown.table.is_whole:
        told.append(f"“{COVERED}”是这一行入汇和应报的{outcome.spoken['report']}份数。")
    return told


def revised(outcome: Outcome, shown: list[Shown]) -> list[Revised]:
    """What was printed before and is another now, of what is shown."""
    seen = {(one.table.annual.id, row.label) for one in shown for row in one.rows}
    return [
        Revised(
            f"{moved.table} {moved.title}", moved.row, moved.column,
            _number(moved.before, moved.before_state, moved.quantity.show),
            _number(moved.after, moved.after_state, moved.quantity.show),
        )
        for moved in outcome.revisions.moved
        if (moved.table, moved.row) in seen
    ]  # fmt: skip


def _number(steps: int | None, state: str, show: Callable[[int], str]) -> str:
    return state if steps is None else show(steps)


def cells(shown: Shown, row: TableRow) -> list[str]:
    """A row as it is released: its label, each number exactly or why there is none, how many returns it rests on."""
    table = shown.table
    told = [
        str(table.quantity(row, n).exact(answer.steps)) if answer.some else answer.why.words
        for n, answer in enumerate(row.answers)
    ]
    covered = [] if table.is_whole else [row.coverage]
    return [row.label, *([""] * (len(told) + len(covered)) if row.kind == "heading" else [*told, *covered])]


def heads(shown: Shown) -> list[str]:
    """The headings of a released table; a column has its unit behind its name where the table has several."""
    table = shown.table
    names = [c.name if table.unit or not c.unit else f"{c.name}（{c.unit}）" for c in table.columns]
    return [HEADS[table.annual.rows].replace(" ", ""), *names, *([] if table.is_whole else [COVERED])]
