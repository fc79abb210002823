"""Where the numbers of a return stand, by its headings, codes, labels and names alone, whatever its numbers are.

A return that is laid out like one before stands at the same places, which are worked out once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.intake.book import Book, Position
from pipeline.intake.heads import At, Head, heads_of
from pipeline.intake.plan import Key, Line, Plan, Sought, bare, label
from schemas.rules.terms import Ref

KEPT = 8  # layouts of one form that are remembered


@dataclass(frozen=True, eq=False)
class Layout:
    """The tables found in a book, its defined names, and the lines that both point out.

    ``names`` are those that mean a cell of the return.
    """

    plan: Plan
    names: Mapping[str, Position]
    heads: tuple[Head, ...]

    def is_like(self, names: Mapping[str, Position], heads: tuple[Head, ...]) -> bool:
        """Whether names and headings, and what stands in the columns of codes and names, are the same cell for cell."""
        return self.names == names and [own.told for own in self.heads] == [head.told for head in heads]

    @cached_property
    def by_row(self) -> dict[At, Head]:
        """The headings that each row stands under."""
        return {(head.sheet, row): head for head in self.heads for row in range(head.row + 1, head.last)}

    @cached_property
    def rows(self) -> dict[Key, list[At]]:
        """The rows that say each code, or where a row has none, the label that belongs to one."""
        found: dict[Key, list[At]] = {}
        for at, head in self.by_row.items():
            key = self._key(head, at)
            if key:
                found.setdefault(key, []).append(at)
        return found

    @cached_property
    def contradicting(self) -> dict[Key, At]:
        """Rows whose code is one line's and whose label is another's, under the code's line."""
        told = ((key, at, self._labelled(at)) for key, rows in self.rows.items() for at in rows)
        return {key: at for key, at, named in told if named and named != key}

    @cached_property
    def lines_below(self) -> dict[Head, list[int]]:
        """The rows of lines below each row of headings."""
        lines: dict[Head, list[int]] = {}
        for at in (at for rows in self.rows.values() for at in rows):
            lines.setdefault(self.by_row[at], []).append(at[1])
        return lines

    @cached_property
    def wanted(self) -> frozenset[At]:
        """The rows of lines that have all headings of their numbers above them."""
        rows = ((self.plan.wanted[key], at) for key, rows in self.rows.items() for at in rows)
        return frozenset(at for headings, at in rows if headings <= self.by_row[at].columns.keys())

    @cached_property
    def named_rows(self) -> dict[str, frozenset[int]]:
        """The rows of each sheet that a name means."""
        found: dict[str, set[int]] = {}
        for sheet, row, _ in self.names.values():
            found.setdefault(sheet, set()).add(row)
        return {sheet: frozenset(rows) for sheet, rows in found.items()}

    @cached_property
    def of_entry(self) -> dict[Key, list[At]]:
        """Where each entry's code stands; a matrix's total has none, and stands by name right below its last part."""
        lines = self.plan.lines
        coded = {(line.entry.table, line.entry.code): self._below_its_heading(line) for line in lines}
        for entry in (line.entry for line in lines if not line.coded):
            last, name = coded[entry.table, entry.parts[-1]], entry.name.partition("·")[0]
            below = ((sheet, row + 1) for sheet, row in last)
            coded[entry.table, entry.code] = [at for at in below if self.name_at(at) == name]
        return coded

    @cached_property
    def positions(self) -> dict[Ref, Position | None]:
        """The one cell of each number that its name and its code agree on, or that the one that is left means."""
        return {one.ref: self._position(one, line) for line in self.plan.lines for one in line.numbers}

    @cached_property
    def contradicted(self) -> tuple[tuple[Line, Sought], ...]:
        """The numbers whose name points where something contradicts it."""
        every = ((line, one) for line in self.plan.lines for one in line.numbers)
        return tuple((line, one) for line, one in every if self.contradiction(one, line))

    @cached_property
    def on_two_sheets(self) -> tuple[Line, ...]:
        """The lines that stand on several sheets, once on each."""
        lines = ((line, self.of_entry[line.entry.table, line.entry.code]) for line in self.plan.lines)
        return tuple(line for line, rows in lines if len(rows) > 1 and not stands_twice(rows))

    def contradiction(self, one: Sought, line: Line) -> str:
        """What contradicts a number's name where it points, as a clause; "" where nothing does."""
        named = self.names.get(one.name)
        if named is None:
            return ""
        at, rows = named[:2], self.of_entry[line.entry.table, line.entry.code]
        head = self.by_row.get(at)
        if head is None:
            return "这一格不在它的那一行" if rows else ""
        if line.coded and at not in rows:
            return f"同一行的代码是“{self.code_at(at)}”"
        column = head.column(one.heading)
        return "这一栏的标题不是它的" if column not in {None, named[2]} else ""

    def code_at(self, at: At) -> str:
        """What stands in the column of the codes on a row; "" where there is no such column."""
        head = self.by_row.get(at)
        return head.said[at[1] - head.row - 1][0] if head else ""

    def name_at(self, at: At) -> str:
        """What stands in the column of the names on a row."""
        head = self.by_row.get(at)
        return head.said[at[1] - head.row - 1][1] if head else ""

    def _position(self, one: Sought, line: Line) -> Position | None:
        rows = self.of_entry[line.entry.table, line.entry.code]
        if line.key in self.contradicting or stands_twice(rows):
            return None
        named = self.names.get(one.name)
        if named:
            return None if self.contradiction(one, line) else named
        column = self.by_row[rows[0]].column(one.heading) if rows else None
        return None if column is None else (*rows[0], column)

    def _below_its_heading(self, line: Line) -> list[At]:
        """Where a line's code stands; of a matrix in several parts, in the part that has its column."""
        rows = self.rows.get(line.key, [])
        if len(rows) < 2 or not line.entry.column:
            return rows
        heading = line.numbers[0].heading
        return [at for at in rows if heading in self.by_row[at].columns] or rows

    def _key(self, head: Head, at: At) -> Key | None:
        """The line that a row is: by its code, or where it has none, by its label."""
        code = bare(self.code_at(at))
        if code:
            keys = self.plan.by_code.get(code) or self.plan.by_code.get(code.lstrip("0"), ())
            return keys[0] if len(keys) == 1 else self._one_of(keys, head, at)
        return self._labelled(at)

    def _one_of(self, keys: Sequence[Key], head: Head, at: At) -> Key | None:
        """Of the lines of one code in several tables, the one whose label, headings or names the row has."""
        printed = self.plan.printed
        name, headings = label(self.name_at(at)), frozenset(head.columns)
        keys = [key for key in keys if printed[key].label == name] or keys
        keys = [key for key in keys if printed[key].headings & headings] or keys
        if len(keys) > 1:
            keys = [key for key in keys if any(self._points(own, at) for own in printed[key].names)]
        return keys[0] if len(keys) == 1 else None

    def _points(self, name: str, at: At) -> bool:
        """Whether a defined name means a cell of that row."""
        position = self.names.get(name)
        return position is not None and position[:2] == at

    def _labelled(self, at: At) -> Key | None:
        return self.plan.by_label.get(label(self.name_at(at)))


def layout_of(book: Book, plan: Plan, beside: frozenset[str]) -> Layout:
    """How a book is laid out, but for the sheets that are no part of the return; one of before where it is like it."""
    names = {name: at for name, at in book.names.items() if at[0] not in beside}
    heads, known = heads_of(book, plan, beside), _known.setdefault(id(plan), [])
    like = next((layout for layout in known if layout.is_like(names, heads)), None)
    if like is None:
        like = Layout(plan, names, heads)
        known.insert(0, like)
        del known[KEPT:]
    return like


_known: dict[int, list[Layout]] = {}  # by the place in memory of their plan, which they keep


def stands_twice(rows: Sequence[At]) -> bool:
    """Whether a line stands twice on one sheet; the same on two sheets is judged by what it says."""
    return len(rows) > 1 and len({sheet for sheet, _ in rows}) < len(rows)
