"""The rows of a table that lies in a report as text: cells parted by tabs, bars or gaps, and labels alone."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.proof.cells import is_blank, is_number
from pipeline.values.numerals import half_width
from schemas.proof import Prose, prose

ENDS = re.compile(r"[。!?！？;；:：…”」]\s*$")
ONLY_BARS = re.compile(r"[\s|｜│┃:+=─━-]*[|｜│┃─━+][\s|｜│┃:+=─━-]*")
LONG_CELL, LONGEST_ROW = 60, 2000  # letters of a cell, and more than a row of a table has
_LABELLED = re.compile(r"^([^:：。，；]{1,20})[:：]\s*((?:[\d,.]+%?\s+){2,}[\d,.]+%?\s*)$")  # 一季度：12 30 42
COMMAS = ("，", ",")
_OUTSIDE = re.compile(r"，(?![^（(]*[)）])")  # a comma that stands in no brackets
_BAR = re.compile(r"\s*[|｜│┃]\s*")
_GAP = re.compile(r"\t| {2,}|\u3000{2,}")
_MANY = 3  # numbers of a row that a label above it belongs to
_SHORT = 10  # letters of a head
_AHEAD = 4  # lines of a label that was broken, at most

Row = tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """The rows of tables among lines."""

    prose: Prose
    lines: Sequence[str]

    def at(self, n: int) -> tuple[list[Row], int]:
        """The rows that begin with the n-th line, and the line behind them."""
        found: list[Row] = []
        end = 0
        while n < len(self.lines):
            row = row_of(self.lines[n])
            blank = not self.lines[n].strip() or bool(ONLY_BARS.fullmatch(self.lines[n]))
            if not row and not blank and not found:
                row = self._heads_of(n)
            if not row and not blank and (self._is_label(n, found) if found else self._begins(n)):
                row = (self.lines[n].strip(),)
            if not row and not (blank and found):
                break
            n += 1
            if row:
                found.append(row)
                end = n
        return list(self._joined(found)), end

    def _heads_of(self, n: int) -> Row:
        """The heads of a line of words before a row of as many numbers, () where it has none."""
        words = tuple(self.lines[n].split())
        first = row_of(self.lines[n + 1]) if n + 1 < len(self.lines) else ()
        plain = all(len(word) <= _SHORT and not re.search(r"[。，；：,;:\d]", word) for word in words)
        return words if len(words) > 2 and plain and len(words) in {_width(first), _width(first) + 1} else ()

    def _begins(self, n: int) -> bool:
        """Whether a numbered line is the label, or the first half of it, of the row behind it."""
        line, *behind = (one.strip() for one in self.lines[n : n + _AHEAD])
        first = row_of(behind[0]) if behind else ()
        if len(line) > LONG_CELL or not self._numbered((line,)) or _width(first) < _MANY or self._numbered(first):
            return False
        return is_number(first[0]) or (len(behind) > 1 and self._numbered((behind[1],)))

    def _is_label(self, n: int, found: Sequence[Row]) -> bool:
        """Whether a line among rows is a label alone: short, and before a row of as many numbers as those had."""
        widths, lengths = {_width(row) for row in found} - {0}, {len(row) for row in found if len(row) > 2}
        for line in self.lines[n : n + _AHEAD]:
            if row := row_of(line):
                return _width(row) in widths or (len(row) in lengths and not any(map(is_number, row)))
            if not line.strip() or len(line.strip()) > LONG_CELL or re.search(r"[。！!？?]", line):
                return False
            if is_number(half_width(line).strip()):
                return False
        return False

    def _joined(self, rows: Sequence[Row]) -> Iterator[Row]:
        """The rows, with labels that were broken over lines in one piece, and numbers behind the label above them."""
        left = list(rows)
        while left:
            row = left.pop(0)
            while len(row) == 1 and left and self._goes_on(row, left):
                row = (row[0] + left[0][0], *left[0][1:]) if not is_number(left[0][0]) else (*row, *left[0])
                left.pop(0)
            while left and len(left[0]) == 1 and _width(row) and self._is_rest(row, left):
                row = (row[0] + left.pop(0)[0], *row[1:])
            yield row

    def _goes_on(self, row: Row, left: Sequence[Row]) -> bool:
        """Whether a label alone goes on in the row behind it."""
        if is_number(left[0][0]):
            return True
        after = left[1] if len(left) > 1 else None
        return self._numbered(row) and not self._numbered(left[0]) and (after is None or self._numbered(after))

    def _is_rest(self, row: Row, left: Sequence[Row]) -> bool:
        """Whether a label alone is the rest of the label of the row before it."""
        after = left[1] if len(left) > 1 else None
        return self._numbered(row) and not self._numbered(left[0]) and (after is None or self._numbered(after))

    def _numbered(self, row: Row) -> bool:
        label = half_width(row[0]).strip()
        return any(re.match(style, label) for style in self.prose.table.styles)


def _width(row: Row) -> int:
    """How many numbers and blanks a row ends with, if any of them is a number."""
    at = len(row)
    while at and (is_number(row[at - 1]) or is_blank(row[at - 1])):
        at -= 1
    return len(row) - at if any(is_number(cell) for cell in row[at:]) else 0


def row_of(line: str) -> tuple[str, ...]:
    """The cells of a line that is a row of a table, () where it is none."""
    if ENDS.search(line) and not re.search(r"[|｜\t]", line):
        return ()
    line = _LABELLED.sub(r"\1 \2", line)
    text = line.rstrip("\n\r ").lstrip(" ") if "\t" not in line else line.rstrip("\n\r ")
    cells: Sequence[str] = ()
    if len(_BAR.findall(text)) > 1 or (_BAR.search(text) and not text.rstrip().endswith(("|", "｜"))):
        cells = _BAR.split(re.sub(r"[|｜]+\s*$", "", text.removeprefix("|")))
    elif _GAP.search(text.strip("\u3000 ")):
        first = len(text) - len(text.lstrip("　 "))
        cells = _GAP.split(text[first:])
        cells[0] = text[:first] + cells[0]
    else:
        cells = _numbers_behind(text.split())
    cells = tuple(cell.strip() if n else cell.rstrip() for n, cell in enumerate(cells))
    short = all(len(cell) <= LONG_CELL and not re.search(r"[。！!？?]", cell) for cell in cells)
    said = len([cell for cell in cells if cell])
    return cells if short and (said > 1 or (said and len(cells) > 1 and re.search(r"[\t|｜│┃]", text))) else ()


def _numbers_behind(words: Sequence[str]) -> Sequence[str]:
    """The label and the numbers of a line that ends in two numbers at least; a line of numbers alone has three."""
    at = len(words)
    while at and (is_number(words[at - 1]) or is_blank(words[at - 1])):
        at -= 1
    numbers = words[at:] if any(map(is_number, words[at:])) else []
    if len(numbers) == 1 and at > 1 and words[at - 1] in prose().units:
        return [" ".join(words[: at - 1]), *words[at - 1 :]]  # 政策法规类 条 301
    if len(numbers) > (1 if at else 2):
        return [*_labels(words[:at]), *numbers]
    return ()


def _labels(words: Sequence[str]) -> list[str]:
    """The labels of a line: one, and another where a numbering begins (三、办理结果 （一）予以公开)."""
    found: list[str] = []
    for word in words:
        if found and not any(re.match(style, half_width(word)) for style in prose().table.styles):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def _apart(line: str, sign: str) -> list[str]:
    """The cells of a line between commas; a line that is longer than any row of a table is one."""
    if len(line) > LONGEST_ROW:
        return [line]
    return _OUTSIDE.sub("\0", line).split("\0") if sign == COMMAS[0] else line.split(sign)


def parted(lines: Sequence[str]) -> list[str]:
    """The lines, with tabs for the commas by which the cells of a table are parted: rows of numbers show that."""
    for sign in COMMAS:
        cells = [_apart(line, sign) for line in lines]
        rows = [
            n for n, row in enumerate(cells) if _ends_in_numbers(row) > 1 and not re.search(r"[。！!？?；;]", lines[n])
        ]
        even = Counter(len(cells[n]) for n in rows)
        if len(rows) < _MANY or (sign != COMMAS[0] and max(even.values()) < len(rows)):
            continue
        found = list(lines)
        below = False
        for n in range(len(lines) - 1, -1, -1):
            row = [cell.strip() for cell in cells[n]]
            plain = len(row) > 1 and all(len(cell) <= LONG_CELL for cell in row) and not ENDS.search(lines[n])
            head = below and not any(map(is_number, row)) and all(len(cell) <= 2 * _SHORT for cell in row)
            below = n in rows or (plain and (head or _ends_in_numbers(row) == 1 < _MANY <= len(rows))) or (
                below and not lines[n].strip()
            )  # fmt: skip
            found[n] = "\t".join(row) if below and len(row) > 1 else lines[n]
        return found
    return list(lines)


def _ends_in_numbers(row: Sequence[str]) -> int:
    """How many numbers and blanks a row ends with, behind a label; 0 where the label is none."""
    width = _width(tuple(cell.strip() for cell in row))
    return width if 0 < width < len(row) and not re.search(r"\d$", row[-width - 1]) else 0


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are a table: they have numbers."""
    numbers = sum(is_number(cell) for row in rows for cell in row)
    return numbers > 0 if len(rows) > 1 else numbers > 2
