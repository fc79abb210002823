"""Files that nobody should send: too large, too deep, and lying about it. A few kilobytes each."""

from tests.drift.bombs import (
    cell_at,
    dimension,
    doubled_cell,
    doubled_sheet,
    html_spans,
    in_ods,
    lying_sizes,
    many_parts,
    many_sheets,
    merged_everything,
    nested,
    one_long_text,
    styled_rows,
    twice_there,
    with_doctype,
    xlsb_cell_at,
    xlsb_record_cut_short,
    zeros,
)
from tests.drift.case import Case, refused, written
from tests.drift.grids import BASIC
from tests.drift.parts import raw, zipped

BEYOND, FAR = "E-FIL-05", 1_048_576
ENTITIES = '<!DOCTYPE x [<!ENTITY a "25"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SHEET, STYLES, TEXTS, BOOK = "xl/worksheets/sheet3.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"

SIZES = (
    refused("a bomb by its declared size", zeros("xl/media/a.bin", 260 * 2**20), BEYOND, "解开后太大", dear=True),
    refused("a sheet larger than its directory says", lying_sizes(SHEET, 1000), "E-FIL-01", "损坏或没有下载完整"),
    refused("texts larger than the directory says", lying_sizes(TEXTS, 1000), "E-FIL-01", "损坏或没有下载完整"),
    refused("more parts than a workbook has", many_parts(2001), BEYOND, "个部件，不像一份报表"),
    refused("one long text used 50,000 times", one_long_text(50_000, 'r="A{n}" t="s"'), BEYOND, "里面的文字太多"),
    refused(
        "one long text used 50,000 times, single-quoted",
        one_long_text(50_000, "r='A{n}' t='s'"),
        BEYOND,
        "里面的文字太多",
    ),
    refused("10,000 sheets", many_sheets(10_000), BEYOND, "张工作表，不像一份报表"),
    refused("two parts of one name", twice_there(SHEET), BEYOND, "重名的部件"),
    refused(
        "two parts of one name but for capitals", twice_there(SHEET.replace("sheet3", "Sheet3")), BEYOND, "重名的部件"
    ),
    refused("two sheets of one name", doubled_sheet, BEYOND, "重名的工作表"),
    refused("two values in one cell", raw(BASIC, D9='<c r="D9"><v>25</v><v>7</v></c>'), "E-FIL-01", "损坏"),
    refused("a row twice", cell_at(BASIC, "D9", "<v>7</v>"), BEYOND, "重复的格子"),
    refused("two cells of one address", doubled_cell(BASIC, "D9", 7), BEYOND, "重复的格子"),
)

ENTITY = tuple(
    refused(f"entities in {part.rpartition('/')[2]}", with_doctype(part, ENTITIES), BEYOND, "含有不安全的内容")
    for part in (SHEET, STYLES, TEXTS, BOOK)
)
OTHER_XML = (
    refused("an entity from outside", with_doctype(SHEET, OUTSIDE), BEYOND, "含有不安全的内容"),
    refused("entities in UTF-16", with_doctype(BOOK, ENTITIES, "utf-16"), "E-FIL-05", "含有不安全的内容"),
    Case("nested 2,000 deep beside the cells", nested(BASIC, 2000)),
    Case("nested a million deep beside the cells", nested(BASIC, 1_000_000), dear=True),
)

FAR_AWAY = (
    refused("a value at XFD1048576", cell_at(BASIC, f"XFD{FAR}", "<v>1</v>"), BEYOND, f"用到了第 {FAR:,} 行、第 16,384 列"),
    refused("a value at xfd1048576", cell_at(BASIC, f"xfd{FAR}", "<v>1</v>"), "E-FIL-01", "损坏"),
    refused("a value beyond the last row", cell_at(BASIC, "A9999999", "<v>1</v>"), BEYOND, "第 9,999,999 行"),
    refused("a value in row 0", cell_at(BASIC, "A0", "<v>1</v>"), "E-FIL-01", "损坏"),
    Case("a style at XFD1048576", cell_at(BASIC, f"XFD{FAR}", "")),
    Case("a dimension up to XFD1048576", dimension(BASIC, f"A1:XFD{FAR}")),
    Case("a merge up to XFD1048576 below the form", merged_everything(BASIC, f"A60:XFD{FAR}")),
    Case("a million styled empty rows", styled_rows(BASIC, 1_000_000), dear=True),
    Case("20,000 styled empty rows", styled_rows(BASIC, 20_000)),
    refused("an .xlsb with a value at XFD1048576", xlsb_cell_at(FAR - 1, 16_383), BEYOND, f"用到了第 {FAR:,} 行", file="a.xlsb"),
    refused("an .xlsb with a number cut short", xlsb_record_cut_short(), "E-FIL-01", "损坏", file="a.xlsb"),
)  # fmt: skip

ODS = (
    refused("an .ods whose row repeats a million times", in_ods(rows=FAR), BEYOND, "太大，不像一份报表", file="a.ods"),
    refused("an .ods whose cell repeats 16,384 times", in_ods(columns=16_384), BEYOND, "太大，不像一份报表", file="a.ods"),
    refused("an .ods that repeats both", in_ods(rows=60_000, columns=1000), BEYOND, "太大，不像一份报表", file="a.ods"),
    refused("an .ods with entities", in_ods(head=ENTITIES), BEYOND, "含有不安全的内容", file="a.ods"),
    refused("an .ods of nothing", written(zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})), "E-FIL-01", "损坏", file="a.ods"),
)  # fmt: skip

PAGES = (
    refused("a web page of cells that span a million", html_spans(60), BEYOND, "太大，不像一份报表", file="a.xls", dear=True),
    Case("a web page nested 100,000 deep", written(b"<table><tr><td>" * 100_000), ("E-FIL-03",), "没有找到报表的表头", file="a.xls", reads=0, dear=True),
    refused("a table of a million separators", written(b"a," * 1_000_000), BEYOND, "太大，不像一份报表", file="a.csv"),
    refused("a table of two million lines", written(b"a,b\n" * 2_000_000), BEYOND, "太大，不像一份报表", file="a.csv", dear=True),
    refused("a table with one cell of a million letters", written(b"a," + b"a" * 1_000_000), "E-FIL-01", "损坏", file="a.csv"),
)  # fmt: skip

HOSTILE = (*SIZES, *ENTITY, *OTHER_XML, *FAR_AWAY, *ODS, *PAGES)
