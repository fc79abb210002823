"""The text of a finished report: a Word document or a plain text, as paragraphs and rows of tables."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.proof.figure import Paragraph
from pipeline.values.numerals import certain, half_width
from schemas.mistake import CannotRun

if TYPE_CHECKING:
    from docx.table import Table

MOST = 64 * 1024 * 1024  # bytes of a report, unpacked
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_GONE = {"del", "moveFrom", "Fallback", "txbxContent"}  # deleted, moved away, said twice, beside the text
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


def paragraphs_of(path: Path, units: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs of a report, and each row of a table that has one number, as a sentence of its own.

    What a colleague's tracked change put in is read, what it took out is not. Raises CannotRun where the file is
    neither, cannot be read or says nothing.
    """
    kinds = {".docx": _of_word, ".txt": _of_text}
    if path.suffix.lower() not in kinds:
        raise CannotRun(f"“{path.name}”不是 .docx 或 .txt 文件。请在 Word 或 WPS 里另存为 .docx 再试。")
    if not path.is_file():
        raise CannotRun(f"找不到文件“{path}”，请检查文件名和文件夹。")
    paragraphs = tuple(kinds[path.suffix.lower()](path, units))
    if not paragraphs:
        raise CannotRun(f"“{path.name}”里没有文字，请检查是不是选错了文件。")
    return paragraphs


def _of_text(path: Path, _units: tuple[str, ...]) -> Iterator[Paragraph]:
    if path.stat().st_size > MOST:
        raise CannotRun(f"“{path.name}”太大，不像一份年度报告，没有读。")
    text = _decoded(path)
    lines = (_UNSEEN.sub("", line) for line in text.splitlines())
    for number, line in enumerate((line for line in lines if line.strip()), start=1):
        yield Paragraph(number, line, f"第{number}段")


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CannotRun(f"“{path.name}”读不出文字。请用记事本打开，另存为 UTF-8 编码的文本文件再试。")


def _of_word(path: Path, units: tuple[str, ...]) -> Iterator[Paragraph]:
    from docx.table import Table

    number = paragraphs = tables = 0
    for block in _blocks(path):
        if isinstance(block, Table):
            tables += 1
            for row, text in _rows(block, units):
                number += 1
                yield Paragraph(number, text, f"表格{tables}第{row}行")
        elif (text := _text(block._p)).strip():  # noqa: SLF001  # python-docx has no other way to the changes
            number, paragraphs = number + 1, paragraphs + 1
            yield Paragraph(number, text, f"第{paragraphs}段")


def _blocks(path: Path) -> Iterator[Any]:
    """The paragraphs and tables of a Word document in order."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST:
                raise CannotRun(f"“{path.name}”太大，不像一份年度报告，没有读。")
        document = docx.Document(str(path))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        if isinstance(error, CannotRun):
            raise
        raise CannotRun(
            f"“{path.name}”不是完好的 Word 文档。请用 Word 或 WPS 打开，另存为 .docx（不设密码）再试。"
        ) from None
    yield from document.iter_inner_content()


def _text(element: Any) -> str:
    """The words of an element as they stand when every tracked change is accepted."""
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    if name in _GONE or not name:
        return ""
    if name == "t":
        return _UNSEEN.sub("", element.text or "")
    if name in {"tab", "br", "cr"}:
        return " "
    return "".join(_text(child) for child in element)


def _rows(table: "Table", units: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Each row that says something: with one number and a unit as “label number unit”, else its cells in a row."""
    heads: list[str] = []
    for n, row in enumerate(table.rows, start=1):
        once = dict.fromkeys(cell._tc for cell in row.cells)  # noqa: SLF001  # merged cells come several times
        cells = [half_width(_text(cell)).strip() for cell in once]
        heads = heads or cells
        numbers = [(at, certain(cell)) for at, cell in enumerate(cells) if certain(cell)]
        unit = next((cell for cell in cells if cell in units), "")
        if len(numbers) == 1:
            at, number = numbers[0]
            found = _IN_BRACKETS.search(heads[at]) if at < len(heads) else None
            unit = unit or (found[1] if found and found[1] in units else "")
            label = "".join(cell for cell in cells[:at] if cell != unit)
            yield n, f"{label} {number}{unit}"
        elif any(cells):
            yield n, "  ".join(cells)
