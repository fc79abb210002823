"""运行报告.html says what the run found, in the figures of the workbook."""

import re
from dataclasses import replace

import pytest

from pipeline.outbox.publish.checks import LEVELS
from pipeline.outbox.publish.report_html import NAME
from pipeline.outbox.publish.report_html.compared import LONG
from pipeline.values.findings import OPEN, SIGNS
from schemas.day import in_words
from tests.publish.page_reading import drawn, number, text


@pytest.fixture(scope="module")
def outcome(year):
    """What the run over that year found."""
    return year.outcome


def test_the_head_names_the_run(report, outcome):
    head = report.said("//header")

    named = (outcome.span, outcome.fingerprint, in_words(outcome.as_of), outcome.form.edition.id)
    assert [one for one in named if one not in head] == []


def test_the_verdict_is_the_workbooks(report, outcome, year):
    assert report.said("//*[@id='verdict']/p[1]") == outcome.verdict == year.cells["封面", "C15"]
    assert report.said("//*[@id='verdict']/p[2]") == f"{outcome.span}：{outcome.coverage.words}。"


def test_the_six_figures_are_the_runs(report, outcome):
    levels = [finding.level for finding in outcome.open_findings]
    told = {tile.get("id"): number(text(tile.xpath(".//b")[0])) for tile in report.all("//ul[@class='tiles']/li")}

    assert told == {
        "tile-owed": outcome.coverage.owed,
        "tile-counted": outcome.coverage.counted,
        "tile-missing": outcome.coverage.missing,
        "tile-must": levels.count("must"),
        "tile-apart": len(outcome.open_differences),
        "tile-headline": outcome.headline[0][1].number,
    }


def test_the_notes_of_the_figures_say_no_other_numbers(demo_report, demo_outcome):
    notes = {
        tile.get("id"): text(tile.xpath(".//*[@class='note']")[0])
        for tile in demo_report.all("//ul[@class='tiles']/li")
    }
    city = [d for d in demo_outcome.differences if d.scope == "city"]

    assert notes == {
        "tile-owed": "50个单位，12个月",
        "tile-counted": "收到599份，退回未改1份",
        "tile-missing": "市体育局11月",
        "tile-must": "另有4处待核实",
        "tile-apart": f"共核对{len(city)}项",
        "tile-headline": "新增规范性文件93条；接待访问咨询154,875人次；依申请公开0条；未收齐，应报600份，有数598份",
    }


def test_what_to_do_first_is_said_as_on_the_terminal(report, outcome):
    said = [text(item.xpath("p")[0]) for item in report.all("//*[@id='first']//li")]

    assert said == outcome.first_things() != []


def test_what_to_do_first_names_the_file_to_open(demo_report):
    items = demo_report.all("//*[@id='first']//li")

    assert [text(item.xpath("p")[1]) for item in items] == [
        "打开：催报/2012-11_催报单.xlsx",
        "打开：退回/2012-12/市粮食局_2012-12_退回修改.xlsx；来件：收件夹里的 2012-12/市粮食局_2012-12.xlsx",
        "打开：处理意见.xlsx；来件：收件夹里的 年报正文数字.xlsx",
    ]
    assert [bool(item.xpath(".//a")) for item in items] == [True, True, True]


def test_every_comparison_stands_there_exceptions_first_and_ties_folded(report, outcome):
    wanted = [
        [
            f"{d.title}（{d.quantity.unit}）" if d.quantity.unit else d.title,
            d.left,
            d.quantity.show(d.left_value),
            d.right,
            d.quantity.show(d.right_value),
            d.quantity.signed(d.difference),
        ]
        for d in outcome.differences
        if d.scope == "city"
    ]
    told = report.rows("//*[@id='reconciliation']")
    folded = report.rows("//*[@id='reconciliation']/details")
    verdicts = [row[6].split()[0] for row in told]

    assert sorted(row[:6] for row in told) == sorted(wanted)
    assert verdicts == sorted(verdicts, key=["不一致", "已说明", "一致"].index)
    assert [row[6].split()[0] for row in folded] == ["一致"] * verdicts.count("一致")
    assert report.all("//*[@id='reconciliation']/details/@open") == []


def test_the_comparisons_are_counted_in_a_sentence(report, outcome):
    verdicts = [d.verdict for d in outcome.differences if d.scope == "city"]
    counts = f"一致{verdicts.count('一致')}项，不一致{verdicts.count('不一致')}项，已说明{verdicts.count('已说明')}项"

    assert f"共核对{len(verdicts)}项：{counts}。" in report.said("//*[@id='reconciliation']/p")
    assert f"一致的{verdicts.count('一致')}项" in report.said("//*[@id='reconciliation']/details/summary")


def test_both_contradictions_of_the_report_are_told(demo_report):
    gaps = {row[0]: row[5] for row in demo_report.rows("//*[@id='reconciliation']")}

    assert (gaps["年报正文：接待访问咨询（人次）"], gaps["主动公开信息数与各渠道之和（条）"]) == ("-20", "+27")


def test_a_long_explanation_is_folded_and_still_whole(demo, tmp_path):
    long = "差在300份月报：" + "市卫生局2012年3月 +1（未说明）；" * 300
    spread = tuple(replace(d, explanation=long) if d.difference else d for d in demo.outcome.differences)
    page = drawn(demo, tmp_path / NAME, differences=spread)
    folded = page.all("//*[@id='reconciliation']//td/details")

    assert len(long) > LONG
    assert [(text(f.xpath("summary")[0]), text(f.xpath("p")[0])) for f in folded] == [("差在300份月报", long)] * 3


def test_every_finding_stands_there_as_in_the_workbook(report, outcome, year):
    rows = report.rows("//*[@id='findings']")
    lines = range(4, 4 + len(outcome.findings) + len(outcome.first_questions))
    sheet = [(year.papers_cells["校验发现", f"A{n}"], year.papers_cells["校验发现", f"H{n}"]) for n in lines]
    levels_states = [(level, state) for level, state in sheet if state != OPEN["ask"]]

    assert [(row[0].split()[1], row[5]) for row in rows] == levels_states
    assert sorted(row[4].partition("打开：")[0].strip() for row in rows) == sorted(
        f"{f.message}{f.remedy} {f.rule}" for f in outcome.findings
    )


def test_what_waits_comes_first_and_what_is_settled_can_be_folded(report, outcome):
    waiting = [row[5] for row in report.rows("//*[@id='findings']/table")]
    settled = [row[5] for row in report.rows("//*[@id='settled']")]

    assert len(waiting) == len(outcome.open_findings)
    assert set(waiting) <= {OPEN["must"], OPEN["verify"]}
    assert set(settled) & {OPEN["must"], OPEN["verify"]} == set()
    assert report.said("//*[@id='settled']/summary") == f"已改、已说明和知悉的{len(settled)}条"
    assert report.all("//*[@id='settled']/@open") != []  # without a script all are shown


def test_the_findings_are_counted_in_a_sentence(report, outcome):
    said = report.said("//*[@id='findings']/p[1]")

    assert said.startswith(f"共{len(outcome.findings)}条，待办{len(outcome.open_findings)}条。")


def test_a_level_is_told_by_a_sign_and_a_word_not_by_colour_alone(report):
    told = {text(tag) for tag in report.all("//*[@id='findings']//tbody//*[contains(@class, 'tag')]")}

    assert told <= {f"{SIGNS[level]} {words}" for level, words in LEVELS.items()}


@pytest.mark.parametrize("name", ["level", "state", "unit", "month"])
def test_every_filter_offers_what_the_rows_carry_and_counts_it(report, name):
    carried = [row.get(f"data-{name}") for row in report.all("//*[@id='findings']//tbody/tr")]
    buttons = report.all(f"//*[@id='filter']//button[@data-filter='{name}']")
    options = report.all(f"//*[@id='filter']//select[@data-filter='{name}']/option")
    offered = {
        e.get("data-value", e.get("value")): int(found[0])
        for e in buttons + options
        if (found := re.findall(r"\d+(?=）?$)", text(e)))
    }

    assert offered == {value: carried.count(value) for value in set(carried) - {""}}
    assert report.one("//*[@id='filter']").get("hidden") is not None  # a script shows it


def test_the_questions_are_told_the_weightiest_first(demo_report, demo_outcome):
    rows = demo_report.rows("//*[@id='questions']")

    assert [row[4] for row in rows] == [f"{q.message}{q.remedy} {q.rule}" for q in demo_outcome.questions]
    assert [row[0] for row in rows] == ["1", "2"]
    assert "有2处请留意，不影响上报" in demo_report.said("//*[@id='questions']/p")
    assert demo_report.said("//*[@id='questions']/p").endswith(demo_outcome.not_compared)
    assert demo_outcome.not_compared.endswith("没有判断是不是与往常不同。")


def test_many_questions_are_folded_after_the_first(demo, tmp_path):
    many = tuple(replace(demo.outcome.questions[0], id=f"h{n}", message=f"第{n}处。") for n in range(1, 26))
    report, shown = (
        drawn(demo, tmp_path / NAME, questions=many),
        demo.outcome.office.settings.thresholds.plausibility_first,
    )

    assert len(report.rows("//*[@id='questions']/table")) == shown
    assert [row[0] for row in report.rows("//*[@id='questions']")] == [str(n) for n in range(1, 26)]
    assert report.said("//*[@id='questions']/details/summary") == f"其余{25 - shown}处"


def test_who_reported_when_is_what_the_workbook_shows(report, outcome, year):
    told = [[cell.replace("·", "0") for cell in row] for row in report.rows("//*[@id='status']")]
    columns = "ABCDEFGHIJKLMNOPQ"
    sheet = [
        [str(year.cells.get(("报送情况", f"{c}{n}"), "")).removesuffix(".0") for c in columns]
        for n in range(4, 4 + len(told))
    ]

    assert told == sheet
    assert len(told) == len(outcome.office.units)


def test_the_marks_are_summed_below_and_in_a_sentence(report):
    rows = report.rows("//*[@id='status']")
    sums = [sum(int(row[n].replace("·", "0")) for row in rows) for n in range(-4, 0)]

    assert [
        text(cell).replace("·", "0") for cell in report.all("//*[@id='status']//tfoot//td[@class='count']")
    ] == list(map(str, sums))
    assert report.said("//*[@id='status']/p").startswith("按时{}份，迟报{}份，退过{}份，未报{}份。".format(*sums))


def test_a_mark_leads_to_what_was_found_about_the_return(report, outcome):
    units = {unit.short: unit.code for unit in outcome.office.units}
    seen = 0
    for row in report.all("//*[@id='status']//tbody/tr"):
        for month, cell in enumerate(row.xpath("td")[:12], start=1):
            for target in cell.xpath("a/@href"):
                found = report.one(f"//tr[@id='{target[1:]}']")
                assert (found.get("data-unit"), found.get("data-month")) == (units[text(row[0])], f"2012-{month:02d}")
                seen += 1

    assert seen == len({(f.unit, f.period) for f in outcome.findings if f.unit})


def test_the_origin_of_the_run_is_told(report, outcome):
    told = dict(zip(map(text, report.all("//dt")), map(text, report.all("//dd")), strict=True))

    assert told["运行编号"].startswith(outcome.fingerprint)
    assert told["截至日期"] == f"{in_words(outcome.as_of)}。"
    assert told["程序"] == "，".join(f"{name} {v}" for name, v in outcome.versions.items()) + "。"
    assert told["收到文件"] == f"{len(outcome.sizes):,}个，共{sum(outcome.sizes.values()):,}字节。"
    assert f"{sum(outcome.not_judged.values()):,}次" in told["没有判断的"]


def test_the_files_received_are_told_by_month(report, outcome):
    rows = report.rows("//*[@id='sources']")
    there = outcome.returns[outcome.returns["file"] != ""]

    assert {row[0]: number(row[1]) for row in rows} == there["period"].value_counts().to_dict()
    assert sum(number(row[2]) for row in rows) == sum(outcome.sizes.values())
