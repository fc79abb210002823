"""A list that the office keeps: one row a thing, in a workbook or as CSV, by the names of its columns or their titles.

In a workbook a value is what the sheet shows, however Excel keeps it: a code typed as a number, a month made a date.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from warnings import catch_warnings

from pydantic import ValidationError

from schemas.mistake import Mistake, SheetRow, nearest
from schemas.reading import Frozen, Model, read_text, telling, what_is_wrong

CSV, XLSX = ".csv", ".xlsx"
_UNREAD = {".xls", ".xlsm", ".xlsb", ".et", ".ods"}  # workbooks that a list may be saved as by mistake
EXACT = 10**15  # from here on a spreadsheet keeps only the first digits of a number
_MONTH = re.compile(r"(\d{4})(?:[-/年](\d{1,2})|\.(\d{2})|(\d{2}))月?(?:份)?")
_DAY = re.compile(r"(\d{4})(?:[-/年.](\d{1,2})[-/月.](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]0{1,2}:00(?::00)?)?")


class Line(NamedTuple):
    """One row of a list: where it stands, and its cells as text."""

    at: int
    cells: Sequence[str]


class ListName(NamedTuple):
    """What a list may be called: the CSV file, and the workbook in the office's own language."""

    csv: str
    xlsx: str

    def path(self, folder: Path, *, workbooks: bool = False) -> Path:
        """The one file of this list in the folder; where there is none, where it would be. Raises Mistake."""
        names = dict.fromkeys((self.csv, Path(self.csv).stem + XLSX, self.xlsx))
        there = [folder / name for name in names if (folder / name).exists()]
        if len(there) > 1:
            told = f"和 {there[1].name} 是同一份名单，不知道以哪一份为准。请只留一份，另一份移出文件夹“{folder.name}”。"
            raise Mistake(there[0], None, told)
        stems = {Path(name).stem for name in names}
        other = next((p for p in sorted(folder.glob("*")) if p.stem in stems and p.suffix.lower() in _UNREAD), None)
        if other and not there:
            raise Mistake(other, None, f"读不了 {other.suffix} 文件，请用 Excel 或 WPS 另存为 {other.stem}{XLSX}。")
        return there[0] if there else folder / (self.xlsx if workbooks else self.csv)


def one_file(path: Path) -> Path:
    """A list's file, which has no twin of the other kind beside it. Raises Mistake."""
    return ListName(path.with_suffix(CSV).name, path.with_suffix(XLSX).name).path(path.parent) if _kind(path) else path


def _kind(path: Path) -> str:
    return path.suffix if path.exists() and path.suffix in {CSV, XLSX} else ""


def read_list(path: Path, model: type[Model]) -> Iterator[tuple[int, Model]]:
    """The rows of a list as values of ``model``, each with its line; blank cells fall back to the default.

    Raises Mistake with the line, in a workbook with sheet and row.
    """
    lines = _of_workbook(path, model) if path.suffix.lower() == XLSX else _of_csv(path)
    head = next(lines, None)
    if head is None:
        return
    columns = _columns(path, head, model)
    for line in lines:
        beyond = [cell for cell in line.cells[len(head.cells) :] if cell]
        if beyond:
            told = "名称里有逗号的，请改用顿号" if path.suffix == CSV else f"“{beyond[0]}”在哪一栏，请写上表头，或删去"
            raise Mistake(path, line.at, f"这一行比表头多出几格。{told}。")
        filled = {key: cell for key, cell in zip(columns, line.cells, strict=False) if key and cell}
        try:
            yield line.at, model.model_validate(filled)
        except ValidationError as error:
            called = _called(columns, head, model)
            raise Mistake(path, line.at, what_is_wrong(telling(error), model, called)) from None


def cells_in(path: Path) -> list[list[str]]:
    """The rows of a list that is not ours: of a workbook's first sheet, or of CSV. Raises Mistake."""
    lines = _rows(path, _sheets(path)[0]) if path.suffix.lower() == XLSX else _of_csv(path)
    return [list(line.cells) for line in lines]


def _columns(path: Path, head: Line, model: type[Frozen]) -> list[str]:
    """The key of each column; "" where it has no head."""
    titles = {field.title: key for key, field in model.model_fields.items() if field.title}
    keys = [name if name in model.model_fields else titles.get(name, "") for name in head.cells]
    for name, key in zip(head.cells, keys, strict=True):
        if name and not key:
            known = titles if set(head.cells) & set(titles) else model.model_fields
            raise Mistake(path, head.at, f"不认识的列“{name}”，{nearest(name, known)}。")
        if key and keys.count(key) > 1:
            raise Mistake(path, head.at, f"“{name}”这一列写了两次，请删去一列。")
    return keys


def _called(columns: Sequence[str], head: Line, model: type[Frozen]) -> Mapping[str, str]:
    """What the file calls each column, those that it lacks in the language of the others."""
    own = {key: name for key, name in zip(columns, head.cells, strict=True) if key}
    if all(key == name for key, name in own.items()):
        return own
    return {key: field.title or key for key, field in model.model_fields.items()} | own


def _of_csv(path: Path) -> Iterator[Line]:
    """The lines of a CSV file that are not empty."""
    reader = csv.reader(io.StringIO(read_text(path)))
    for cells in reader:
        if cells:
            yield Line(reader.line_num, [cell.strip() for cell in cells])


def _of_workbook(path: Path, model: type[Frozen]) -> Iterator[Line]:
    """The rows of a workbook's first sheet that are not empty. Raises Mistake where another is such a list too."""
    first, *others = _sheets(path)
    for other in others:
        head = next(_rows(path, other), Line(0, ()))
        if len(_known(head.cells, model)) > 1:
            told = f"和第一张表“{first.title}”一样是名单，只读第一张。请并到第一张里，再删去这一张"
            raise Mistake(path, head.at, f"{told}；不是名单的，把表头改成别的写法。")
    yield from _rows(path, first)


def _known(names: Sequence[str], model: type[Frozen]) -> set[str]:
    """The columns of the list among these names."""
    return set(names) & {name for key, field in model.model_fields.items() for name in (key, field.title)}


def _sheets(path: Path) -> list[Any]:
    """The sheets of a workbook that can be seen. Raises Mistake where it is none."""
    from zipfile import BadZipFile

    from openpyxl import load_workbook

    try:
        with catch_warnings(action="ignore"):  # what openpyxl does not keep of a workbook is no matter here
            book = load_workbook(path, data_only=True)
    except FileNotFoundError:
        raise Mistake(path, None, f"找不到这个文件，请检查文件夹“{path.parent.name}”。") from None
    except (BadZipFile, KeyError, ValueError, SyntaxError):  # what reads XML calls what is none a syntax error
        raise Mistake(path, None, "打不开，不是完好的 .xlsx 工作簿。请用 Excel 或 WPS 另存为 .xlsx 后再试。") from None
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets


def _rows(path: Path, sheet: Any) -> Iterator[Line]:
    """The rows of a sheet that are not empty, without what is empty at their ends."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        at = SheetRow(number, sheet.title)
        cells = [_text(path, at, cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield Line(at, cells)


def _text(path: Path, at: int, cell: Any) -> str:
    """What a cell shows."""
    value = cell.value
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, bool) or cell.data_type == "e":
        raise Mistake(path, at, f"{cell.coordinate} 显示的是 {value}，不是文字。请改成要写的内容。")
    if not isinstance(value, int | float):
        return str("" if value is None else value).strip()
    if abs(value) >= EXACT:
        told = "位数太多，Excel 只记得前 15 位。请先把这一列设成“文本”，再重新填写"
        raise Mistake(path, at, f"{cell.coordinate} 的数字{told}。")
    whole = str(int(value)) if value == int(value) else repr(value)
    zeros = re.fullmatch("0+", cell.number_format or "")
    return whole.zfill(len(zeros[0])) if zeros else whole


def as_month(written: str) -> str:
    """A month as people and spreadsheets write it, or by its first day, as 2012-07; what is none stays as it is."""
    day = as_day(written)
    if day != written or re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return day[:7] if day.endswith("-01") else written
    found = _MONTH.fullmatch(written.strip())
    month = int(found[2] or found[3] or found[4]) if found else 0
    return f"{found[1]}-{month:02d}" if found and 1 <= month <= 12 else written


def as_day(written: str) -> str:
    """A day as people and spreadsheets write it, as 2012-10-01; what is none stays as it is."""
    found = _DAY.fullmatch(written.strip())
    return f"{found[1]}-{int(found[2] or found[4]):02d}-{int(found[3] or found[5]):02d}" if found else written
