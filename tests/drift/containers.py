"""What a return comes in, by its bytes and by its name."""

import base64
import html

from tests.drift.biff import as_xlsb, encrypted_xls
from tests.drift.case import Case, refused, written
from tests.drift.grids import BASIC, GIVEN, anew, as_html, as_text, put
from tests.drift.parts import cut, repacked, rewritten, spoilt, zipped
from tests.drift.strange import (
    attributes_single_quoted,
    attributes_turned_round,
    by_openpyxl,
    cells_without_addresses,
    in_utf_16,
    moved,
    names_in_capitals,
    prefixed,
    strict,
    targets_from_the_root,
    with_chart,
)
from tests.pipeline.drifting import compound, styled, with_macros
from tests.pipeline.overtype import ERROR, overtype, together

WHOLE = "市卫生局_2012-01"
PAGE = "网页表格3"
NOTE, LINE, YEAR = "N-FIL-01", "T2.04", "T2.04:year_to_date"
XHTML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def named(name: str, suffix: str, happens, says: str, *more: str, shows=None) -> Case:
    """A clean reading, but for what is said of the container."""
    return Case(name, happens, (NOTE, *more), says, shows or {}, f"{WHOLE}.{suffix}")


def webbed(name: str, cell: str, *told: str, says: str = "文件名是 .xls，实际是网页", reads: int | None = None) -> Case:
    """A web page with this in the cell where 25 stood."""
    shows = {LINE: reads, YEAR: 0 if reads is None else reads}
    page = as_html(cell=lambda text: cell if text == "here" else html.escape(text))
    happens = anew(put(BASIC, D9="here", E9=shows[YEAR]), write=page)
    return Case(name, happens, (NOTE, *told), says, shows, f"{WHOLE}.xls")


WORKBOOKS = (
    Case("the return as it was filled in"),
    Case("a workbook with macros", with_macros, (NOTE,), "文件里有宏，没有运行", file=f"{WHOLE}.xlsm"),
    named("an .xlsx named .xls", "xls", lambda path: None, "文件名是 .xls，实际是Excel 工作簿"),
    named("an .xlsx named .et", "et", lambda path: None, "文件名是 .et，实际是Excel 工作簿"),
    named("an .xlsx named .doc", "doc", lambda path: None, "文件名是 .doc，实际是Excel 工作簿"),
    Case("a template file", file=f"{WHOLE}.xltx"),
    Case("strict OOXML", strict),
    Case("prefixed name spaces", prefixed),
    Case("attributes single-quoted", attributes_single_quoted(GIVEN, BASIC)),
    Case("attributes single-quoted in the cover alone", attributes_single_quoted("封面")),
    Case("attributes in another order", attributes_turned_round),
    Case("cells without addresses", cells_without_addresses),
    Case("parts named in capitals", names_in_capitals),
    Case("parts named in capitals, an error among the cells", together(overtype(BASIC, D9=ERROR, E9=0), names_in_capitals), (f"E-NUM-04 {BASIC}!D9",), "#DIV/0!", {LINE: None, YEAR: 0}),
    Case("parts named in capitals, 100% among the cells", together(styled(BASIC, "D9", 1, "0%"), overtype(BASIC, E9=0), names_in_capitals), (f"E-NUM-09 {BASIC}!D9",), "100%", {LINE: None, YEAR: 0}),
    Case("sheets named from the archive's beginning", rewritten(lambda xml: xml.replace('"worksheets/', '"/xl/worksheets/'), "xl/_rels/workbook")),
    Case("a sheet that is a chart", with_chart),
    Case("styles at another place, 100% among the cells", together(styled(BASIC, "D9", 1, "0%"), overtype(BASIC, E9=0), moved("styles.xml", "looks.xml")), (f"E-NUM-09 {BASIC}!D9",), "100%", {LINE: None, YEAR: 0}),
    Case("texts at another place", moved("sharedStrings.xml", "texts.xml")),
    Case("sheets named from the archive's root", targets_from_the_root),
    Case("saved by openpyxl", by_openpyxl, (f"E-FML-01 {GIVEN}!D6",), "没有保存计算结果"),
    Case("values only, in a new workbook", anew()),
    Case("a sheet in UTF-16", in_utf_16),
)  # fmt: skip

XLSB = (
    named("an .xlsb", "xlsb", anew(write=as_xlsb()), "文件是 .xlsb 格式"),
    named("an .xlsb named .xlsx", "xlsx", anew(write=as_xlsb()), "实际是 .xlsb 格式"),
    named("an .xlsb with an error", "xlsb", anew(put(BASIC, D9="#DIV/0!", E9=0), write=as_xlsb()), "文件是 .xlsb 格式", f"E-NUM-04 {BASIC}!D9", shows={LINE: None, YEAR: 0}),
    named("an .xlsb with 100%", "xlsb", anew(put(BASIC, D9=1.0, E9=0.0), write=as_xlsb(percent=(BASIC, 8, 3))), "文件是 .xlsb 格式", f"E-NUM-09 {BASIC}!D9", shows={LINE: None, YEAR: 0}),
    named("an .xlsb with TRUE", "xlsb", anew(put(BASIC, D9=True, E9=0), write=as_xlsb()), "文件是 .xlsb 格式", f"E-NUM-02 {BASIC}!D9", shows={LINE: None, YEAR: 0}),
)  # fmt: skip

PAGES = (
    named("a web page named .xls", "xls", anew(write=as_html()), "文件名是 .xls，实际是网页"),
    named("a web page in GBK", "xls", anew(write=as_html("gbk")), "文件名是 .xls，实际是网页"),
    named("a web page that declares itself XML", "xls", anew(write=as_html(head=XHTML)), "文件名是 .xls，实际是网页"),
    named("a web page named .html", "html", anew(write=as_html()), "文件是网页"),
    webbed("a web page: white space around", "&nbsp;25 \n", reads=25),
    webbed("a web page: a comment beside the digits", "<!-- 7 -->25", reads=25),
    webbed("a web page: a script beside the digits", "<script>7</script>25", reads=25),
    webbed("a web page: bold", "<b>25</b>", reads=25),
    webbed("a web page: two lines", "2<br>5", f"E-NUM-02 {PAGE}!D9"),
    webbed("a web page: two paragraphs", "<p>2</p><p>5</p>", f"E-NUM-02 {PAGE}!D9"),
    webbed("a web page: a footnote's mark", "25<sup>1</sup>", f"E-NUM-10 {PAGE}!D9"),
    webbed("a web page: a number struck out", "<s>12</s>25", f"E-NUM-10 {PAGE}!D9"),
    webbed("a web page: a field", '<input value="25">', f"E-NUM-22 {PAGE}!D9"),
    webbed("a web page: spans with white space", '25</td><td rowspan=" 1 " colspan="1;">25</td><td></td><td></td><td></td></tr><tr hidden><td>', reads=25),
    refused("a web page without a table", written(b"<html><table-of></html>"), "E-FIL-01", "没有表格", file=f"{WHOLE}.xls"),
)  # fmt: skip

TEXTS = (
    named("CSV in UTF-8", "csv", anew(write=as_text("utf-8")), "文件是文本（CSV）"),
    named("CSV in UTF-8 with a mark", "csv", anew(write=as_text("utf-8-sig")), "文件是文本（CSV）"),
    named("CSV in GBK", "csv", anew(write=as_text("gbk")), "文件是文本（CSV）"),
    named("text with tabs in UTF-16", "txt", anew(write=as_text("utf-16", "\t")), "文件是文本（CSV）"),
    named("text with tabs named .xls", "xls", anew(write=as_text("gbk", "\t")), "文件名是 .xls，实际是文本（CSV）"),
    named("text with semicolons", "csv", anew(write=as_text("utf-8", ";")), "文件是文本（CSV）"),
    named("CSV with a sum that is wrong", "csv", anew(put(GIVEN, D6=29, E6=29), write=as_text("utf-8")), "文件是文本（CSV）", "T1-100 CSV!D31", "T1-100A CSV!E31", shows={"T1.100": 29, "T1.100:year_to_date": 29}),
    refused("UTF-16 without a mark", anew(write=as_text("utf-16-le")), "E-FIL-01", "不是 Excel 工作簿", file=f"{WHOLE}.csv"),
)  # fmt: skip

ENCRYPTED_ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": b"\x8f\x01\x02",
    "META-INF/manifest.xml": b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
}
MHT = b"From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<table><td>=3D25,</td></table>"
XML_2003 = b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook><Table/></Workbook>'
FLAT = b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><table:table/></office:document>'
WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}

FOREIGN = (
    refused("an .xlsx with a password", written(compound(EncryptionInfo=b"x", EncryptedPackage=b"x")), "E-FIL-02", "加了打开密码"),
    refused("an .xls with a password", written(encrypted_xls()), "E-FIL-02", "加了打开密码", file=f"{WHOLE}.xls"),
    refused("an .ods with a password", written(zipped(ENCRYPTED_ODS)), "E-FIL-02", "加了打开密码", file=f"{WHOLE}.ods"),
    refused("an .et that Excel could not open", written(compound(ET=b"x")), "E-FIL-02", "WPS 的 .et 格式", file=f"{WHOLE}.et"),
    refused("an .et that is as an .xls, and broken", written(compound(Workbook=b"\x09\x08")), "E-FIL-02", "WPS 的 .et 格式", file=f"{WHOLE}.et"),
    refused("an Apple .numbers", written(zipped({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x", "preview.jpg": b"x"})), "E-FIL-02", "是苹果 Numbers", file=f"{WHOLE}.numbers"),
    refused("an Apple .numbers, packed once more", written(zipped({"Index.zip": b"PK", "preview.jpg": b"x"})), "E-FIL-02", "是苹果 Numbers", file=f"{WHOLE}.numbers"),
    refused("an Apple .numbers of old", written(zipped({"index.xml": b"x", "buildVersionHistory.plist": b"x"})), "E-FIL-02", "是苹果 Numbers", file=f"{WHOLE}.zip"),
    refused("a flat text document of LibreOffice", written(FLAT), "E-FIL-04", "不是表格", file=f"{WHOLE}.fods"),
    refused("an .xls whose book is broken", written(compound(Workbook=b"\x09\x08")), "E-FIL-01", "损坏", file=f"{WHOLE}.xls"),
    refused("Word of old", written(compound(WordDocument=b"x")), "E-FIL-04", "是 Word 文档"),
    refused("Word", written(zipped(WORD)), "E-FIL-04", "是 Word 文档"),
    refused("RTF", written(rb"{\rtf1 a,b}"), "E-FIL-04", "RTF"),
    refused("PDF", written(b"%PDF-1.4 "), "E-FIL-04", "是 PDF 文件"),
    refused("a photograph", written(b"\xff\xd8\xff\xe0" + bytes(99)), "N-FIL-03", "是随件的图片（扫描件、照片），没有读", file=f"{WHOLE}.jpg"),
    refused("a picture", written(base64.b64decode("iVBORw0KGgo=")), "E-FIL-04", "是一张图片"),
    refused("RAR", written(b"Rar!\x1a\x07\x01\x00"), "E-FIL-06", "是 RAR 压缩包", file=f"{WHOLE}.rar"),
    refused("7z", written(b"7z\xbc\xaf\x27\x1c"), "E-FIL-06", "是 7z 压缩包", file=f"{WHOLE}.7z"),
    refused("a program", written(b"MZ\x90\x00"), "E-FIL-04", "是一个程序", file=f"{WHOLE}.xls.exe"),
    refused("a page saved in one file", written(b"MIME-Version: 1.0\r\n"), "E-FIL-02", "mht", file=f"{WHOLE}.mht"),
    refused("a page saved in one file by WPS", written(MHT), "E-FIL-02", "mht", file=f"{WHOLE}.xls"),
    refused("an XML table of 2003", written(XML_2003), "E-FIL-02", "XML 表格", file=f"{WHOLE}.xls"),
    refused("a text that is no table", written("统计表".encode()), "E-FIL-01", "不是 Excel 工作簿"),
    refused("a presentation", written(zipped({"[Content_Types].xml": b"<Types/>", "ppt/a.xml": b"<a/>"})), "E-FIL-01", "不是 Excel 工作簿"),
    refused("nothing at all", written(b""), "E-FIL-01", "是空的（0 字节）"),
    *(refused(f"copied to {share:.0%}", cut(share), "E-FIL-01", "损坏或没有下载完整") for share in (0.001, 0.1, 0.5, 0.9, 0.999)),
    refused("the directory whole, a sheet broken", spoilt("xl/worksheets/sheet3.xml"), "E-FIL-01", "损坏或没有下载完整"),
    refused("a sheet's XML broken off", rewritten(lambda xml: xml[:3000], "xl/worksheets/sheet3"), "E-FIL-01", "损坏"),
    refused("a sheet's part missing", repacked(lambda name, data: data, lambda name: name.replace("sheet3.xml", "sheet33.xml")), "E-FIL-01", "损坏"),
)  # fmt: skip

CONTAINERS = (*WORKBOOKS, *XLSB, *PAGES, *TEXTS, *FOREIGN)
