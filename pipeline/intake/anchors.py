"""The one cell of every number: its defined name and its code must agree; where one is lost, the other will do.

Where they contradict each other, or a line stands twice, nothing is guessed: there is no cell, and a finding says why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.findings import Finding, Place, tell
from pipeline.intake.book import Position, address
from pipeline.intake.cells import text_of
from pipeline.intake.heads import At, Heads, Key
from pipeline.names import name_of
from schemas.entry import TOTAL_ROW, Entry
from schemas.form import Form
from schemas.rules.terms import Ref


@dataclass(frozen=True)
class Anchors:
    """Finds the numbers of one return."""

    heads: Heads
    form: Form
    place: Place

    @cached_property
    def positions(self) -> dict[Ref, Position | None]:
        """The one cell of each number that is certain, or None."""
        return {ref: self._position(ref, entry) for entry, refs in self.form.filled_in for ref in refs}

    def row(self, entry: Entry) -> At | None:
        """The one row of a line, by code."""
        rows = self._rows(entry)
        return rows[0] if len(rows) == 1 else None

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the layout: tables, columns and lines missing, doubled, moved or contradicting."""
        yield from self._missing()
        yield from self._doubled()
        for (_, line), at in self.heads.contradicting.items():
            facts = {"code": line, "name": self.heads.name_at(at)}
            yield tell("E-LAY-06", self._at(*at, self.heads.by_row[at].code or 0), value=line, **facts)
        yield from self._moved()
        yield from self._without_column()

    def _position(self, ref: Ref, entry: Entry) -> Position | None:
        """Where name and code agree, or where only one of them is left."""
        key, rows = (entry.table, entry.line), self._rows(entry)
        if key in self.heads.contradicting or key in self._differing:
            return None
        named = self._named(ref)
        if named:
            return named if not self._contradiction(ref, entry, named) and not self._twice(rows) else None
        if not rows or self._twice(rows):
            return None
        column = self.heads.by_row[rows[0]].column(self.heads.heading(ref, entry))
        return None if column is None else (*rows[0], column)

    def _named(self, ref: Ref) -> Position | None:
        """The cell that the number's name means, unless on a sheet that is no part of the return."""
        named = self.heads.book.names.get(name_of(ref))
        return named if named and named[0] not in self.heads.beside else None

    def _rows(self, entry: Entry) -> list[At]:
        """Where its code stands; a matrix's total has none, and stands by name right below the last of its parts."""
        if entry.row != TOTAL_ROW:
            return self.heads.rows.get((entry.table, entry.line), [])
        last, name = self.form.entries[entry.table, entry.parts[-1]], entry.name.partition("·")[0]
        below = [(sheet, row + 1) for sheet, row in self.heads.rows.get((entry.table, last.line), [])]
        return [at for at in below if self.heads.name_at(at) == name]

    @staticmethod
    def _twice(rows: list[At]) -> bool:
        """Whether a line stands twice on one sheet; the same on two sheets is judged by what it says."""
        return len({sheet for sheet, _ in rows}) < len(rows)

    def _contradiction(self, ref: Ref, entry: Entry, named: Position) -> str:
        """What contradicts a number's name where it points, as a clause; "" where nothing does."""
        at, rows = named[:2], self._rows(entry)
        head = self.heads.by_row.get(at)
        if head is None:
            return "这一格不在它的那一行" if rows else ""
        if entry.row != TOTAL_ROW and at not in rows:
            return f"同一行的代码是“{self.heads.code_at(at)}”"
        column = head.column(self.heads.heading(ref, entry))
        if column not in {None, named[2]}:
            return "这一栏的标题不是它的"
        return ""

    @cached_property
    def _differing(self) -> dict[Key, tuple[Position, Position]]:
        """Lines that stand on two sheets and say different things there, with both cells."""
        found: dict[Key, tuple[Position, Position]] = {}
        for entry, refs in self.form.filled_in:
            first, *others = self._rows(entry) or [("", 0)]
            for other in others if not self._twice(self._rows(entry)) else []:
                pairs = (self._both(ref, entry, first, other) for ref in refs)
                unlike = (p for p in pairs if p and self.heads.book.at(p[0]) != self.heads.book.at(p[1]))
                pair = next(unlike, None)
                if pair:
                    found.setdefault((entry.table, entry.line), pair)
        return found

    def _both(self, ref: Ref, entry: Entry, first: At, other: At) -> tuple[Position, Position] | None:
        heading = self.heads.heading(ref, entry)
        columns = [self.heads.by_row[at].column(heading) if at in self.heads.by_row else None for at in (first, other)]
        return ((*first, columns[0]), (*other, columns[1])) if None not in columns else None  # type: ignore[return-value]

    def _missing(self) -> Iterator[Finding]:
        """Lines that are found by neither name nor code: a whole table, or some of its lines."""
        lines: dict[str, list[Entry]] = {}
        for entry, refs in self.form.filled_in:
            if entry.row != TOTAL_ROW and not self._named(refs[0]) and not self._rows(entry):
                lines.setdefault(entry.table, []).append(entry)
        for table, missing in lines.items():
            codes = list(dict.fromkeys(entry.line for entry in missing))
            there = [e for e, _ in self.form.filled_in if e.table == table and e.row != TOTAL_ROW]
            if len(missing) == len(there) and len(codes) > 1:
                title = next(t.title for t in self.form.edition.tables if t.id == table)
                yield tell("E-LAY-07", self.place, value=table, label=title, first=codes[0], last=codes[-1])
            else:
                told = "、".join(codes)
                yield tell("E-LAY-02", self.place, value=told, label=missing[0].label, code=told)

    def _doubled(self) -> Iterator[Finding]:
        for (_, line), rows in self.heads.rows.items():
            if self._twice(rows):
                at, told = rows[1], "、".join(str(row + 1) for _, row in rows)
                yield tell("E-LAY-03", self._at(*at, self.heads.by_row[at].code or 0), code=line, rows=told)
        sheets: dict[tuple[str, str], list[tuple[Key, tuple[Position, Position]]]] = {}
        for key, pair in self._differing.items():
            sheets.setdefault((pair[0][0], pair[1][0]), []).append((key, pair))
        for (sheet, other), differing in sheets.items():
            (_, line), (first, second) = differing[0]
            here, there = text_of(self.heads.book.at(first)), text_of(self.heads.book.at(second))
            facts = {"sheet": sheet, "other": other, "code": line, "here": here, "there": there}
            yield tell("E-LAY-04", self._at(*second), value=str(len(differing)), count=len(differing), **facts)

    def _moved(self) -> Iterator[Finding]:
        """Names that point to another line's or column's cell: cells were cut and pasted, or a heading overtyped.

        The first a line tells, and of the lines below one heading the first.
        """
        told: set[tuple[At, int, str]] = set()
        for entry, refs in self.form.filled_in:
            for ref in refs:
                named = self._named(ref) if self.positions[ref] is None else None
                where = self._contradiction(ref, entry, named) if named else ""
                if named and where:
                    head = self.heads.by_row.get(named[:2])
                    below = ((head.sheet, head.row) if head else named[:2], named[2], where)
                    if below not in told:
                        facts = {"label": entry.label, "code": entry.line, "where": where}
                        yield tell("E-LAY-01", self._at(*named), value=where, **facts)
                    told.add(below)
                    break

    def _without_column(self) -> Iterator[Finding]:
        """Headings that are missing or stand twice above lines that have no names, once a table."""
        told: set[tuple[str, int, str]] = set()
        for entry, refs in self.form.filled_in:
            at = self.row(entry)
            head = self.heads.by_row.get(at) if at else None
            for ref in refs if head else ():
                heading = self.heads.heading(ref, entry)
                if head and not self._named(ref) and head.column(heading) is None:
                    if (head.sheet, head.row, heading) not in told:
                        kind = "E-LAY-09" if head.columns.get(heading) else "E-LAY-08"
                        where = self._at(head.sheet, head.row, (head.columns.get(heading) or (head.code or 0,))[-1])
                        yield tell(kind, where, value=heading, heading=heading)
                    told.add((head.sheet, head.row, heading))

    def _at(self, sheet: str, row: int, column: int) -> Place:
        return Place(self.place.unit, self.place.period, self.place.file, sheet, address(row, column))
