"""The report against the tables: the 2012 report and its known slips."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.proof.proof import compare
from pipeline.proof.tables import Known
from pipeline.proof.telling import findings
from pipeline.values.numerals import half_width
from schemas.forms import read_form
from schemas.office import read_office
from schemas.proof import prose
from tests.proof.corpus import TEXTS, jyg_codes, paragraphs, reports

FIGURES = Path(__file__).parents[1] / "pipeline" / "figures_2012.csv"
CONSULTED = "consult"


@pytest.fixture(scope="module")
def known() -> tuple[Known, ...]:
    """What the tables of 2012 have: the report's figures, but the sum of consultations as it adds up."""
    form = read_form("jyg-2012", read_office())
    rows = list(csv.DictReader(FIGURES.read_text("utf-8").splitlines()))
    values = {row["code"]: int(row["value"]) for row in rows} | {CONSULTED: 154875}
    refs = {printed: form.expression(printed.of)[0].refs for printed in form.edition.report.printed}
    return tuple(
        Known(p.code, Decimal(values[p.code]), half_width(form.entry(r[0]).unit), p.says,
              r[0].line if form.entry(r[0]).block and len(r) == 1 else "", p.at_least)
        for p, r in refs.items()
    )  # fmt: skip


@pytest.fixture(scope="module")
def report() -> str:
    return next(report.text for report in reports(TEXTS) if report.name == "seed-2012")


def told(text, known=()):
    read = compare(paragraphs(text), 2012, jyg_codes(), known)
    return read, [(f.cell, f.rule, f.message) for f in findings(read.doubts, read.matches, "r.txt", 2012, prose())]


def test_the_text_alone_tells_both_sums_and_the_channel_left_out(report):
    _, found = told(report)

    assert [(cell, rule) for cell, rule, _ in found] == [("第12段", "T-sum")] * 2 + [("第17段", "T-missing")]
    (_, _, items), (_, _, consulted), (_, _, missing) = found
    assert "总数多 27" in items
    assert items.endswith("像是“通过政府公报公开14条”相邻两位数字颠倒，应为 41。")
    assert "总数少 20" in consulted
    assert (
        "“接待访问咨询154855人次”一位数字之误，应为 154,875；或“电话咨询67156人次”一位数字之误，应为 67,136"
        in consulted
    )
    assert "缺“通过新闻发布会公开15条”" in missing


def test_the_tables_refute_a_slip_and_settle_another(report, known):
    read, found = told(report, known)

    assert len(read.matches) >= 30
    assert [rule for _, rule, _ in found] == ["T-sum", "T-sum", "T-missing"]
    (_, _, items), (_, _, consulted), _ = found
    assert "只有“通过政府公报公开14条”写成 41（相邻两位数字颠倒）才凑得平，但汇总表也是这个数" in items
    assert "差在月报" in items
    assert "67,136" not in consulted
    assert "consult是 154,875" in consulted


@pytest.mark.parametrize(
    ("printed", "instead", "says"),
    [
        (
            "新增规范性文件93件",
            "新增规范性文件39件",
            "norm是 93，正文少 54。像是“全年新增规范性文件39件”相邻两位数字颠倒",
        ),
        ("3320卷(册)", "3302卷(册)", "point2是 3,320"),
        ("供水动态信息36条", "供水动态信息63条", "water1是 36"),
        ("印发10万份", "印发100万份", "health2是 100,000"),
        ("70多条(篇)", "80多条(篇)", "family1是 70"),
        ("网站公开9088条。", "网站公开9808条。", "ch3是 9,088"),
    ],
)
def test_a_figure_that_the_tables_have_otherwise_is_told(report, known, printed, instead, says):
    _, before = told(report, known)
    _, found = told(report.replace(printed, instead), known)
    new = [message for _, _, message in found if message not in {message for _, _, message in before}]

    assert len(new) == 1
    assert says in new[0]


def test_another_body_and_another_span_are_not_held_against_the_city(report, known):
    more = "\n市教育局主动公开政府信息310条，上半年主动公开政府信息9000条。2011年主动公开政府信息17318条。"

    assert told(report + more, known)[1] == told(report, known)[1]
