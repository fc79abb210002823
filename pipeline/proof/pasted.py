"""What lies in a report's lines: sentences broken by a copying, and tables pasted as text.

A pasted table has rows of cells (tabs, bars, wide gaps, or a label with numbers behind it), or a line for each cell.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.proof.cells import is_blank, is_number
from pipeline.proof.containers import Piece
from pipeline.proof.figure import Block, Grid, Paragraph
from pipeline.proof.rows import ENDS, LONG_CELL, ONLY_BARS, Rows, is_table, parted, row_of
from pipeline.values.numerals import half_width
from schemas.proof import Prose, prose

_GOES_ON = re.compile(r"(?:[，,、；;（(]|[和与及至])\s*$")
_WRAP = range(14, 180)  # letters or columns of a line at which a copying breaks
SEVERAL = 10  # cells of which one at least stands right behind another, where blank lines are cells
NEARLY = 3  # letters or columns that a line may be shorter


def blocks_of(pieces: Sequence[Piece]) -> tuple[Block, ...]:
    """The paragraphs and tables of a report, numbered as people count them."""
    found: list[Block] = []
    paragraphs = tables = 0
    title = ""
    for piece in _Lines(tuple(pieces), prose()).read():
        if isinstance(piece, str):
            paragraphs += 1
            found.append(Paragraph(len(found) + 1, piece, f"第{paragraphs}段"))
            title = piece.strip()
        else:
            tables += 1
            rows, aligned = piece
            found.append(Grid(len(found) + 1, f"表格{tables}", title, rows, aligned))
    return tuple(found)


_Table = tuple[tuple[tuple[str, ...], ...], bool]


@dataclass(frozen=True)
class _Lines:
    """The lines and tables of a report, and how they belong together."""

    pieces: tuple[Piece, ...]
    prose: Prose

    def read(self) -> Iterator[str | _Table]:
        """Paragraphs, and tables with whether their cells stand in columns."""
        lines: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, str):
                lines.append(piece)
                continue
            yield from self._of_lines(lines)
            lines = []
            if len(piece) > 1 or (piece and len(piece[0]) > 1):
                yield piece, True
            else:
                yield from (cell for row in piece for cell in row if cell.strip())
        yield from self._of_lines(lines)

    def _of_lines(self, lines: Sequence[str]) -> Iterator[str | _Table]:
        lines = parted(lines)
        runs = dict(_runs_of_cells(lines))
        text: list[str] = []
        n = 0
        while n < len(lines):
            rows, end = Rows(self.prose, lines).at(n)
            if not rows and n in runs:
                rows, end = _single_cells(lines[n : runs[n]]), runs[n]
            if rows and is_table(rows):
                yield from self._joined(text)
                yield tuple(rows), False
                text = []
            else:
                text += [line for line in lines[n : end or n + 1] if not ONLY_BARS.fullmatch(line)]
            n = max(end, n + 1)
        yield from self._joined(text)

    def _joined(self, lines: Sequence[str]) -> Iterator[str]:
        """The paragraphs of lines, those that a copying broke put together."""
        wrap = _wrap_of(lines)
        text = last = ""
        for line in lines:
            if text and self._goes_on(last, line, wrap):
                text += line.strip()
            else:
                yield from [text] if text.strip() else []
                text = line
            last = line
        yield from [text] if text.strip() else []

    def _goes_on(self, line: str, following: str, wrap: "_Wrap") -> bool:
        """Whether a line goes on in the one that follows it."""
        end, begin = line.rstrip(), following.strip()
        stopped = ENDS.search(end) and not end.endswith(("；", ";"))
        if not end or not begin or stopped or re.match(self.prose.begins, half_width(begin)):
            return False
        digits = re.search(r"[\u4e00-\u9fff].*\d[\d,.]*$", end) and re.match(r"[\d,.]*(?:[\u4e00-\u9fff])", begin)
        opened = end.count("(") + end.count("（") > end.count(")") + end.count("）")
        word = end.endswith(self.prose.parts) or _GOES_ON.search(end)
        return bool(word or opened or (digits and not re.match(r"\d{4}年", begin)) or wrap.breaks(end))


def _single_cells(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """The rows of a table of which each cell has its own line: labels, then numbers, then labels; heads come first."""
    cells = [half_width(line).strip(" |\t\r") for line in lines]
    if numbered := _by_serial([cell for cell in cells if cell], prose()):
        return numbered
    runs: list[tuple[list[str], list[str]]] = [([], [])]
    for cell in _kept(cells):
        value = is_number(cell) or is_blank(cell)
        if not value and runs[-1][1]:
            runs.append(([], []))
        runs[-1][value].append(cell)
    rows: list[tuple[str, ...]] = []
    for labels, numbers in _with_blanks(runs):
        if rows and sum(_is_numbered(label) for label in labels) * 2 > len(labels) > 1:
            rows += [*((label,) for label in labels[:-1]), (labels[-1], *numbers)]
        else:
            rows += _with_heads(labels, numbers)
    return rows


def _kept(cells: Sequence[str]) -> list[str]:
    """The cells, with those blank lines that may be blank cells: behind a number, or between a label and a number."""
    close = sum(bool(one and other) for one, other in pairwise(cells))
    if close * SEVERAL < len(cells):
        return [cell for cell in cells if cell]  # blank lines only part the cells
    kept: list[str] = []
    for n, cell in enumerate(cells):
        label = next((one for one in reversed(kept) if one), "")
        following = next((one for one in cells[n:] if one), "")
        if cell or (kept and (is_number(label) or is_number(following))):
            kept.append(cell)
    return kept


def _with_blanks(runs: Sequence[tuple[list[str], list[str]]]) -> Iterator[tuple[list[str], list[str]]]:
    """Labels and their numbers: a blank line among these is a cell left blank where the line is too short by it."""
    lengths = Counter(sum(map(bool, numbers)) for _, numbers in runs)
    width = max((length for length, times in lengths.items() if times > 1), default=0)
    for labels, numbers in runs:
        yield labels, numbers if len(numbers) == width else [cell for cell in numbers if cell]


def _is_numbered(label: str) -> bool:
    return any(re.match(style, label) for style in prose().table.styles)


def _by_serial(cells: Sequence[str], words: Prose) -> list[tuple[str, ...]]:
    """The rows of a table of single cells whose lines are numbered from 1 on under a head that says so; else none."""
    begin = next((n for n, cell in enumerate(cells) if cell in words.table.serial), len(cells))
    first = next((n for n in range(begin, len(cells)) if cells[n] == "1"), len(cells))
    width, rows, at = first - begin, [tuple(cells[begin:first])], first
    while at < len(cells) and width > 1:
        numbered = cells[at] == str(len(rows))
        end = (
            at + width
            if numbered
            else next((n for n in range(at + 1, len(cells)) if not is_number(cells[n])), len(cells))
        )
        row = tuple(cells[at:end])
        rows.append(row if numbered else ("",) * (width - len(row)) + row)
        at = end
    return rows if len(rows) > 2 else []


def _with_heads(labels: list[str], numbers: list[str]) -> Iterator[tuple[str, ...]]:
    """The rows of labels and numbers, each cell of which had its own line: more labels than one row has are heads."""
    few = 3
    if len(numbers) > 1 and len(labels) >= len(numbers) and labels[-1] in labels[-len(numbers) : -1]:
        yield from (tuple(labels), tuple(numbers))  # the last one is a head too: it stands among them
    elif len(labels) > max(few, len(numbers)):
        yield tuple(labels[:-1])
        yield (labels[-1], *numbers)
    elif len(numbers) > 1 and len(labels) == len(numbers):
        yield from (tuple(labels), tuple(numbers))
    else:
        yield (*labels, *numbers)


def _runs_of_cells(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where lines begin and end each of which is a cell, if some of them are numbers alone."""
    n = 0
    while n < len(lines):
        end, numbers, last = n, 0, n
        while end < len(lines) and _is_cell(lines[end]):
            if is_number(half_width(lines[end]).strip(" |｜")):
                numbers, last = numbers + 1, end + 1
            end += 1
        if numbers > 2:
            yield _first_cell(lines, n, last), last
        n = max(end, n + 1)


def _first_cell(lines: Sequence[str], n: int, last: int) -> int:
    """Where a table of single cells begins: blank lines and what cannot be its head stay outside."""
    first = next(k for k in range(n, last) if is_number(half_width(lines[k]).strip(" |｜")))
    while n < first and not lines[n].strip():
        n += 1
    return n


def _is_cell(line: str) -> bool:
    text = line.strip(" |｜\t\r")
    if not text or is_number(half_width(text)):
        return True
    bare = re.sub(r"[（(][^（()）]*[)）]", "", text)
    says = re.search(r"[。；;！？]|\d[\d,.]*\s*(?:条|件|次|人)", bare)
    return len(text) <= LONG_CELL and not says and not row_of(line)


@dataclass(frozen=True)
class _Wrap:
    """How a copying broke lines: at so many letters or columns; never where ``at`` is 0."""

    measure: Callable[[str], int] = len
    at: int = 0

    def breaks(self, line: str) -> bool:
        """Whether a line is as long as those that were broken."""
        return bool(self.at) and self.measure(line.rstrip()) >= self.at - NEARLY


def _wrap_of(lines: Sequence[str]) -> _Wrap:
    """The wrap of which several lines without an end speak, and few others are."""
    open_ends = [line.rstrip() for line in lines if line.strip() and not ENDS.search(line)]
    for measure in (len, _columns):
        widths = Counter(width for line in open_ends if (width := measure(line)) in _WRAP)
        width, times = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        near = sum(abs(measure(line) - width) <= NEARLY for line in open_ends)
        longer = sum(measure(line.rstrip()) > width + NEARLY for line in lines)
        if times > 2 and near * 3 >= len(open_ends) and longer <= times:
            return _Wrap(measure, width)
    return _Wrap()


def _columns(line: str) -> int:
    """How wide a line is printed: a letter of a number takes half."""
    return sum(1 if sign.isascii() else 2 for sign in line)
