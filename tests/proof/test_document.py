"""The report's file: Word with tables and tracked changes, text in any encoding, and what cannot be read."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.proof.document import paragraphs_of
from schemas.mistake import CannotRun
from schemas.proof import prose


def texts(path):
    return [(p.place, p.text) for p in paragraphs_of(path, prose().units)]


def test_a_word_report_is_read_with_its_tables(tmp_path):
    report = docx.Document()
    report.add_paragraph("2012年度报告")
    report.add_paragraph("")
    table = report.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows, [("指标", "单位", "数量"), ("收到申请", "件", "1,204"), ("其中当面", "件", "12")], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    report.add_paragraph("完。")
    report.save(tmp_path / "report.docx")

    assert texts(tmp_path / "report.docx") == [
        ("第1段", "2012年度报告"),
        ("表格1第1行", "指标  单位  数量"),
        ("表格1第2行", "收到申请 1204件"),
        ("表格1第3行", "其中当面 12件"),
        ("第2段", "完。"),
    ]


def test_tracked_changes_are_read_as_accepted(tmp_path):
    report = docx.Document()
    paragraph = report.add_paragraph("公开")
    for name, text in (("del", "<w:delText>41条</w:delText>"), ("ins", "<w:t>14条</w:t>")):
        paragraph._p.append(parse_xml(f'<w:{name} {nsdecls("w")} w:id="1" w:author="乙"><w:r>{text}</w:r></w:{name}>'))
    report.save(tmp_path / "report.docx")

    assert texts(tmp_path / "report.docx") == [("第1段", "公开14条")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_any_encoding(tmp_path, encoding):
    (tmp_path / "report.txt").write_bytes("公开信息14条\r\n\r\n　完".encode(encoding))

    assert texts(tmp_path / "report.txt") == [("第1段", "公开信息14条"), ("第2段", "　完")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("report.pdf", b"%PDF", "不是 .docx 或 .txt 文件"),
        ("report.doc", b"\xd0\xcf", "另存为 .docx"),
        ("report.docx", b"nothing", "不是完好的 Word 文档"),
        ("report.txt", b"\xff\x00\x81", "读不出文字"),
        ("report.txt", b" \r\n ", "里没有文字"),
        ("report.txt", None, "找不到文件"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(CannotRun, match=says):
        paragraphs_of(tmp_path / name, prose().units)
