"""The report's file: Word with tables and tracked changes, web pages, PDF, text in any encoding, what cannot be read."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.proof.containers import pieces_of
from pipeline.proof.figure import Paragraph
from pipeline.proof.pasted import blocks_of
from schemas.mistake import CannotRun


def blocks(path):
    return [
        (block.place, block.text if isinstance(block, Paragraph) else block.rows)
        for block in blocks_of(pieces_of(path))
    ]


ROWS = (("指标", "单位", "数量"), ("收到申请", "件", "1,204"), ("其中当面", "件", "12"))


def test_a_word_report_is_read_with_its_tables(tmp_path):
    report = docx.Document()
    report.add_paragraph("2012年度报告")
    report.add_paragraph("")
    table = report.add_table(rows=3, cols=3)
    for row, cells in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    report.add_paragraph("完。")
    report.save(tmp_path / "report.docx")

    assert blocks(tmp_path / "report.docx") == [("第1段", "2012年度报告"), ("表格1", ROWS), ("第2段", "完。")]


def test_a_merged_cell_is_seen_in_each_place(tmp_path):
    report = docx.Document()
    table = report.add_table(rows=2, cols=3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "件数"
    for n, text in enumerate(("总计", "3", "4")):
        table.cell(1, n).text = text
    report.save(tmp_path / "report.docx")

    assert blocks(tmp_path / "report.docx") == [("表格1", (("", "件数", "件数"), ("总计", "3", "4")))]


def test_tracked_changes_are_read_as_accepted(tmp_path):
    report = docx.Document()
    paragraph = report.add_paragraph("公开")
    for name, text in (("del", "<w:delText>41条</w:delText>"), ("ins", "<w:t>14条</w:t>")):
        paragraph._p.append(parse_xml(f'<w:{name} {nsdecls("w")} w:id="1" w:author="乙"><w:r>{text}</w:r></w:{name}>'))
    report.save(tmp_path / "report.docx")

    assert blocks(tmp_path / "report.docx") == [("第1段", "公开14条")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_encoding(tmp_path, encoding):
    (tmp_path / "report.txt").write_bytes("公开信息14条。\r\n\r\n　完".encode(encoding))

    assert blocks(tmp_path / "report.txt") == [("第1段", "公开信息14条。"), ("第2段", "　完")]


def test_a_text_in_big5_is_none_in_gb18030(tmp_path):
    said = "全年主動公開政府信息14條，其中網站公開9條，其他方式公開5條。"
    (tmp_path / "report.txt").write_bytes(said.encode("big5"))

    assert blocks(tmp_path / "report.txt") == [("第1段", said)]


def test_a_web_page_is_read_with_its_spanned_table(tmp_path):
    page = """<html><head><meta charset="utf-8"><title>年报</title><style>p {color: red}</style></head><body>
    <table><tr><td><p>收到申请<b>12</b>件。</p><p>均已答复。</p></td></tr></table>
    <table><tr><th rowspan="2">项目</th><th colspan="2">申请</th></tr><tr><th>个人</th><th>总计</th></tr>
    <tr><td>新收</td><td>12</td><td>12</td></tr></table><script>var a = 3;</script></body></html>"""
    (tmp_path / "report.html").write_text(page, encoding="utf-8")

    assert blocks(tmp_path / "report.html") == [
        ("第1段", "收到申请12件。"),
        ("第2段", "均已答复。"),
        ("表格1", (("项目", "申请", "申请"), ("项目", "个人", "总计"), ("新收", "12", "12"))),
    ]


@pytest.mark.parametrize(
    ("lines", "paragraph"),
    [
        (["收到申请21件，其中", "网上12件，当面9件。"], "收到申请21件，其中网上12件，当面9件。"),
        (["收到申请21件，", "其中网上12件，当面9件。"], "收到申请21件，其中网上12件，当面9件。"),
        (["收到申请2", "1件，均已答复。"], "收到申请21件，均已答复。"),
        (["收到申请21件（网上12件，", "当面9件）。"], "收到申请21件（网上12件，当面9件）。"),
    ],
)
def test_a_line_broken_by_a_copying_goes_on(lines, paragraph):
    assert [block.text for block in blocks_of(lines)] == [paragraph]


@pytest.mark.parametrize(
    "lines",
    [
        ["某市2012年政府信息公开工作年度报告", "2012年，公开信息12条。"],
        ["一、概述", "公开信息12条。"],
        ["公开情况如下：", "1.网站公开12条；", "2.公报公开3条。"],
        ["收到申请12件。", "答复12件。"],
    ],
)
def test_lines_of_their_own_stay_so(lines):
    assert [block.text for block in blocks_of(lines)] == lines


@pytest.mark.parametrize("gap", ["\t", " | ", "   "])
def test_a_table_pasted_in_rows_is_one(gap):
    rows = (("项目", "网上", "总计"), ("新收", "7", "12"))
    lines = ["一、申请", *(gap.join(row) for row in rows), "以上已核对。"]

    assert [(b.title, b.rows) for b in blocks_of(lines) if not isinstance(b, Paragraph)] == [("一、申请", rows)]


def test_a_table_of_single_cells_is_one():
    lines = ["自然人", "法人", "总计", "一、新收申请", "3", "0", "3", "二、上年结转", "1", "0", "1", "以上各项已核对。"]
    (table, last) = blocks_of(lines)

    assert table.rows == (("自然人", "法人", "总计"), ("一、新收申请", "3", "0", "3"), ("二、上年结转", "1", "0", "1"))
    assert last.text == "以上各项已核对。"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("report.pdf", b"%PDF", "不是完好的 PDF"),
        ("report.doc", b"\xd0\xcf", "另存为 .docx"),
        ("report.jpg", b"\xff\xd8", "图片里的字读不出来"),
        ("report.ofd", b"PK", "Word 原稿"),
        ("report.docx", b"nothing", "不是完好的 Word 文档"),
        ("report.txt", b"\xff\x00\x81", "读不出文字"),
        ("report.txt", b" \r\n ", "里没有文字"),
        ("report.html", b"<html></html>", "里没有文字"),
        ("report.txt", None, "找不到文件"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(CannotRun, match=says):
        pieces_of(tmp_path / name)
