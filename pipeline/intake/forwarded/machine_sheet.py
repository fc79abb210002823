"""数据_机读 of a forwarded workbook as returns: for each period the sums over all who gave figures, exact."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipeline.intake.book import address
from pipeline.values.forwarded import Body, Number, Slice
from pipeline.values.machine import ABOUT, BORNE, LACKS, MACHINE, heading_of
from schemas.entry import Entry
from schemas.form import Form, form_for
from schemas.period import period_of

Cells = Sequence[Any]


class NotOurs(ValueError):
    """A machine sheet that this office's forms cannot hold; the text completes “…”的机读表…."""


@dataclass
class Sum:
    """A number of a period as far as it is added up, and the rows that it stands in."""

    total: Decimal = Decimal(0)
    some: bool = False
    rows: list[int] = field(default_factory=list)
    lacks: bool = False
    borne: bool = False

    def add(self, cell: object, row: int, mark: str) -> None:
        """One more cell; what is no number adds nothing."""
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            self.total += Decimal(str(cell))
            self.some = True
            self.rows.append(row)
        self.lacks |= mark == LACKS
        self.borne |= mark == BORNE


@dataclass
class Period:
    """What the rows of a period come to: its sums by table, heading and measure, who gave figures and who did not."""

    edition: str
    sums: dict[tuple[str, str, str], Sum] = field(default_factory=lambda: defaultdict(Sum))
    bodies: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def is_machine_sheet(rows: Sequence[Cells]) -> bool:
    """Whether a sheet begins as ours do."""
    return bool(rows) and tuple(rows[0][: len(ABOUT)]) == ABOUT


def slices_of(rows: Sequence[Cells], version: str, forms: Sequence[Form]) -> Iterator[Slice]:
    """A return for each period in which anybody gave figures. Raises NotOurs where it is not of our forms."""
    heads = [str(cell) for cell in rows[0]]
    periods: dict[str, Period] = {}
    for number, row in enumerate(rows[1:], start=1):
        if any(cell != "" for cell in row):
            _add(periods, heads, row, number)
    for period, told in sorted(periods.items()):
        form = form_for(forms, period) if period_of(period) else None
        if form is None or form.edition.id != told.edition:
            own = f"，这里用的是 {form.edition.id}" if form else "，这里没有那一期的表式"
            raise NotOurs(f"{period}用的表式是 {told.edition}{own}")
        if told.bodies:
            yield _slice(period, told, version, form, heads)


def _add(periods: dict[str, Period], heads: list[str], row: Cells, number: int) -> None:
    """One row of the sheet."""
    about = dict(zip(ABOUT, (*row, *[""] * len(ABOUT)), strict=False))
    told = periods.setdefault(str(about["period"]), Period(str(about["edition"])))
    if str(about["edition"]) != told.edition:
        raise NotOurs(f"{about['period']}有两种表式（{told.edition}、{about['edition']}）")
    unit, name, status = (str(about[key]) for key in ("unit", "unit_name", "status"))
    if not about["table"]:
        told.missing.append(name or unit)
        return
    told.bodies[unit] = name
    marks = dict(one.split("=", 1) for one in status.split(";") if "=" in one)
    whole = BORNE if status == BORNE else ""
    for heading, cell in zip(heads[len(ABOUT) :], row[len(ABOUT) :], strict=False):
        if cell != "" or heading in marks:
            key = (str(about["table"]), heading, str(about["measure"]))
            told.sums[key].add(cell, number, marks.get(heading, whole))


def _slice(period: str, told: Period, version: str, form: Form, heads: list[str]) -> Slice:
    entries = {(e.table, heading_of(e.line, e.column)): e for e in form.entries.values()}
    rows, partial, provisional = [], set[Number](), set[Number]()
    for (table, heading, measure), own in sorted(told.sums.items()):
        entry = entries.get((table, heading))
        if entry is None or measure not in entry.measures:
            raise NotOurs(f"{period}有 {table} 的“{heading}”（{measure}），表式 {told.edition} 里没有这一项")
        rows.append(_row(entry, measure, own, heads.index(heading)))
        partial |= {(table, entry.code)} if own.lacks else set()
        provisional |= {(table, entry.code)} if own.borne else set()
    if told.missing:
        partial = {(e.table, e.code) for e in form.entries.values() if e.asked(period)}
    bodies: tuple[Body, ...] = tuple(sorted(told.bodies.items()))
    missing = tuple(dict.fromkeys(told.missing))
    return Slice(
        period, told.edition, version, tuple(rows), bodies, missing, frozenset(partial), frozenset(provisional)
    )


def _row(entry: Entry, measure: str, own: Sum, column: int) -> tuple[str | int | None, ...]:
    """A sum as a cell of a return is told: written, value, state, problem, sheet, cell, note."""
    steps = entry.quantity.read(own.total) if own.some else None
    if own.some and steps is None:
        places = entry.quantity.decimals
        raise NotOurs(f"{entry.table} 的“{entry.label}”合计 {own.total}，小数位数多于表式的 {places} 位")
    state = "blank" if steps is None else "number" if steps else "zero"
    ends = [address(row, column) for row in (own.rows[:1] + own.rows[-1:] if len(own.rows) > 1 else own.rows)]
    written = "" if steps is None else f"{entry.quantity.exact(steps):f}"
    role = entry.role(measure)
    return entry.table, entry.code, measure, role, written, steps, state, "", MACHINE, ":".join(ends), ""


def numbers_of(cells: Mapping[str, Cells]) -> bool:
    """Whether a book has a machine sheet of ours."""
    return MACHINE in cells and is_machine_sheet(cells[MACHINE])
