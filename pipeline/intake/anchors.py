"""The one cell of every number: its defined name and its code must agree; where one is lost, the other will do.

Where they contradict each other, or a line stands twice, nothing is guessed: there is no cell, and a finding says why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.intake.book import Book, Position, address
from pipeline.intake.cells import text_of
from pipeline.intake.displaced import Columns, displaced_rows
from pipeline.intake.heads import At, Head
from pipeline.intake.layout import Layout, layout_of, stands_twice
from pipeline.intake.plan import Key, Line, Plan, Sought
from pipeline.intake.shifted import shifted_rows
from pipeline.values.findings import Finding, Place, tell
from schemas.entry import Entry
from schemas.rules.terms import Ref


@dataclass(frozen=True)
class Anchors:
    """Finds the numbers of one return; ``beside`` are the sheets that are no part of it."""

    book: Book
    plan: Plan
    beside: frozenset[str]
    place: Place

    @cached_property
    def layout(self) -> Layout:
        """What headings, codes, labels and names say."""
        return layout_of(self.book, self.plan, self.beside)

    @cached_property
    def positions(self) -> dict[Ref, Position | None]:
        """The one cell of each number that is certain, or None."""
        where = self.layout.positions
        if not (self.displaced or self.shifted or self._differing or self._moved_away):
            return where
        numbers = ((line, one) for line in self.plan.lines for one in line.numbers)
        return {one.ref: where[one.ref] if self._stands(one, line) else None for line, one in numbers}

    @cached_property
    def shifted(self) -> dict[At, Head]:
        """The lines that do not stand under their headings, with those."""
        return {
            (head.sheet, row): head
            for head, rows in self.layout.lines_below.items()
            for row in shifted_rows(self.book, head.sheet, head.row, rows, head.column(self.plan.measured))
        }

    @cached_property
    def displaced(self) -> dict[At, int]:
        """The lines of a workbook that do not stand under their headings, with the column in which that shows."""
        plan, wanted = self.plan, self.layout.wanted
        found: dict[At, int] = {}
        for head, rows in self.layout.lines_below.items():
            if head.sheet not in self.book.widths:
                columns = Columns(*map(head.column, (plan.measured, plan.last, plan.check, plan.note)))
                own = self.layout.named_rows.get(head.sheet, frozenset())
                lines = [row for row in rows if (head.sheet, row) in wanted]
                there = displaced_rows(self.book, head.sheet, columns, lines, own)
                found |= {(head.sheet, row): column for row, column in there.items()}
        return found

    def row(self, entry: Entry) -> At | None:
        """The one row of a line, by code; None too where it does not stand under its headings."""
        rows = self.layout.of_entry[entry.table, entry.code]
        return rows[0] if len(rows) == 1 and rows[0] not in self.shifted else None

    def lines_at(self) -> Iterator[At]:
        """Every row that is a line by code, label or name, once or more often."""
        yield from (at for rows in self.layout.of_entry.values() for at in rows)
        yield from (at for rows in self.layout.rows.values() for at in rows)
        yield from (position[:2] for position in self.positions.values() if position)

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the layout: tables, columns and lines missing, doubled, moved or contradicting."""
        if None in self.positions.values():
            yield from self._missing()
            yield from self._doubled()
            yield from self._contradicting()
            yield from self._moved()
            yield from self._without_column()
        yield from self._about_shifted()
        yield from self._about_displaced()

    def _stands(self, one: Sought, line: Line) -> bool:
        """Whether what the return's cells say lets a number stand where its name and code say."""
        rows = self.layout.of_entry[line.entry.table, line.entry.code]
        if line.key in self._differing or line.key in self._moved_away or not self.displaced.keys().isdisjoint(rows):
            return False
        return one.name in self.layout.names or not rows or rows[0] not in self.shifted

    @cached_property
    def _moved_away(self) -> frozenset[Key]:
        """Lines of which a number's name is in another's column: what stands in the other columns came from beside."""
        return frozenset(line.key for line, one in self.layout.contradicted if self._is_taken(one, line))

    def _is_taken(self, one: Sought, line: Line) -> bool:
        """Whether something stands in the column that a number's name left."""
        at = self.row(line.entry)
        column = self.layout.by_row[at].column(one.heading) if at else None
        return at is not None and column is not None and bool(text_of(self.book.at((*at, column))))

    @cached_property
    def _differing(self) -> dict[Key, tuple[Position, Position]]:
        """Lines that stand on two sheets and say different things there, with both cells."""
        found: dict[Key, tuple[Position, Position]] = {}
        for line in self.layout.on_two_sheets:
            rows = self.layout.of_entry[line.entry.table, line.entry.code]
            for other in rows[1:]:
                pairs = (self._both(one, rows[0], other) for one in line.numbers)
                unlike = (p for p in pairs if p and self.book.at(p[0]) != self.book.at(p[1]))
                pair = next(unlike, None)
                if pair:
                    found.setdefault(line.key, pair)
        return found

    def _both(self, one: Sought, first: At, other: At) -> tuple[Position, Position] | None:
        """A number's cells on two rows, where both have its column."""
        here, there = (self.layout.by_row[at].column(one.heading) for at in (first, other))
        return None if here is None or there is None else ((*first, here), (*other, there))

    def _missing(self) -> Iterator[Finding]:
        """Lines that are found by neither name nor code: a whole table, or some of its lines."""
        lines: dict[str, list[Entry]] = {}
        of_entry = self.layout.of_entry
        for line in self.plan.lines:
            entry = line.entry
            named = line.numbers[0].name in self.layout.names
            if line.coded and not named and not of_entry[entry.table, entry.code]:
                lines.setdefault(entry.table, []).append(entry)
        for table, missing in lines.items():
            codes = list(dict.fromkeys(entry.line for entry in missing))
            there = [line for line in self.plan.lines if line.entry.table == table and line.coded]
            if len(missing) == len(there) and len(codes) > 1:
                title = next(t.title for t in self.plan.form.edition.tables if t.id == table)
                yield tell("E-LAY-07", self.place, value=table, label=title, first=codes[0], last=codes[-1])
            else:
                told = "、".join(codes)
                yield tell("E-LAY-02", self.place, value=told, label=missing[0].label, code=told)

    def _doubled(self) -> Iterator[Finding]:
        of_entry = self.layout.of_entry
        every = ((line.key, of_entry[line.entry.table, line.entry.code]) for line in self.plan.lines)
        doubled = {key: rows for key, rows in every if stands_twice(rows)}
        for (_, line), rows in doubled.items():
            if rows[0] in self.layout.by_row:
                at, told = rows[1], "、".join(str(row + 1) for _, row in rows)
                yield tell("E-LAY-03", self._at(*at, self.layout.by_row[at].code or 0), code=line, rows=told)
        sheets: dict[tuple[str, str], list[tuple[Key, tuple[Position, Position]]]] = {}
        for key, pair in self._differing.items():
            sheets.setdefault((pair[0][0], pair[1][0]), []).append((key, pair))
        for (sheet, other), differing in sheets.items():
            (_, line), (first, second) = differing[0]
            here, there = text_of(self.book.at(first)), text_of(self.book.at(second))
            hidden = [name for name in (sheet, other) if self.book.hides(name)]
            unseen = f"（“{'”“'.join(hidden)}”是隐藏的）" if hidden else ""
            facts = {"sheet": sheet, "other": other, "code": line, "here": here, "there": there, "unseen": unseen}
            yield tell("E-LAY-04", self._at(*second), value=str(len(differing)), count=len(differing), **facts)

    def _contradicting(self) -> Iterator[Finding]:
        for (_, line), at in self.layout.contradicting.items():
            facts = {"code": line, "name": self.layout.name_at(at)}
            yield tell("E-LAY-06", self._at(*at, self.layout.by_row[at].code or 0), value=line, **facts)

    def _moved(self) -> Iterator[Finding]:
        """Names that point to another line's or column's cell: cells were cut and pasted, or a heading overtyped.

        The first a line tells, and of the lines below one heading the first.
        """
        told: set[tuple[At, int, str]] = set()
        for line in self.plan.lines:
            for one in line.numbers:
                named = self.layout.names.get(one.name) if self.positions[one.ref] is None else None
                where = self.layout.contradiction(one, line) if named else ""
                if named and where:
                    head = self.layout.by_row.get(named[:2])
                    below = ((head.sheet, head.row) if head else named[:2], named[2], where)
                    if below not in told:
                        facts = {"label": line.entry.label, "code": line.entry.line, "where": where}
                        yield tell("E-LAY-01", self._at(*named), value=where, **facts)
                    told.add(below)
                    break

    def _without_column(self) -> Iterator[Finding]:
        """Headings that are missing or stand twice above lines that have no names, once a table."""
        told: dict[tuple[str, int, str], Finding] = {}
        for line in self.plan.lines:
            at = self.row(line.entry)
            for one in line.numbers if at else ():
                if at and self.positions[one.ref] is None and one.name not in self.layout.names:
                    head = self.layout.by_row[at]
                    if head.column(one.heading) is None:
                        told.setdefault((head.sheet, head.row, one.heading), self._about_heading(head, one.heading))
        yield from told.values()

    def _about_shifted(self) -> Iterator[Finding]:
        """Rows that do not stand under their headings: one finding a table, at the first."""
        tables: dict[Head, list[int]] = {}
        for (_, row), head in self.shifted.items():
            tables.setdefault(head, []).append(row)
        for head, rows in tables.items():
            first, widths = min(rows), self.book.widths[head.sheet]
            more = f"；这样的行共 {len(rows)} 行" if len(rows) > 1 else ""
            facts = {"row": first + 1, "cells": widths[first], "heads": widths[head.row], "more": more}
            yield tell("E-LAY-10", self._at(head.sheet, first, head.code or 0), value=str(len(rows)), **facts)

    def _about_displaced(self) -> Iterator[Finding]:
        """Rows of a workbook that do not stand under their headings: one finding a table, at the first."""
        tables: dict[Head, list[At]] = {}
        for at in self.displaced:
            tables.setdefault(self.layout.by_row[at], []).append(at)
        for head, rows in tables.items():
            at = min(rows)
            column = self.displaced[at]
            written = text_of(self.book.at((*at, column)))
            heading = text_of(self.book.at((head.sheet, head.row, column)))
            more = f"；这样的行共 {len(rows)} 行" if len(rows) > 1 else ""
            facts = {"row": at[1] + 1, "heading": heading, "written": written, "more": more}
            yield tell("E-LAY-11", self._at(*at, column), value=f"{written} {len(rows)}", **facts)

    def _about_heading(self, head: Head, heading: str) -> Finding:
        columns = head.columns.get(heading, ())
        where = self._at(head.sheet, head.row, columns[-1] if columns else head.code or 0)
        return tell("E-LAY-09" if columns else "E-LAY-08", where, value=heading, heading=heading)

    def _at(self, sheet: str, row: int, column: int) -> Place:
        return Place(self.place.unit, self.place.period, self.place.file, sheet, address(row, column))
