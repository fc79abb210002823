"""What a return has that its form does not: lines of its own with numbers, and a second column under one heading.

Neither is counted, and neither may be left out without a word.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.intake.anchors import Anchors
from pipeline.intake.book import address
from pipeline.intake.cells import Read, read_cell, text_of
from pipeline.intake.heads import TOP_ROWS, At, Head
from pipeline.intake.plan import bare
from pipeline.paper.names import is_ours
from pipeline.values.findings import Finding, tell
from pipeline.values.numerals import certain, visible

LONGEST = 30  # characters of a name that is quoted


@dataclass(frozen=True)
class Beyond:
    """Looks below the headings of one return for what its form does not have."""

    anchors: Anchors

    def findings(self) -> Iterator[Finding]:
        """What each table and each sheet has that the form does not, told once a kind."""
        for head, lines in self._added.items():
            yield self._about_lines(head, lines)
        for head in self._own:
            yield from self._about_columns(head)
            yield from self._further(head)
        yield from self._own_sheets()

    @cached_property
    def _own(self) -> tuple[Head, ...]:
        """The headings below which numbers of the form stand."""
        return tuple(head for head in self.anchors.layout.heads if head in self._numbered)

    @cached_property
    def _numbered(self) -> dict[Head | None, set[int]]:
        """The columns of the numbers below each row of headings (None: below none)."""
        found: dict[Head | None, set[int]] = {}
        for position in self.anchors.positions.values():
            if position:
                found.setdefault(self.anchors.layout.by_row.get(position[:2]), set()).add(position[2])
        return found

    @cached_property
    def _added(self) -> dict[Head, list[int]]:
        """Lines of the unit's own below headings of the form, also on a sheet where no line of the form stands."""
        others = [head for head in self.anchors.layout.heads if head.sheet not in self._of_lines]
        found = {head: [n for n in range(head.row + 1, head.last) if self._is_line(head, n)] for head in self._own}
        found |= {head: [n for n in range(head.row + 1, head.last) if self._is_line(head, n)] for head in others}
        return {head: lines for head, lines in found.items() if lines}

    @cached_property
    def _of_lines(self) -> frozenset[str]:
        """The sheets with rows that are lines of the form, or copies of them."""
        return frozenset(sheet for rows in self.anchors.layout.rows.values() for sheet, _ in rows)

    @cached_property
    def _known(self) -> frozenset[At]:
        """The rows that are lines of the form, or say that they are."""
        return frozenset(self.anchors.lines_at())

    def _is_line(self, head: Head, row: int) -> bool:
        """Whether a row has a number in a column of numbers, is called something, and is no line of the form."""
        at = (head.sheet, row)
        if at in self._known or not any(True for _ in self._numbers(head, row)):
            return False
        book, layout, plan = self.anchors.book, self.anchors.layout, self.anchors.plan
        code, name = bare(layout.code_at(at)), bare(layout.name_at(at))
        unit = head.column(plan.measured)
        measured = unit is not None and bare(str(book.at((*at, unit)))) in plan.units
        if not code and name in plan.totals:
            return False
        signed = any(isinstance(cell, str) and bare(cell)[-1:] == ":" for cell in book.sheets[head.sheet][row])
        return bool(certain(code)) or measured or (bool(name) and not signed)

    def _numbers(self, head: Head, row: int) -> Iterator[tuple[int, Read]]:
        """The columns of numbers in which a row has one, other than 0."""
        for heading in self.anchors.plan.headings:
            for column in head.columns.get(heading, ()):
                position = (head.sheet, row, column)
                read = read_cell(self.anchors.book.at(position))
                if read.state == "number" or (read.state == "unread" and certain(read.written)):
                    yield column, read

    def _about_lines(self, head: Head, rows: list[int]) -> Finding:
        column, read = min(self._numbers(head, rows[0]))
        at = (head.sheet, rows[0])
        layout = self.anchors.layout
        label = " ".join(filter(None, (visible(layout.code_at(at)), visible(layout.name_at(at)))))[:LONGEST]
        more = f"；这样的行共 {len(rows)} 行" if len(rows) > 1 else ""
        facts = {"row": rows[0] + 1, "label": label, "written": read.written, "more": more}
        place = replace(self.anchors.place, sheet=head.sheet, cell=address(rows[0], column))
        return tell("W-LAY-02", place, value=f"{label} {read.written} {len(rows)}", **facts)

    def _about_columns(self, head: Head) -> Iterator[Finding]:
        """A heading that stands twice though names tell its numbers' cells: a second column with something in it."""
        named, own = self._numbered[head], self.anchors.plan.headings
        for heading, columns in head.columns.items():
            others = [column for column in columns if column not in named]
            if heading in own and len(columns) > 1 and others and len(others) < len(columns):
                place = replace(self.anchors.place, sheet=head.sheet, cell=address(head.row, others[-1]))
                yield tell("E-LAY-09", place, value=heading, heading=heading)

    def _further(self, head: Head) -> Iterator[Finding]:
        """Figures on the form's lines in columns that it does not have: under headings of the unit's own, or none."""
        plan, book = self.anchors.plan, self.anchors.book
        own = {column for heading, columns in head.columns.items() if heading in plan.own for column in columns}
        own |= self._numbered[head]
        lines = [row for row in range(head.row + 1, head.last) if (head.sheet, row) in self._known]
        if not self._needed(head) <= head.columns.keys():
            return  # a heading of the form was changed, and is told
        found: dict[int, list[int]] = {}
        for row in lines:
            for column, cell in enumerate(book.sheets[head.sheet][row]):
                if column not in own and self._is_figure(cell):
                    found.setdefault(column, []).append(row)
        for column, rows in sorted(found.items()):
            at = (head.sheet, rows[0], column)
            heading = visible(text_of(book.at((head.sheet, head.row, column))))[:LONGEST]
            place = replace(self.anchors.place, sheet=head.sheet, cell=address(*at[1:]))
            facts = {"written": text_of(book.at(at)), "count": len(rows)}
            if heading:
                yield tell("N-LAY-02", place, value=f"{heading} {len(rows)}", heading=heading, **facts)
            else:
                yield tell("W-LAY-03", place, value=f"{facts['written']} {len(rows)}", row=rows[0] + 1, **facts)

    def _needed(self, head: Head) -> set[str]:
        """The headings of the numbers whose lines stand below these."""
        by_row = self.anchors.layout.by_row
        lines = (
            line for line in self.anchors.plan.lines if (at := self.anchors.row(line.entry)) and by_row[at] is head
        )
        return {one.heading for line in lines for one in line.numbers}

    def _own_sheets(self) -> Iterator[Finding]:
        """Sheets of the unit's own with figures, which are seen and are no part of the form."""
        book, beside = self.anchors.book, self.anchors.beside
        of_form = {head.sheet for head in self._added} | self._of_lines
        of_form |= {at[0] for name, at in book.names.items() if is_ours(name)}
        for sheet, rows in book.sheets.items():
            if sheet in of_form | beside or book.hides(sheet) or sheet.startswith("_") or self._is_register(rows):
                continue
            cells = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if self._is_figure(cell)]
            cover = any(bare(cell).rstrip(":") in self._cover for row in rows for cell in row if isinstance(cell, str))
            if cells and not cover:
                written = text_of(book.at((sheet, *cells[0])))
                place = replace(self.anchors.place, sheet=sheet, cell=address(*cells[0]))
                yield tell(
                    "N-LAY-03", place, value=f"{sheet} {len(cells)}", own=sheet, written=written, count=len(cells)
                )

    @cached_property
    def _cover(self) -> frozenset[str]:
        return frozenset(bare(asked.name) for asked in self.anchors.plan.form.edition.cover)

    def _is_register(self, rows: list[list[object]]) -> bool:
        """Whether a sheet has the headings of a register."""
        texts = [{bare(cell) for cell in row if isinstance(cell, str)} for row in rows[:TOP_ROWS]]
        return any(len(names & row) * 2 > len(names) for names in self.anchors.plan.registers for row in texts)

    def _is_figure(self, cell: object) -> bool:
        """Whether a cell holds a number other than 0; in a container of texts, a text that is one."""
        if isinstance(cell, str):
            return self.anchors.book.all_text and bool(certain(cell)) and bool(float(certain(cell)))
        return isinstance(cell, int | float) and not isinstance(cell, bool) and bool(cell)
