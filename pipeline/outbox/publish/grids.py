"""The tables of the drafts as values: every cell as it is printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.outbox.publish.prose import Prose
from pipeline.outbox.publish.shown import NONE, growth, increase, ratios_told, share
from pipeline.values.answer import Answer
from pipeline.values.table import Table
from schemas.annual import Schedule
from schemas.draft import counted
from schemas.period import spoken
from schemas.quantity import Quantity
from schemas.rules.terms import Linear, Ref

HEAD = "指标"


@dataclass(frozen=True)
class Grid:
    """A table: its heading, its unit (where all rows share one), its columns' heads, its rows, the notes below it."""

    title: str
    unit: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A row of a schedule before it is printed."""

    name: str
    quantity: Quantity
    linear: Linear


def figures(schedule: Schedule, prose: Prose) -> Iterator[Figure]:
    """The rows of a schedule, one a part where it names a block or a range."""
    form = prose.outcome.form
    for row in schedule.rows:
        for linear in form.numbers(row.of):
            yield Figure(row.name or form.entry(linear.refs[0]).label, form.quantity(linear), linear)


def of_schedule(schedule: Schedule, prose: Prose) -> Grid:
    """A schedule over the year with shares, or over a month beside the month before and the year so far."""
    rows = list(figures(schedule, prose))
    units = {row.quantity.unit for row in rows}
    several = len(units) > 1
    heads = (HEAD, *(("计量单位",) if several else ()), *_heads(schedule, prose))
    cells = tuple(
        (row.name, *((row.quantity.unit,) if several else ()), *_values(row, schedule, prose)) for row in rows
    )  # fmt: skip
    title = f"{schedule.id}  {prose.span}{schedule.title}"
    return Grid(title, "" if several else units.pop(), heads, cells, _noted(rows, schedule, prose))


def of_table(table: Table, prose: Prose) -> Grid:
    """An annual table as the workbook prints it."""
    heads = tuple(c.name if table.unit or not c.unit else f"{c.name}（{c.unit}）" for c in table.columns)
    rows = tuple(
        (row.label, *(answer.show(table.quantity(row, n)) for n, answer in enumerate(row.answers)))
        for row in table.rows
    )
    title = f"{table.annual.id}  {table.annual.title}"
    told = (*table.annual.notes, *ratios_told(table, prose.outcome.form.entries))
    lacks = [table.rows[0].lacking] if table.rows and table.rows[0].lacking else []
    notes = (*told, *(f"{words}。" for words in lacks), *_notes(set(table.refs), prose))
    return Grid(title, table.unit, ("", *heads), rows, notes)


def _heads(schedule: Schedule, prose: Prose) -> tuple[str, ...]:
    if prose.month:
        said = spoken(prose.month.length)
        return (said["own_period"], said["last_period"], "增减", "增减（%）", "本年累计")
    return (prose.span, "占比（%）") if schedule.share_of else (prose.span,)


def _values(row: Figure, schedule: Schedule, prose: Prose) -> Iterator[str]:
    answer, quantity = prose.value(row.linear), row.quantity
    yield answer.show(quantity)
    if prose.month:
        before = before_of(prose)
        last = before.value(row.linear) if before else Answer()
        yield last.show(quantity)
        comparable = before is not None and lacking(prose) == lacking(before)
        more = increase(answer, last) if comparable else None
        yield NONE if more is None else quantity.signed(more)
        yield growth(answer, last) if comparable else NONE
        yield replace(prose, month=None).value(row.linear).show(quantity)
    elif schedule.share_of:
        yield share(answer, prose.value(counted(prose.outcome.form, schedule.share_of)))


def before_of(prose: Prose) -> Prose | None:
    """The month before, where its returns are known."""
    before = prose.month.plus(-1) if prose.month else None
    return replace(prose, month=before) if before and prose.outcome.answers.units([before]) else None


def lacking(prose: Prose) -> frozenset[str]:
    """The units that owe the month's return and are not in its sums: months that lack others are not compared."""
    owing = {unit.code for unit in prose.outcome.office.units_in(str(prose.month))}
    return frozenset(owing - prose.outcome.answers.units([prose.month])) if prose.month else frozenset()


def _noted(rows: Sequence[Figure], schedule: Schedule, prose: Prose) -> tuple[str, ...]:
    """What its figures and their shares lack, then what does not meet."""
    whole = [counted(prose.outcome.form, schedule.share_of)] if schedule.share_of and not prose.month else []
    lacks = prose.lacking([*(row.linear for row in rows), *whole])
    told = (
        (prose.span, lacks),
        *((before.span, before.lacking(row.linear for row in rows)) for before in _beside(prose)),
    )
    lines = tuple(f"{span}{words}。" for span, words in told if words)
    return (*lines, *_notes({ref for row in rows for ref in row.linear.refs}, prose))


def _beside(prose: Prose) -> Iterator[Prose]:
    """What a month's table shows beside the month: the month before, and the year."""
    if prose.month:
        yield from filter(None, [before_of(prose), replace(prose, month=None)])


def _notes(refs: set[Ref], prose: Prose) -> tuple[str, ...]:
    return tuple(one.mark for one in prose.apart if one.touches(refs))
