"""What is told of a register: one finding a cause, at the first cell of it, with how many rows have it besides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.intake.book import address
from pipeline.intake.register import (
    GOES_ON,
    MERGED,
    MISSING,
    NOTHING,
    SHIFTED,
    TOTAL,
    UNFILLED,
    Heading,
    ItemCell,
    RegisterReader,
)
from pipeline.intake.unseen import unseen_items
from pipeline.values.findings import Finding, Place, tell
from schemas.day import in_words
from schemas.mistake import nearest
from schemas.period import period_of

ALIKE = 3  # rows that have the same cause, each told by itself; of more the first
APART = 10  # the same of one field's cells that are wrong each in its own way


@dataclass(frozen=True)
class RegisterFindings:
    """The findings about one register as it was read."""

    reader: RegisterReader

    def told(self) -> Iterator[Finding]:
        """Everything, in the order of causes."""
        heading = self.reader.heading
        if heading is None:
            yield tell(MISSING, self.reader.place, value=self.reader.table.id, label=self.reader.table.title)
            return
        yield from self._left_out(heading)
        yield from self._shifted(heading)
        yield from self._merged(heading)
        yield from self._unfilled()
        yield from self._unread()
        yield from self._goes_on(heading)
        yield from self._twice(heading)
        yield from self._yet_to_come()
        yield from unseen_items(self.reader, heading)

    def _left_out(self, heading: Heading) -> Iterator[Finding]:
        """Totals, and serial numbers typed ahead: rows that say something and are no items."""
        rows: dict[str, list[int]] = {}
        for row, what in self.reader.left_out:
            rows.setdefault(what, []).append(row)
        for what, own in rows.items():
            if what == TOTAL or (what != NOTHING and len(own) > ALIKE):
                yield self._at("N-REG-01", heading, own[0], value=what, rows=_numbers(own), what=what)

    def _shifted(self, heading: Heading) -> Iterator[Finding]:
        rows = sorted(self.reader.shifted)
        if rows:
            widths = self.reader.book.widths[heading.sheet]
            facts = {"row": rows[0] + 1, "cells": widths[rows[0]], "heads": widths[heading.row], "more": _more(rows)}
            yield self._at(SHIFTED, heading, rows[0], value=str(len(rows)), **facts)

    def _merged(self, heading: Heading) -> Iterator[Finding]:
        """Columns whose cells are merged, one finding a merge; of many the first."""
        names = {field.code: field.name for field in self.reader.table.fields}
        columns = {field.code: column for field, column in heading.columns}
        for field, cells in self._by_field(MERGED).items():
            runs = _runs([row - 1 for _, row, *_ in cells])
            first, last = runs[0][0], runs[0][-1]
            above = first - (0 if (heading.sheet, first, columns[field] - 1) in self.reader.merged else 1)
            area = f"{address(above, columns[field])}:{address(last, columns[field])}"
            more = f"；这一栏还有 {len(runs) - 1} 处" if len(runs) > 1 else ""
            facts = {"label": names[field], "area": area, "first": above + 1, "last": last + 1, "more": more}
            yield self._cell(MERGED, cells[0], value=area, **facts)

    def _unfilled(self) -> Iterator[Finding]:
        """What is not filled in: once a row, and where many rows lack the same, once."""
        rows: dict[int, list[ItemCell]] = {}
        for cell in self.reader.cells:
            if cell[7] == UNFILLED:
                rows.setdefault(cell[1], []).append(cell)
        alike: dict[tuple[str, ...], list[list[ItemCell]]] = {}
        for lacks in rows.values():
            alike.setdefault(tuple(cell[2] for cell in lacks), []).append(lacks)
        names = {field.code: field.name for field in self.reader.table.fields}
        for fields, every in alike.items():
            label = "”“".join(names[field] for field in fields)
            for lacks in every[: ALIKE if len(every) <= ALIKE else 1]:
                more = _more(every) if len(every) > ALIKE else ""
                yield self._cell(UNFILLED, lacks[0], value="", label=label, row=lacks[0][1], more=more)

    def _unread(self) -> Iterator[Finding]:
        """What cannot be read: of cells that are wrong in the same way, and of very many, the first."""
        apart = {MERGED, SHIFTED, GOES_ON, UNFILLED, MISSING, ""}
        for problem in dict.fromkeys(cell[7] for cell in self.reader.cells if cell[7] not in apart):
            for cells in self._by_field(problem).values():
                causes: dict[str, list[ItemCell]] = {}
                for cell in cells:
                    causes.setdefault(_way(cell[3]), []).append(cell)
                many = [own for own in causes.values() if len(own) > ALIKE]
                few = [[cell] for own in causes.values() if len(own) <= ALIKE for cell in own]
                few = [[one[0] for one in few]] if len(few) > APART else few
                for own in sorted((*many, *few), key=lambda own: own[0][1]):
                    yield self._about(problem, own)

    def _about(self, problem: str, cells: Sequence[ItemCell]) -> Finding:
        _, row, code, text, *_ = cells[0]
        field = next(field for field in self.reader.table.fields if field.code == code)
        near = nearest(text, [known.name for known in self.reader.codes(field)])
        more = _more(cells)
        facts = {"label": field.name, "row": row, "written": text, "nearest": near, "more": more}
        return self._cell(problem, cells[0], value=text, **facts)

    def _goes_on(self, heading: Heading) -> Iterator[Finding]:
        """Items on another sheet with the same headings, unless it says the same."""
        for other, count in self.reader.elsewhere:
            facts = {"sheet": heading.sheet, "other": other.sheet, "count": count, "own": len(self.reader.rows)}
            yield self._at(GOES_ON, other, other.row, value=str(count), **facts)

    def _twice(self, heading: Heading) -> Iterator[Finding]:
        """Items that stand in the register twice, to the letter: one question, at the first of them."""
        seen: dict[tuple[str, ...], int] = {}
        again = []
        for row in self.reader.rows:
            first = seen.setdefault(self.reader.texts(heading, row), row)
            if first != row:
                again.append((first, row))
        if again:
            first, row = again[0]
            title = next(filter(None, self.reader.texts(heading, row)), "")
            facts = {"row": row + 1, "first": first + 1, "title": title, "more": _more(again)}
            yield self._at("W-REG-01", heading, row, value=f"{title} {len(again)}", **facts)

    def _yet_to_come(self) -> Iterator[Finding]:
        """Days beyond the month after the period, which nobody could have known: one question."""
        period = period_of(self.reader.place.period)
        after = period.last.plus(2) if period else None
        begins = date(after.year, after.month, 1).toordinal() if after else date.max.toordinal()
        cells = [cell for cell in self.reader.cells if cell[4] is not None and cell[4] >= begins]
        if cells:
            _, row, code, text, day, *_ = cells[0]
            label = next(field.name for field in self.reader.table.fields if field.code == code)
            facts = {"row": row, "label": label, "written": in_words(date.fromordinal(day or 1))}
            facts["more"] = _more(sorted({cell[1] for cell in cells}))
            yield self._cell("W-REG-02", cells[0], value=f"{text} {len(cells)}", **facts)

    def _by_field(self, problem: str) -> dict[str, list[ItemCell]]:
        found: dict[str, list[ItemCell]] = {}
        for cell in self.reader.cells:
            if cell[7] == problem:
                found.setdefault(cell[2], []).append(cell)
        return found

    def _at(self, kind: str, heading: Heading, at_row: int, *, value: str, **facts: object) -> Finding:
        cell = address(at_row, min(column for _, column in heading.columns))
        return tell(kind, self._place(heading.sheet, cell), value=value, **facts)

    def _cell(self, kind: str, cell: ItemCell, *, value: str, **facts: object) -> Finding:
        return tell(kind, self._place(cell[5], cell[6]), value=value, **facts)

    def _place(self, sheet: str, cell: str) -> Place:
        return replace(self.reader.place, sheet=sheet, cell=cell)


def _way(text: str) -> str:
    """How a text is written: the same for 21/09/2012 and 3/9/2012."""
    return re.sub(r"\d+", "0", text)


def _more(every: Sequence[object]) -> str:
    """How many rows there are in all, where it is more than the one that is told."""
    return f"；这样的行共 {len(every)} 行" if len(every) > 1 else ""


def _numbers(rows: Sequence[int]) -> str:
    """Rows as a person counts them: 93, or 93—192."""
    return "、".join(f"{run[0] + 1}—{run[-1] + 1}" if len(run) > 1 else str(run[0] + 1) for run in _runs(rows)[:ALIKE])


def _runs(rows: Sequence[int]) -> list[list[int]]:
    """Rows that follow each other, together."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs
