"""The files a report comes in: Word, web page, PDF with text, plain text; each as lines and tables in order."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemas.mistake import CannotRun
from schemas.proof import prose

if TYPE_CHECKING:
    from docx.table import Table

MOST = 64 * 1024 * 1024  # bytes of a report, unpacked
WIDEST = 200  # columns of a table
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_GONE = {"del", "moveFrom", "Fallback", "txbxContent"}  # deleted, moved away, said twice, beside the text
_NOT_SHOWN = {"script", "style", "head", "template", "noscript"}
_BREAKS = {
    "p",
    "div",
    "br",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "section",
    "article",
    "ul",
    "ol",
    "dd",
    "dt",
}

Rows = tuple[tuple[str, ...], ...]
Piece = str | Rows  # a line of text, or a table


def pieces_of(path: Path) -> tuple[Piece, ...]:
    """What a report's file says, in order. Raises CannotRun where it cannot be read or says nothing."""
    if not path.is_file():
        raise CannotRun(f"找不到文件“{path}”，请检查文件名和文件夹。")
    kind = path.suffix.lower()
    if kind not in _KINDS:
        raise CannotRun(f"“{path.name}”这种文件读不了。{_ADVICE.get(kind, _ADVICE[''])}")
    if path.stat().st_size > MOST:
        raise CannotRun(f"“{path.name}”太大，不像一份年度报告，没有读。")
    pieces = tuple(_KINDS[kind](path))
    if not any(piece.strip() if isinstance(piece, str) else piece for piece in pieces):
        raise CannotRun(f"“{path.name}”里没有文字，请检查是不是选错了文件。")
    return pieces


def _of_text(path: Path) -> Iterator[Piece]:
    yield from (_UNSEEN.sub("", line) for line in _decoded(path).splitlines())


def _decoded(path: Path) -> str:
    """The text in the encoding in which it makes the most sense: Big5 can be read as GB18030, and is nonsense then."""
    data = path.read_bytes()
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    able = []
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            able.append(text)
        if encoding == "utf-8-sig" and able:
            break
    if not able:
        raise CannotRun(f"“{path.name}”读不出文字。请用记事本打开，另存为 UTF-8 编码的文本文件再试。")
    return max(able, key=_sense)


def _sense(text: str) -> int:
    """How many of the letters are those of words that reports are made of."""
    return sum(sign in prose().letters for sign in text[:20_000].translate(prose().simple))


def _of_word(path: Path) -> Iterator[Piece]:
    from docx.table import Table

    for block in _blocks(path):
        if isinstance(block, Table):
            yield _rows(block)
        else:
            yield from _text(block._p).splitlines() or [""]  # noqa: SLF001  # python-docx has no other way to the changes


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
        return "\t" if name == "tab" else "\n"
    return "".join(_text(child) for child in element)


def _rows(table: "Table") -> Rows:
    """The cells of a table, each with the words of the cell that is seen there."""
    return tuple(
        tuple(" ".join(_text(cell._tc).split()) for cell in row.cells[:WIDEST])  # noqa: SLF001  # see above
        for row in table.rows
    )


def _of_page(path: Path) -> Iterator[Piece]:
    from lxml import html

    parser = html.HTMLParser(recover=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(_without_declaration(_page_text(path)), parser=parser)
    except (ValueError, html.etree.ParserError):
        raise CannotRun(f"“{path.name}”不是完好的网页。请用浏览器打开，复制正文到文本文件（.txt）再试。") from None
    yield from _lines_and_tables(root)


def _page_text(path: Path) -> str:
    head = path.read_bytes()[:4096].decode("ascii", "ignore")
    said = re.search(r"charset=[\"']?([\w-]+)", head)
    try:
        return path.read_bytes().decode(said[1]) if said else _decoded(path)
    except (LookupError, UnicodeDecodeError):
        return _decoded(path)


def _without_declaration(text: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _lines_and_tables(root: Any) -> Iterator[Piece]:
    """The lines of a page and its tables; a table that only lays the page out is read as what stands in it."""
    line: list[str] = []
    for piece in _walked(root):
        if isinstance(piece, str) and piece != "\n":
            line.append(piece)
            continue
        yield " ".join(_UNSEEN.sub("", "".join(line)).split())
        line.clear()
        if not isinstance(piece, str):
            yield piece
    yield " ".join("".join(line).split())


def _walked(element: Any) -> Iterator[Piece]:
    name = element.tag if isinstance(element.tag, str) else ""
    if not name or name in _NOT_SHOWN:
        yield from [element.tail] if element.tail else []
        return
    if name == "table" and not element.xpath(".//table") and len(element.xpath(".//tr")) > 1:
        yield "\n"
        yield _spanned(element)
    else:
        yield from ["\n"] if name in _BREAKS else []
        yield from [element.text] if element.text else []
        for child in element:
            yield from _walked(child)
        yield from ["\n"] if name in _BREAKS else []
    yield from [element.tail] if element.tail else []


def _spanned(table: Any) -> Rows:
    """The cells of a web table, one that spans several said in each of them."""
    rows: list[dict[int, str]] = []
    below: dict[tuple[int, int], str] = {}
    for n, tr in enumerate(table.xpath(".//tr")):
        row: dict[int, str] = {}
        at = 0
        for cell in tr.xpath("./td|./th"):
            while (n, at) in below:
                row[at] = below.pop((n, at))
                at += 1
            words = " ".join("".join(cell.itertext()).split())
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(at, min(at + wide, WIDEST)):
                row[column] = words
                below.update({(n + down, column): words for down in range(1, high)})
            at += wide
        row.update({column: words for (line, column), words in below.items() if line == n})
        rows.append(row)
    width = max((max(row, default=-1) + 1 for row in rows), default=0)
    return tuple(tuple(row.get(column, "") for column in range(width)) for row in rows)


def _span(cell: Any, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), WIDEST) if said.isdigit() else 1


def _of_pdf(path: Path) -> Iterator[Piece]:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = [page.extract_text() for page in PdfReader(path).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, NotImplementedError, RecursionError):
        raise CannotRun(
            f"“{path.name}”不是完好的 PDF，或设了密码。请打开后复制正文到文本文件（.txt），或取它的 Word 原稿再试。"
        ) from None
    if sum(map(len, map(str.strip, pages))) < len(pages) * 10:
        raise CannotRun(f"“{path.name}”里没有文字，像是扫描件。请用它的 Word 原稿（.docx）再试。")
    yield from (_UNSEEN.sub("", line) for page in pages for line in page.splitlines())


_KINDS = {".docx": _of_word, ".txt": _of_text, ".html": _of_page, ".htm": _of_page, ".pdf": _of_pdf}
_ADVICE = {
    "": "请在 Word 或 WPS 里另存为 .docx 再试；也可以是 .txt、.html 或有文字的 .pdf。",
    ".doc": "这是旧版 Word 文档，请在 Word 或 WPS 里打开，另存为 .docx 再试。",
    ".wps": "这是 WPS 自己的格式，请在 WPS 里打开，另存为 .docx 再试。",
    ".ofd": "请用它的 Word 原稿（.docx）再试。",
    **dict.fromkeys((".xls", ".xlsx", ".et"), "这是表格文件，请选年度报告的正文（.docx、.txt、.html 或 .pdf）。"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp"), "图片里的字读不出来，请用 Word 原稿。"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "请先解压，再选其中的年度报告。"),
}
