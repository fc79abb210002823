"""The one cell of every number: its defined name and its code must agree; where one is lost, the other will do.

Where they contradict each other, or a line stands twice, nothing is guessed: there is no cell, and a finding says why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.intake.book import Position, address
from pipeline.intake.cells import text_of
from pipeline.intake.heads import At, Head, Heads
from pipeline.intake.plan import Key, Line, Sought
from pipeline.values.findings import Finding, Place, tell
from schemas.entry import Entry
from schemas.rules.terms import Ref


@dataclass(frozen=True)
class Anchors:
    """Finds the numbers of one return."""

    heads: Heads
    place: Place

    @cached_property
    def positions(self) -> dict[Ref, Position | None]:
        """The one cell of each number that is certain, or None."""
        return {one.ref: self._position(one, line) for line in self._lines for one in line.numbers}

    def row(self, entry: Entry) -> At | None:
        """The one row of a line, by code; None too where it does not stand under its headings."""
        rows = self._rows[entry.table, entry.code]
        return rows[0] if len(rows) == 1 and rows[0] not in self.heads.shifted else None

    def lines_at(self) -> Iterator[At]:
        """Every row that is a line by code, label or name, once or more often."""
        yield from (at for rows in self._rows.values() for at in rows)
        yield from (at for rows in self.heads.rows.values() for at in rows)
        yield from (position[:2] for position in self.positions.values() if position)

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the layout: tables, columns and lines missing, doubled, moved or contradicting."""
        yield from self._missing()
        yield from self._doubled()
        for (_, line), at in self.heads.contradicting.items():
            facts = {"code": line, "name": self.heads.name_at(at)}
            yield tell("E-LAY-06", self._at(*at, self.heads.by_row[at].code or 0), value=line, **facts)
        yield from self._moved()
        yield from self._without_column()
        yield from self._shifted()
        yield from self._displaced()

    @property
    def _lines(self) -> tuple[Line, ...]:
        return self.heads.plan.lines

    def _position(self, one: Sought, line: Line) -> Position | None:
        """Where name and code agree, or where only one of them is left."""
        rows = self._rows[line.entry.table, line.entry.code]
        if line.key in self.heads.contradicting or line.key in self._differing or line.key in self._moved_away:
            return None
        if self.heads.displaced and not self.heads.displaced.keys().isdisjoint(rows):
            return None
        named = self._named(one)
        if named:
            return None if _twice(rows) or self._contradiction(one, line, named) else named
        if not rows or _twice(rows) or rows[0] in self.heads.shifted:
            return None
        column = self.heads.by_row[rows[0]].column(one.heading)
        return None if column is None else (*rows[0], column)

    def _named(self, one: Sought) -> Position | None:
        """The cell that the number's name means, unless on a sheet that is no part of the return."""
        named = self.heads.book.names.get(one.name)
        return named if named and named[0] not in self.heads.beside else None

    @cached_property
    def _moved_away(self) -> frozenset[Key]:
        """Lines of which a number's name is in another's column: what stands in the other columns came from beside."""
        return frozenset(
            line.key
            for line in self._lines
            for one in line.numbers
            if (named := self._named(one)) and self._contradiction(one, line, named) and self._is_taken(one, line)
        )

    def _is_taken(self, one: Sought, line: Line) -> bool:
        """Whether something stands in the column that a number's name left."""
        at = self.row(line.entry)
        column = self.heads.by_row[at].column(one.heading) if at else None
        return at is not None and column is not None and bool(text_of(self.heads.book.at((*at, column))))

    @cached_property
    def _rows(self) -> dict[Key, list[At]]:
        """Where each entry's code stands; a matrix's total has none, and stands by name right below its last part."""
        coded = {(line.entry.table, line.entry.code): self._below_its_heading(line) for line in self._lines}
        for entry in (line.entry for line in self._lines if not line.coded):
            last, name = coded[entry.table, entry.parts[-1]], entry.name.partition("·")[0]
            below = ((sheet, row + 1) for sheet, row in last)
            coded[entry.table, entry.code] = [at for at in below if self.heads.name_at(at) == name]
        return coded

    def _below_its_heading(self, line: Line) -> list[At]:
        """Where a line's code stands; of a matrix in several parts, in the part that has its column."""
        rows = self.heads.rows.get(line.key, [])
        if len(rows) < 2 or not line.entry.column:
            return rows
        heading = line.numbers[0].heading
        return [at for at in rows if heading in self.heads.by_row[at].columns] or rows

    def _contradiction(self, one: Sought, line: Line, named: Position) -> str:
        """What contradicts a number's name where it points, as a clause; "" where nothing does."""
        at, rows = named[:2], self._rows[line.entry.table, line.entry.code]
        head = self.heads.by_row.get(at)
        if head is None:
            return "这一格不在它的那一行" if rows else ""
        if line.coded and at not in rows:
            return f"同一行的代码是“{self.heads.code_at(at)}”"
        column = head.column(one.heading)
        return "这一栏的标题不是它的" if column not in {None, named[2]} else ""

    @cached_property
    def _differing(self) -> dict[Key, tuple[Position, Position]]:
        """Lines that stand on two sheets and say different things there, with both cells."""
        found: dict[Key, tuple[Position, Position]] = {}
        for line in self._lines:
            rows = self._rows[line.entry.table, line.entry.code]
            for other in rows[1:] if not _twice(rows) else []:
                pairs = (self._both(one, rows[0], other) for one in line.numbers)
                unlike = (p for p in pairs if p and self.heads.book.at(p[0]) != self.heads.book.at(p[1]))
                pair = next(unlike, None)
                if pair:
                    found.setdefault(line.key, pair)
        return found

    def _both(self, one: Sought, first: At, other: At) -> tuple[Position, Position] | None:
        """A number's cells on two rows, where both have its column."""
        here, there = (self.heads.by_row[at].column(one.heading) for at in (first, other))
        return None if here is None or there is None else ((*first, here), (*other, there))

    def _missing(self) -> Iterator[Finding]:
        """Lines that are found by neither name nor code: a whole table, or some of its lines."""
        lines: dict[str, list[Entry]] = {}
        for line in self._lines:
            entry = line.entry
            if line.coded and not self._rows[entry.table, entry.code] and not self._named(line.numbers[0]):
                lines.setdefault(entry.table, []).append(entry)
        for table, missing in lines.items():
            codes = list(dict.fromkeys(entry.line for entry in missing))
            there = [line for line in self._lines if line.entry.table == table and line.coded]
            if len(missing) == len(there) and len(codes) > 1:
                title = next(t.title for t in self.heads.plan.form.edition.tables if t.id == table)
                yield tell("E-LAY-07", self.place, value=table, label=title, first=codes[0], last=codes[-1])
            else:
                told = "、".join(codes)
                yield tell("E-LAY-02", self.place, value=told, label=missing[0].label, code=told)

    def _doubled(self) -> Iterator[Finding]:
        doubled = {
            line.key: rows for line in self._lines if _twice(rows := self._rows[line.entry.table, line.entry.code])
        }
        for (_, line), rows in doubled.items():
            if rows[0] in self.heads.by_row:
                at, told = rows[1], "、".join(str(row + 1) for _, row in rows)
                yield tell("E-LAY-03", self._at(*at, self.heads.by_row[at].code or 0), code=line, rows=told)
        sheets: dict[tuple[str, str], list[tuple[Key, tuple[Position, Position]]]] = {}
        for key, pair in self._differing.items():
            sheets.setdefault((pair[0][0], pair[1][0]), []).append((key, pair))
        for (sheet, other), differing in sheets.items():
            (_, line), (first, second) = differing[0]
            here, there = text_of(self.heads.book.at(first)), text_of(self.heads.book.at(second))
            hidden = [name for name in (sheet, other) if self.heads.book.hides(name)]
            unseen = f"（“{'”“'.join(hidden)}”是隐藏的）" if hidden else ""
            facts = {"sheet": sheet, "other": other, "code": line, "here": here, "there": there, "unseen": unseen}
            yield tell("E-LAY-04", self._at(*second), value=str(len(differing)), count=len(differing), **facts)

    def _moved(self) -> Iterator[Finding]:
        """Names that point to another line's or column's cell: cells were cut and pasted, or a heading overtyped.

        The first a line tells, and of the lines below one heading the first.
        """
        told: set[tuple[At, int, str]] = set()
        for line in self._lines:
            for one in line.numbers:
                named = self._named(one) if self.positions[one.ref] is None else None
                where = self._contradiction(one, line, named) if named else ""
                if named and where:
                    head = self.heads.by_row.get(named[:2])
                    below = ((head.sheet, head.row) if head else named[:2], named[2], where)
                    if below not in told:
                        facts = {"label": line.entry.label, "code": line.entry.line, "where": where}
                        yield tell("E-LAY-01", self._at(*named), value=where, **facts)
                    told.add(below)
                    break

    def _without_column(self) -> Iterator[Finding]:
        """Headings that are missing or stand twice above lines that have no names, once a table."""
        told: dict[tuple[str, int, str], Finding] = {}
        for line in self._lines:
            at = self.row(line.entry)
            for one in line.numbers if at else ():
                if at and self.positions[one.ref] is None and not self._named(one):
                    head = self.heads.by_row[at]
                    if head.column(one.heading) is None:
                        told.setdefault((head.sheet, head.row, one.heading), self._about_heading(head, one.heading))
        yield from told.values()

    def _shifted(self) -> Iterator[Finding]:
        """Rows that do not stand under their headings: one finding a table, at the first."""
        tables: dict[Head, list[int]] = {}
        for (_, row), head in self.heads.shifted.items():
            tables.setdefault(head, []).append(row)
        for head, rows in tables.items():
            first, widths = min(rows), self.heads.book.widths[head.sheet]
            more = f"；这样的行共 {len(rows)} 行" if len(rows) > 1 else ""
            facts = {"row": first + 1, "cells": widths[first], "heads": widths[head.row], "more": more}
            yield tell("E-LAY-10", self._at(head.sheet, first, head.code or 0), value=str(len(rows)), **facts)

    def _displaced(self) -> Iterator[Finding]:
        """Rows of a workbook that do not stand under their headings: one finding a table, at the first."""
        tables: dict[Head, list[At]] = {}
        for at in self.heads.displaced:
            tables.setdefault(self.heads.by_row[at], []).append(at)
        for head, rows in tables.items():
            at = min(rows)
            column = self.heads.displaced[at]
            written = text_of(self.heads.book.at((*at, column)))
            heading = text_of(self.heads.book.at((head.sheet, head.row, column)))
            more = f"；这样的行共 {len(rows)} 行" if len(rows) > 1 else ""
            facts = {"row": at[1] + 1, "heading": heading, "written": written, "more": more}
            yield tell("E-LAY-11", self._at(*at, column), value=f"{written} {len(rows)}", **facts)

    def _about_heading(self, head: Head, heading: str) -> Finding:
        columns = head.columns.get(heading, ())
        where = self._at(head.sheet, head.row, columns[-1] if columns else head.code or 0)
        return tell("E-LAY-09" if columns else "E-LAY-08", where, value=heading, heading=heading)

    def _at(self, sheet: str, row: int, column: int) -> Place:
        return Place(self.place.unit, self.place.period, self.place.file, sheet, address(row, column))


def _twice(rows: list[At]) -> bool:
    """Whether a line stands twice on one sheet; the same on two sheets is judged by what it says."""
    return len(rows) > 1 and len({sheet for sheet, _ in rows}) < len(rows)
