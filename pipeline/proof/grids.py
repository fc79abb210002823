"""A report's own tables: which cells are heads, which are labels, and how the lines lie under each other.

A table may hold several panels, one below the other, each with heads of its own. Lines form a tree by their numbering:
the number tells whether a line goes on with its neighbours or begins below them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pipeline.proof.cells import is_blank, unit_of, value_of
from pipeline.proof.figure import Figure, Grid, Paragraph
from pipeline.proof.heads import filled, flattened
from pipeline.proof.lines import Line, above_of, open_lines, ordinal
from pipeline.proof.lost_labels import without_lost_labels
from pipeline.proof.reading import plain
from pipeline.values.numerals import half_width
from schemas.proof import Prose

MOST_LABELS = 3  # of one line, where labels are merged
EVEN = 0.7  # of the lines of a table have as many numbers
SEVERAL = 6  # lines that show that each ends in its total
NEARLY_ALL = 0.8  # of them
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_HEAD = re.compile(r"\((?:单位[:]?)?([^()]+)\)")


@dataclass(frozen=True, eq=False)
class Panel:
    """A part of a table under one set of heads (none where they cannot be told), with its lines in order."""

    grid: Grid
    heads: tuple[str, ...]
    width: int
    root: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of a report as far as they could be read, and the places of those numbers that could not."""

    panels: tuple[Panel, ...]
    unread: tuple[tuple[str, str], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that was read."""
        return tuple(dict.fromkeys(f for panel in self.panels for line in panel.lines for f in line.cells if f))


def read_grids(grids: Sequence[Grid], prose: Prose, year: int) -> Tables:
    """Read the tables of a report on ``year``."""
    panels: list[Panel] = []
    unread: list[tuple[str, str]] = []
    for grid in grids:
        reader = _Reader(grid, prose, year)
        panels += reader.panels()
        unread += reader.unread
    return Tables(tuple(panels), tuple(unread))


class _Reader:
    """Reads one table from its first row to its last."""

    def __init__(self, grid: Grid, prose: Prose, year: int) -> None:
        self.grid, self.prose, self.year = grid, prose, year
        self.unread: list[tuple[str, str]] = []
        self._rows = [tuple(half_width(cell).translate(prose.simple).strip() for cell in row) for row in grid.rows]
        self._indents = [_indent(row) for row in grid.rows]
        starts = [self._values_at(row, n) for n, row in enumerate(self._rows)]
        moved = without_lost_labels(self._rows, starts) if grid.aligned else None
        self._aligned, self._rows = grid.aligned and moved is None, moved or self._rows

    def panels(self) -> Iterator[Panel]:
        """The panels of the table, one below the other."""
        heads: list[int] = []
        body: list[int] = []
        for n, row in enumerate(self._rows):
            if self._values_at(row, n) is None and self._is_head(row):
                if any(self._values_at(self._rows[k], k) is not None for k in body):
                    yield from self._panel(heads, body)
                    heads, body = [], []
                heads += [*body, n]
                body = []
            else:
                body.append(n)
        yield from self._panel(heads, body)

    def _is_head(self, row: Sequence[str]) -> bool:
        """Whether a row without numbers has words over its columns, and not only a label before blanks."""
        said = [cell for cell in row if cell]
        ends = not is_blank(row[-1]) and row[-1] != row[0]
        return len(set(said)) > (1 if ends else MOST_LABELS)

    def _values_at(self, row: Sequence[str], n: int) -> int | None:
        """From which cell on a row has nothing but numbers and blanks; None where it has no number there."""
        at = len(row)
        while at and (is_blank(row[at - 1]) or value_of(row[at - 1]) is not None):
            at -= 1
        said = [cell for cell in row[at:] if not is_blank(cell)]
        years = n == 0 and all(_YEAR.fullmatch(cell) for cell in said)
        return None if not said or years else at

    def _panel(self, heads: Sequence[int], body: Sequence[int]) -> Iterator[Panel]:
        at = {n: start for n in body if (start := self._values_at(self._rows[n], n)) is not None}
        if not at:
            return
        first = min(at.values()) if self._aligned else 0
        widths = Counter(len(self._rows[n]) - max(start, first) for n, start in at.items())
        width = max(widths, key=lambda w: (widths[w], w))
        lengths = Counter(len(self._rows[n]) for n in at)
        if not self._aligned and max(lengths.values()) < len(at) * EVEN and self._ends_in_totals(at):
            yield from self._ragged(body, at)
            return
        root, lines = Line(""), []
        labelled = any(len(self._rows[n]) > width for n in at)
        names = self._heads([self._rows[n] for n in heads], width, labelled=labelled)
        for n in body:
            row = self._rows[n]
            start = len(row) - width
            whole = n in at and (self._aligned or (at[n] <= start and self._is_label(row, at[n], start)))
            if n in at and not whole:
                self.unread += [(f"{self.grid.place}第{n + 1}行", c) for c in row if value_of(c) is not None]
                lost = [c for c in row[: at[n]] if not is_blank(c)]
                self._put(root, lost, (None,) * width, self._indents[n]).lost = True
                continue
            labels = [c for c in (row[:start] if n in at else row) if not is_blank(c)]
            lines.append(
                self._put(root, labels, self._cells(n, row, start, names) if n in at else (), self._indents[n])
            )
        yield Panel(self.grid, names, width, root, tuple(lines))

    def _is_label(self, row: Sequence[str], at: int, start: int) -> bool:
        """Whether nothing in front of the cells of a row is a number too many, behind words: it has lost no column."""
        return at == 0 or all(is_blank(cell) for cell in row[at:start])

    def _ends_in_totals(self, at: dict[int, int]) -> bool:
        """Whether the last number of nearly every line is the sum of those before it: blank cells were lost."""
        values = [[v for cell in self._rows[n][start:] if (v := value_of(cell)) is not None] for n, start in at.items()]
        several = [row for row in values if len(row) > 1]
        whole = sum(row[-1] == sum(row[:-1]) for row in several)
        return len(several) >= SEVERAL and whole >= len(several) * NEARLY_ALL

    def _ragged(self, body: Sequence[int], at: dict[int, int]) -> Iterator[Panel]:
        """The totals of lines that lost their blank cells, as one column; and the lines of each length alone."""
        root, lines = Line(""), []
        alike: dict[int, list[Line]] = defaultdict(list)
        for n in body:
            row, start = self._rows[n], at.get(n, len(self._rows[n]))
            cells = self._cells(n, row, start, ())
            lines.append(self._put(root, [c for c in row[:start] if not is_blank(c)], cells[-1:], self._indents[n]))
            alike[len(cells)].append(Line(lines[-1].label, cells=cells))
        yield Panel(self.grid, (), 1, root, tuple(lines))
        yield from (Panel(self.grid, (), w, Line(""), tuple(several)) for w, several in alike.items() if w > 1)

    def _heads(self, rows: Sequence[Sequence[str]], width: int, *, labelled: bool) -> tuple[str, ...]:
        """The head of each column, those above it in front; () where they cannot be told."""
        if not rows:
            return ()
        if self._aligned:
            kept = [row for row in rows if len(set(row[-width:])) > 1 or width == 1]
            return tuple(">".join(dict.fromkeys(row[c] for row in kept if row[c])) for c in range(-width, 0))
        if len(rows[-1]) in {width, width + 1}:
            return filled([row[1:] if labelled and (not row[0] or len(row) > width) else row for row in rows], width)
        return flattened([cell for row in rows for cell in row if cell], width, self.is_total)

    def is_total(self, label: str) -> bool:
        """Whether a head or label is that of a total."""
        bare = self._bare(label.rpartition(">")[2])
        return any(re.search(pattern, bare) for pattern in self.prose.table.totals)

    def _bare(self, label: str) -> str:
        """A label without its numbering, what stands in brackets, and gaps."""
        for style in self.prose.table.styles:
            label = re.sub(style, "", label)
        return re.sub(r"\([^()]*\)|[\s:：]", "", label)

    def _cells(self, n: int, row: Sequence[str], start: int, heads: Sequence[str]) -> tuple[Figure | None, ...]:
        paragraph = Paragraph(self.grid.number, "  ".join(row), f"{self.grid.place}第{n + 1}行")
        offsets = list(accumulate((len(cell) + 2 for cell in row), initial=0))
        unit = next((c for c in row[1:start] if c in self.prose.units), "")
        label = next((c for c in reversed(row[:start]) if c and c != unit and value_of(c) is None), "")
        label = self._in_one(label)[-1]
        found: list[Figure | None] = []
        for c in range(start, len(row)):
            value, head = value_of(row[c]), heads[c - start] if heads else ""
            if value is None:
                found.append(None)
                continue
            in_head = _IN_HEAD.search(plain(head)) or _IN_HEAD.search(plain(label))
            said = unit_of(row[c]) or unit or (in_head[1] if in_head and in_head[1] in self.prose.units else "")
            name = "”“".join(part for part in (label, head.rpartition(">")[2]) if part)
            words = f"{name}”的“{row[c]}" if name else row[c]
            figure = Figure(
                paragraph, offsets[c], offsets[c] + len(row[c]), value, value, value, said, label, head, "",
                "count", self.year, (), (0, 0), None, words,
            )  # fmt: skip
            found.append(figure)
        return tuple(found)

    def _put(self, root: Line, labels: Sequence[str], cells: tuple[Figure | None, ...], indent: int) -> Line:
        """The line of a row, in its place of the tree; merged labels before its own are lines above it."""
        unit = next((c for c in labels[1:] if c in self.prose.units), "")
        named = [c for c in dict.fromkeys(labels) if c != unit and value_of(c) is None] or [""]
        own = [part for label in named for part in self._in_one(label)]
        line = root
        for label in own:
            line = self._placed(root, label, indent)
        line.unit, line.cells = unit, cells or line.cells
        return line

    def _in_one(self, label: str) -> list[str]:
        """A label and those behind it in its cell: 三、本年度办理结果 （一）予以公开 is a heading and a line."""
        found = [""]
        for word in label.split(" ") if self._numbering(label)[0] is not None else [label]:
            inner, outer = self._numbering(word)[0], self._numbering(found[-1])[0]
            if inner is not None and outer is not None and inner > outer:
                found.append(word)
            else:
                found[-1] += f" {word}" if found[-1] else word
        return found

    def _placed(self, root: Line, label: str, indent: int) -> Line:
        plain_label = label
        among = next((word for word in self.prose.parts if label.startswith(word)), "")
        if among:
            plain_label = label.removeprefix(among).lstrip(":： ")
        style, number = self._numbering(plain_label)
        lines = open_lines(root)
        for line in lines:
            if line.label == label and (style is not None or line is not lines[-1]) and not line.cells:
                return line
        line = Line(label, "", style, number, bool(among), self.is_total(plain_label), indent)
        line.above = above_of(lines, line)
        line.above.below.append(line)
        return line

    def _numbering(self, label: str) -> tuple[int | None, int]:
        for n, style in enumerate(self.prose.table.styles):
            if found := re.match(style, label):
                return n, ordinal(found[1])
        return None, 0


def _indent(row: Sequence[str]) -> int:
    """How far the label of a row is set in."""
    return len(row[0]) - len(row[0].lstrip()) if row else 0
