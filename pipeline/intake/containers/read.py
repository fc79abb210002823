"""From bytes to a Book."""

from collections.abc import Callable
from dataclasses import replace

from pipeline.intake.book import Book, Unreadable
from pipeline.intake.bounds import BEYOND, DAMAGED, MOST_BYTES, damage_told
from pipeline.intake.containers.csv_text import read_csv_text
from pipeline.intake.containers.ods import read_fods, read_ods
from pipeline.intake.containers.ooxml import read_ooxml
from pipeline.intake.containers.sniff import FOREIGN, PACKED, Container, container_of
from pipeline.intake.containers.web import read_web
from pipeline.intake.containers.xls import read_xls
from pipeline.intake.containers.xlsb import read_xlsb

_READ: dict[Container, Callable[[bytes], Book]] = {
    "xlsx": read_ooxml,
    "xlsb": read_xlsb,
    "ods": read_ods,
    "fods": read_fods,
    "xls": read_xls,
    "html": read_web,
    "csv": read_csv_text,
}
_OF_WPS = (".et", ".ett")  # mostly as an .xls, and else known to WPS alone
_CALLED = {
    "xlsb": " .xlsb 格式",
    "ods": " .ods 格式",
    "fods": " .fods 格式",
    "xls": "旧格式（.xls）",
    "html": "网页",
    "csv": "文本（CSV）",
}
_SUFFIXES = {
    "xlsx": {"xlsx", "xlsm", "xltx", "xltm"},
    "xls": {"xls", "xlt", "et", "ett"},
    "csv": {"csv", "txt"},
    "html": {"html", "htm"},
}


def read_book(data: bytes, name: str) -> Book:
    """The workbook in ``data``, whatever ``name`` claims. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable("太大，不像一份报表", BEYOND)
    try:
        container, book = _read(data, name)
    except Unreadable as error:
        if str(error) == DAMAGED and name.lower().endswith(_OF_WPS):
            raise Unreadable("是 WPS 的 .et 格式", FOREIGN) from error
        raise
    return replace(book, said=(*_claims(container, name), *book.said))


def _read(data: bytes, name: str) -> tuple[Container, Book]:
    with damage_told():
        container = container_of(data, name)
        if container == "zip":
            raise Unreadable("是压缩包里的压缩包", PACKED)
        return container, _READ[container](data)


def _claims(container: Container, name: str) -> tuple[str, ...]:
    """What to say where a file is not what a return should be, or not what its name claims."""
    stem, _, suffix = name.rpartition("/")[2].lower().rpartition(".")
    called = _CALLED.get(container, "Excel 工作簿（.xlsx）")
    if not stem:
        return (f"文件名没有后缀，实际是{called}",)
    if suffix not in _SUFFIXES.get(container, {container}):
        return (f"文件名是 .{suffix}，实际是{called}",)
    return (f"文件是{called}",) if container in _CALLED else ()
