"""What a file is, by its bytes; a name only claims something."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Literal

from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import damage_told, directory, listing
from pipeline.intake.containers.decode import decoded

Container = Literal["xlsx", "xlsb", "ods", "fods", "xls", "html", "csv", "zip"]

# Findings: cannot be opened, no table, an archive, a mail or its attachments as Outlook alone packs them.
FOREIGN, DOCUMENT, PACKED, OUTLOOK = "E-FIL-02", "E-FIL-04", "E-FIL-06", "E-FIL-09"

APPLE = "是苹果 Numbers（或 Pages、Keynote）文件"
_OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")  # an .xls of Excel 2 to 4, without a container
_OTHER = (
    (b"%PDF", DOCUMENT, "是 PDF 文件"),
    (b"\x89PNG", DOCUMENT, "是一张图片"),
    (b"\xff\xd8\xff", DOCUMENT, "是一张图片"),
    (b"BM", DOCUMENT, "是一张图片"),
    (b"{\\rtf", DOCUMENT, "是 Word（RTF）文档"),
    (b"Rar!", PACKED, "是 RAR 压缩包"),
    (b"7z\xbc\xaf", PACKED, "是 7z 压缩包"),
    (b"\x1f\x8b", PACKED, "是 gz 压缩包"),
    (b"\x78\x9f\x3e\x22", OUTLOOK, "是 Outlook 打包的附件（winmail.dat）"),
    (b"MZ", DOCUMENT, "是一个程序，没有打开"),
)


def container_of(data: bytes, name: str) -> Container:
    """What ``data`` is. Raises Unreadable, with the cause, where it is nothing that can be read as a table."""
    if not data:
        raise Unreadable("是空的（0 字节）")
    if data.startswith(ZIP):
        with damage_told():
            return zipped_as([part.filename for part in listing(data)], lambda name: head_of(directory(data), name))
    if data.startswith(_OLE):
        return _ole(data, name)
    if data.startswith(_BIFF):
        return "xls"
    for magic, kind, reason in _OTHER:
        if data.startswith(magic):
            raise Unreadable(reason, kind)
    return _text(data)


def zipped_as(listed: Sequence[str], head: Callable[[str], bytes]) -> Container:
    """What a zip is, by the names in it and the ``head`` of one; "zip" where it is no document.

    Raises Unreadable as container_of does.
    """
    names = set(listed)
    if any(name.endswith((".iwa", "Index.zip", "buildVersionHistory.plist")) for name in names):
        raise Unreadable(APPLE, FOREIGN)
    plain = {name.replace("\\", "/").removeprefix("./").lower() for name in names}
    if any(name.startswith("xl/workbook") and name.endswith(".xml") for name in plain):
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "mimetype" in names and b"spreadsheet" in head("mimetype"):
        return "ods"
    if any(name.startswith("word/") for name in names):
        raise Unreadable("是 Word 文档", DOCUMENT)
    if names & {"[Content_Types].xml", "mimetype"}:
        raise Unreadable("不是 Excel 工作簿")
    return "zip"


def head_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a part."""
    with archive.open(name) as part:
        return part.read(200)


def _ole(data: bytes, name: str) -> Container:
    """An old container: an .xls, or what else is kept in it."""
    import olefile

    with damage_told(), olefile.OleFileIO(io.BytesIO(data)) as old:
        streams = {"/".join(path).lower() for path in old.listdir()}
    if "encryptedpackage" in streams:
        raise Unreadable("加了打开密码", FOREIGN)
    if streams & {"workbook", "book"}:
        return "xls"
    if any(stream.startswith("__properties_version") for stream in streams):
        raise Unreadable("是 Outlook 存的邮件，名称不以 .msg 结尾", OUTLOOK)
    if "worddocument" in streams:
        raise Unreadable("是 Word 文档", DOCUMENT)
    called = "是 WPS 的 .et 格式" if name.lower().endswith((".et", ".ett")) else "是 WPS 的 .et 格式或别的旧格式"
    raise Unreadable(called, FOREIGN)


def _text(data: bytes) -> Container:
    text = decoded(data)
    if text is None:
        raise Unreadable("不是 Excel 工作簿")
    start = text[:4096].lower()
    if "mime-version:" in start:
        raise Unreadable("是“单个文件网页”（mht）格式", FOREIGN)
    if "<?mso-application" in start or "urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise Unreadable("是“XML 表格”格式", FOREIGN)
    if "<office:document" in start:
        if ".spreadsheet" not in start:
            raise Unreadable("是 LibreOffice 的“平面 XML”格式，不是表格", DOCUMENT)
        return "fods"
    if "<table" in text.lower() and "<" in start:
        return "html"
    if any(mark in text for mark in (",", "\t", ";")):
        return "csv"
    raise Unreadable("不是 Excel 工作簿")
