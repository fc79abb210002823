"""What a return has that its form does not: lines of its own with numbers, and a second column under one heading.

Neither is counted, and neither may be left out without a word.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.intake.anchors import Anchors
from pipeline.intake.book import address
from pipeline.intake.cells import Read, read_cell
from pipeline.intake.heads import At, Head
from pipeline.intake.plan import bare
from pipeline.values.findings import Finding, tell
from pipeline.values.numerals import certain, visible

LONGEST = 30  # characters of a name that is quoted


@dataclass(frozen=True)
class Beyond:
    """Looks below the headings of one return for what its form does not have."""

    anchors: Anchors

    def findings(self) -> Iterator[Finding]:
        """A question a sheet with lines of the unit's own, and a finding a heading that stands twice."""
        for head in self._own:
            lines = [row for row in range(head.row + 1, head.last) if self._is_line(head, row)]
            if lines:
                yield self._about_lines(head, lines)
            yield from self._about_columns(head)

    @cached_property
    def _own(self) -> tuple[Head, ...]:
        """The headings below which numbers of the form stand."""
        positions = (position for position in self.anchors.positions.values() if position)
        used = {self.anchors.heads.by_row.get(position[:2]) for position in positions}
        return tuple(head for head in self.anchors.heads.all if head in used)

    @cached_property
    def _known(self) -> frozenset[At]:
        """The rows that are lines of the form, or say that they are."""
        return frozenset(self.anchors.lines_at())

    def _is_line(self, head: Head, row: int) -> bool:
        """Whether a row has a number in a column of numbers, is called something, and is no line of the form."""
        at = (head.sheet, row)
        if at in self._known or not any(True for _ in self._numbers(head, row)):
            return False
        book, heads = self.anchors.heads.book, self.anchors.heads
        code, name = bare(heads.code_at(at)), bare(heads.name_at(at))
        unit = head.column(heads.plan.measured)
        measured = unit is not None and bare(str(book.at((*at, unit)))) in heads.plan.units
        if not code and name in heads.plan.totals:
            return False
        signed = any(isinstance(cell, str) and bare(cell)[-1:] == ":" for cell in book.sheets[head.sheet][row])
        return bool(certain(code)) or measured or (bool(name) and not signed)

    def _numbers(self, head: Head, row: int) -> Iterator[tuple[int, Read]]:
        """The columns of numbers in which a row has one, other than 0."""
        for heading in self.anchors.heads.plan.headings:
            for column in head.columns.get(heading, ()):
                position = (head.sheet, row, column)
                read = read_cell(self.anchors.heads.book.at(position))
                if read.state == "number" or (read.state == "unread" and certain(read.written)):
                    yield column, read

    def _about_lines(self, head: Head, rows: list[int]) -> Finding:
        column, read = min(self._numbers(head, rows[0]))
        at = (head.sheet, rows[0])
        heads = self.anchors.heads
        label = " ".join(filter(None, (visible(heads.code_at(at)), visible(heads.name_at(at)))))[:LONGEST]
        more = f"；这样的行共 {len(rows)} 行" if len(rows) > 1 else ""
        facts = {"row": rows[0] + 1, "label": label, "written": read.written, "more": more}
        place = replace(self.anchors.place, sheet=head.sheet, cell=address(rows[0], column))
        return tell("W-LAY-02", place, value=f"{label} {read.written} {len(rows)}", **facts)

    def _about_columns(self, head: Head) -> Iterator[Finding]:
        """A heading that stands twice though names tell its numbers' cells: a second column with something in it."""
        heads = self.anchors.heads
        named = {
            position[2]
            for position in self.anchors.positions.values()
            if position and heads.by_row.get(position[:2]) is head
        }
        for heading, columns in head.columns.items():
            others = [column for column in columns if column not in named]
            if heading in heads.plan.headings and len(columns) > 1 and others and len(others) < len(columns):
                place = replace(self.anchors.place, sheet=head.sheet, cell=address(head.row, others[-1]))
                yield tell("E-LAY-09", place, value=heading, heading=heading)
