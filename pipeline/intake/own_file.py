"""The workbooks that the office itself keeps at the top of the inbox: one header row, one row a thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.intake.book import Book, Unreadable
from pipeline.intake.bounds import BEYOND, MOST_BYTES, damage_told
from pipeline.intake.cells import text_of
from pipeline.intake.children import in_children
from pipeline.intake.containers import read_book
from pipeline.intake.containers.sniff import container_of
from pipeline.judge import last_year
from pipeline.values import printed, ruling_sheet, rulings
from pipeline.values.files import sha256
from pipeline.values.findings import Finding, Place, tell

# By file the ways in which its columns may be headed, today's first.
HEADINGS: Mapping[str, Sequence[Sequence[str]]] = {
    rulings.RULINGS: (ruling_sheet.COLUMNS, rulings.HEADINGS),
    printed.PRINTED: (printed.HEADINGS,),
    last_year.LAST_YEAR: (tuple(last_year.HEADINGS),),
}
TOP = 10  # rows among which the headings are looked for
_NO_WORKBOOK = {"csv": "是文本（CSV），不是工作簿", "html": "是网页，不是工作簿", "zip": "是压缩包，不是工作簿"}


class OwnRow:
    """One row: its cells by their heading."""

    def __init__(self, sheet: str, number: int, cells: Sequence[object], at: Mapping[str, int]) -> None:
        self.sheet = sheet
        self.number = number  # as the spreadsheet counts, from 1
        self._cells, self._at = cells, at

    def has(self, heading: str) -> bool:
        """Whether there is such a column."""
        return heading in self._at

    def raw(self, heading: str) -> object:
        """What stands in the cell; "" where nothing does."""
        return self._cells[self._at[heading]] if self._at[heading] < len(self._cells) else ""

    def text(self, heading: str) -> str:
        """The cell as text."""
        return text_of(self.raw(heading))

    def cell(self, heading: str) -> str:
        """The cell's address."""
        return str(xl_rowcol_to_cell(self.number - 1, self._at[heading]))


@dataclass(frozen=True)
class OwnFile:
    """One of them: the rows below its headings that are not empty; none where there is no such file.

    ``wrong`` is a sentence that says why it cannot be used, ``line`` the row that it is about.
    """

    path: Path
    rows: tuple[OwnRow, ...] = ()
    sha256: str = ""
    wrong: str = ""
    line: int | None = None

    def unused(self, period: str, without: str) -> list[Finding]:
        """That the run did without it, and without what; nothing where it can be used."""
        if not self.wrong:
            return []
        where = f"第 {self.line} 行：" if self.line else ""
        facts = {"name": self.path.name, "wrong": where + self.wrong.removesuffix("。"), "without": without}
        return [tell("W-FIL-01", Place("", period, self.path.name), value=self.sha256, **facts)]


def read_own_files(inbox: Path, workers: int) -> dict[str, OwnFile]:
    """The office's own workbooks by name, read within the bounds of any other; what is wrong with one is told in it."""
    paths = {name: inbox / name for name in HEADINGS}
    there = [path for path in paths.values() if path.exists()]
    read = [done.result for done in in_children(read_own, there, workers, _lost)]
    return {name: OwnFile(path) for name, path in paths.items()} | {file.path.name: file for file in read}


def read_own(path: Path) -> OwnFile:
    """One of them. Titles may stand above its headings."""
    digest = ""
    try:
        data = _content(path)
        digest = sha256(data)
        return _rows(path, _workbook(data, path.name), digest)
    except Unreadable as error:
        wrong = f"文件{error}，请用 Excel 打开，另存为“Excel 工作簿（.xlsx）”后放回收件夹。"
        return OwnFile(path, sha256=digest, wrong=wrong)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"读不了（{error.strerror}）") from None
    if len(data) > MOST_BYTES:
        raise Unreadable("太大", BEYOND)
    return data


def _workbook(data: bytes, name: str) -> Book:
    """The workbook, which is one: what else may hold a table is not obeyed under its name."""
    with damage_told():
        container = container_of(data, name)
    if container in _NO_WORKBOOK:
        raise Unreadable(_NO_WORKBOOK[container])
    return read_book(data, name)


def _rows(path: Path, book: Book, digest: str) -> OwnFile:
    headings, (sheet, head, rows), heads, lacking = min(
        (_way(book, headings) for headings in HEADINGS[path.name]), key=lambda way: len(way.lacking) / len(way.headings)
    )
    if lacking:
        wrong = f"缺少“{lacking[0]}”栏，应有：{'、'.join(headings)}。"
        return OwnFile(path, sha256=digest, wrong=wrong, line=head + 1)
    at = {heading: heads.index(heading) for heading in headings}
    below = ((n, row[: len(heads)]) for n, row in enumerate(rows[head + 1 :], head + 2))
    return OwnFile(path, tuple(OwnRow(sheet, n, row, at) for n, row in below if any(map(text_of, row))), digest)


class _Way(NamedTuple):
    """A way of heading the columns, the sheet and row that have most of it, that row, and what it lacks."""

    headings: Sequence[str]
    at: tuple[str, int, Sequence[Sequence[object]]]
    heads: list[str]
    lacking: list[str]


def _way(book: Book, headings: Sequence[str]) -> _Way:
    sheet, head, rows = _headed(book.sheets, headings)
    heads = [text_of(cell) for cell in rows[head]] if rows else []
    return _Way(headings, (sheet, head, rows), heads, [heading for heading in headings if heading not in heads])


def _headed(
    sheets: Mapping[str, Sequence[Sequence[object]]], headings: Sequence[str]
) -> tuple[str, int, Sequence[Sequence[object]]]:
    """The sheet, and the row in it, that has most of the headings (of equals the first), with the sheet's rows."""
    wanted = set(headings)
    found = [(name, n, rows) for name, rows in sheets.items() for n in range(max(1, min(len(rows), TOP)))]
    if not found:
        raise Unreadable("里面没有工作表")
    return max(found, key=lambda at: len(wanted & set(map(text_of, at[2][at[1]]))) if at[2] else 0)


def _lost(path: Path) -> OwnFile:
    return OwnFile(path, wrong="文件太大、太慢或者损坏，请把有用的行抄到新的工作簿里，放回收件夹。")
