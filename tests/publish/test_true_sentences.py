"""Sentences that were once untrue, or said in two ways: none of them stands in anything that is written."""

import re
import zipfile
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from pipeline.desk.telling import told
from pipeline.judge.plausibility.question import Question
from pipeline.judge.plausibility.telling import _usually
from pipeline.outbox.publish.charts.figure import share
from pipeline.outbox.publish.covering_letter import covering_letter
from pipeline.tables.outcome import Issue
from pipeline.values.periods import Month, whole_span
from schemas.counted import headline_of
from schemas.day import in_words
from schemas.forms import forms_of
from schemas.messages import catalogue
from schemas.office import read_office

DAY, PADDED = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"年0\d月|月0\d日")
TEXTS = re.compile(r"<(?:\w+:)?t[ >][^<]*")


def texts_of(path: Path) -> list[str]:
    """What can be read in a file: each cell's or run's text, each piece of a page, each line."""
    if path.suffix in {".xlsx", ".docx"}:
        with zipfile.ZipFile(path) as parts:
            xml = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
        return [unescape(text.partition(">")[2]) for part in xml for text in TEXTS.findall(part)]
    if path.suffix == ".html":
        page = re.sub(r"(?s)<(style|script).*?</\1>", "", path.read_text(encoding="utf-8"))
        return [unescape(text) for text in re.findall(r">([^<]+)<", page)]
    return path.read_text(encoding="utf-8-sig").splitlines() if path.suffix == ".txt" else []


@pytest.fixture(scope="module")
def written(year):
    """Every text of a year's outbox, with the file it stands in."""
    found = [(path, text) for path in sorted(year.folder.rglob("*")) if path.is_file() for text in texts_of(path)]
    return [*found, *((Path("屏幕"), line) for line in told(year.outcome, [year.workbook]))]


def test_a_day_in_a_sentence_is_said_in_words(written, year):
    """In a cell of its own, in a name of a file and in what somebody wrote a day may stand as it is sorted."""
    quoted = {finding.value for finding in year.outcome.findings}
    odd = [
        (path.name, text)
        for path, text in written
        if DAY.search(text) and not DAY.fullmatch(text.strip()) and re.search("[\u3400-\u9fff]", text)
        and not any(day in one for day in DAY.findall(text) for one in (*quoted, *year.outcome.sizes))
        and "例如 " not in text and "如 " not in text
    ]  # fmt: skip

    assert odd == []
    assert [(path.name, text) for path, text in written if PADDED.search(text)] == []


def test_a_day_is_written_without_zeros_in_front():
    assert (in_words("2012-09-05"), in_words("2012-12-31")) == ("2012年9月5日", "2012年12月31日")


def test_a_year_of_one_month_is_no_span():
    assert [whole_span([Month(2012, n) for n in range(1, last + 1)]) for last in (1, 2, 12)] == [
        "1月合计",
        "1—2月",
        "全年",
    ]


def test_a_quarter_that_is_not_over_is_in_no_table(spring):
    labels = {row.label for table in spring.outcome.tables for row in table.rows}

    assert "1—4月" in labels
    assert not labels & {"第二季度", "上半年", "全年"}


def test_nothing_is_said_to_count_that_does_not(written):
    assert [text for _, text in written if "已计入汇总" in text] == []
    assert all("已计入" not in message.says for message in catalogue().values())


def test_all_is_called_right_only_where_nothing_is_open(year):
    issued = replace(year.outcome, issue=Issue(1, "试报"))
    letter = "".join(p.text for p in Document(BytesIO(covering_letter(issued, ["a.xlsx"])["报送函.docx"])).paragraphs)

    assert ("核对一致" in letter) == year.outcome.ready
    assert "核对一致" not in letter or "待处理" not in letter


def test_that_no_fee_is_charged_is_not_said_because_an_amount_is_0(written):
    """What was collected is told; whether fees are charged at all is no figure of the form."""
    assert [text for _, text in written if re.search("不收费|免费|不收取", text)] == []


def test_of_a_few_months_nothing_is_called_usual():
    def said(others):
        return _usually(Question("P-USU-01", 0, 0, None, 1, 0.0, {"others": others}))

    assert [said(n) for n in (1, 3, 4)] == ["照其他 1 期的数推算的", "照其他 3 期的数推算的", "通常"]


def test_a_figure_is_counted_in_one_unit_wherever_it_is_told():
    """件 or 条: a headline figure and its lines on the form are told in one unit, whatever word the form has for it."""
    for form in forms_of(read_office()):
        for figure in form.edition.report.headline:
            told_in, linear = headline_of(form, figure)
            assert {form.entry(ref).unit for ref in linear.refs} == {told_in.unit}, figure.name


@pytest.mark.parametrize(("part", "shown"), [(597, "99.5%"), (5999, "99.9%以上"), (600, "100.0%")])
def test_a_share_is_all_only_when_it_is_all(part, shown):
    assert share(part, 6000 if part == 5999 else 600) == shown


def test_texts_are_chinese_through_and_through(written):
    """No sentence begins in English and ends in Chinese; names of files, programs and codes may stand in it."""
    words = {
        w.lower()
        for _, text in written
        if re.search("[\u3400-\u9fff]", text)
        for w in re.findall(r"[A-Za-z]{4,}", text)
    }

    assert not words & {
        "error",
        "failed",
        "invalid",
        "missing",
        "value",
        "none",
        "true",
        "false",
        "null",
        "warning",
        "usage",
    }
