"""Files that are no return and come among them all the same: at least 150, made here or lent by packages."""

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import openpyxl
import xlsxwriter

from tests.drift.biff import encrypted_xls
from tests.drift.parts import zipped
from tests.pipeline.drifting import compound

LENT_BY = ("pandas", "openpyxl", "xlsxwriter", "docx", "docxtpl", "python_calamine", "xlrd")
SUFFIXES = ("xlsx", "xls", "et", "ods", "csv")
_LENT = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".docx", ".csv", ".html", ".htm", ".zip", ".txt", ".pdf"}
_BIFF = {"2": b"\x09\x00\x04\x00\x02\x00\x10\x00", "3": b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00", "4": b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00"}  # fmt: skip

Fill = Callable[[xlsxwriter.Workbook], object]


def strangers() -> Iterator[tuple[str, bytes]]:
    """Every file by a name of its own."""
    made = {**_workbooks(), **_others()}
    for name, data in made.items():
        yield from ((f"{name}.{suffix}", data) for suffix in SUFFIXES)
    yield from _lent()


def _lent() -> Iterator[tuple[str, bytes]]:
    """What installed packages carry."""
    for package in LENT_BY:
        spec = find_spec(package)
        folder = Path(spec.origin).parent if spec and spec.origin else Path("nowhere")
        for n, path in enumerate(sorted(folder.rglob("*"))):
            if path.suffix.lower() in _LENT and path.is_file() and path.stat().st_size:
                yield f"{package}{n}_{path.name}", path.read_bytes()


def _workbooks() -> dict[str, bytes]:
    fills: dict[str, Fill] = {
        "空表": lambda book: book.add_worksheet(),
        "六万行": lambda book: [sheet := book.add_worksheet()] and [sheet.write(n, 0, n) for n in range(65_536)],
        "图表": _chart,
        "图表工作表": lambda book: (book.add_worksheet().write(0, 0, 1), book.add_chartsheet()),
        "透视": lambda book: book.add_worksheet("Pivot").add_table("A1:C9"),
        "隐藏": lambda book: (book.add_worksheet("a"), book.add_worksheet("b").hide()),
        "公式": lambda book: book.add_worksheet().write_formula("A1", "=1/0", None, "#DIV/0!"),
        "日期": lambda book: book.add_worksheet().write(0, 0, 40909, book.add_format({"num_format": "yyyy"})),
        "很宽": lambda book: book.add_worksheet().write(0, 16_383, 1),
        "很长的文字": lambda book: book.add_worksheet().write(0, 0, "字" * 32_000),
        "条件格式": lambda book: book.add_worksheet().conditional_format("A1:B9", {"type": "3_color_scale"}),
        "批注": lambda book: book.add_worksheet().write_comment("A1", "x"),
        "文本框": lambda book: book.add_worksheet().insert_textbox("A1", "26"),
    }
    made: dict[str, bytes] = {}
    for name, fill in fills.items():
        memory = io.BytesIO()
        with xlsxwriter.Workbook(memory) as book:
            fill(book)
        made[name] = memory.getvalue()
    memory = io.BytesIO()
    openpyxl.Workbook().save(memory)
    return made | {"openpyxl": memory.getvalue(), "宏": _with_part(made["公式"], "xl/vbaProject.bin")}


def _chart(book: xlsxwriter.Workbook) -> None:
    sheet, chart = book.add_worksheet(), book.add_chart({"type": "column"})
    sheet.write_column(0, 0, (1, 2, 3))
    chart.add_series({"values": "=Sheet1!$A$1:$A$3"})
    sheet.insert_chart("C1", chart)


def _with_part(data: bytes, name: str) -> bytes:
    memory = io.BytesIO(data)
    with zipfile.ZipFile(memory, "a") as archive:
        archive.writestr(name, b"\0")
    return memory.getvalue()


def _others() -> dict[str, bytes]:
    """What is no workbook, or none that can be opened."""
    return {
        "加密": compound(EncryptionInfo=b"x", EncryptedPackage=b"x"),
        "加密的旧表": encrypted_xls(),
        "旧文档": compound(WordDocument=b"x"),
        "坏的旧表": compound(Workbook=b"\x09\x08"),
        "文稿": zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}),
        "演示": zipped({"[Content_Types].xml": b"<Types/>", "ppt/a.xml": b"<a/>"}),
        "版式": b"%PDF-1.4\n%",
        "图片": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "照片": b"\xff\xd8\xff\xe0" + bytes(64),
        "位图": b"BM" + bytes(64),
        "动图": b"GIF89a" + bytes(64),
        "压缩": gzip.compress(b"x", mtime=0),
        "包": b"Rar!\x1a\x07\x01\x00",
        "程序": b"MZ\x90\x00" + bytes(64),
        "文字": "关于报送月报的通知".encode(),
        "表格文字": "姓名,电话\r\n张三,6221234\r\n".encode("gb18030"),
        "网页": b"<html><table><tr><td>1</td></tr></table></html>",
        "单文件网页": b"MIME-Version: 1.0\r\n\r\n<table>",
        "乱码": bytes(range(256)) * 9,
        "半个": zipped({"xl/workbook.xml": b"<workbook/>"})[:60],
        **{f"旧表{version}": head + b"\x0a\x00\x00\x00" for version, head in _BIFF.items()},
    }
