"""运行报告.html says what the run found, in the figures of the workbook, and asks nobody for anything."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import product

import pytest

from pipeline import theme
from pipeline.findings import OPEN, SIGNS
from pipeline.publish.checks import LEVELS
from pipeline.publish.report_html import NAME, report_html
from pipeline.publish.report_html.compared import LONG
from tests.builders import Desk
from tests.publish.colours import contrast
from tests.publish.page_reading import Report, drawn, number, text, written
from tests.publish.words import half_width_beside_chinese, machine_words

SECTIONS = ["first", "reconciliation", "findings", "questions", "status", "charts", "sources"]


@pytest.fixture(scope="module")
def report(year) -> Report:
    """The report of either year."""
    return Report(year.folder / NAME)


@pytest.fixture(scope="module")
def outcome(year):
    """What the run over that year found."""
    return year.outcome


@pytest.fixture(scope="module")
def demo_report(demo) -> Report:
    return Report(demo.folder / NAME)


def test_the_sections_stand_in_their_order(report):
    assert report.all("//main/section/@id") == SECTIONS
    assert [f"#{name}" for name in SECTIONS] == report.all("//nav//@href")


def test_the_head_names_the_run(report, outcome):
    head = report.said("//header")

    assert {outcome.span, outcome.fingerprint, outcome.as_of.isoformat(), outcome.form.edition.id} <= set(head.split())


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
        "tile-headline": outcome.headline[0][1],
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
        "tile-headline": "新增规范性文件93件；接待访问咨询154,875人次；依申请公开0件",
    }


def test_what_to_do_first_is_said_as_on_the_terminal(report, outcome):
    said = [text(item.xpath("p")[0]) for item in report.all("//*[@id='first']//li")]

    assert said == outcome.first_things() != []


def test_what_to_do_first_names_the_file_to_open(demo_report):
    items = demo_report.all("//*[@id='first']//li")

    assert [text(item.xpath("p")[1]) for item in items] == [
        "打开：催报/2012-11_催报单.xlsx",
        "打开：退回/2012-12/市粮食局_2012-12_退回修改.xlsx；来件：收件夹里的 2012-12/市粮食局_2012-12.xlsx",
        "打开：收件夹里的 年报正文数字.xlsx",
    ]
    assert [bool(item.xpath(".//a")) for item in items] == [True, True, False]


def test_every_comparison_stands_there_exceptions_first_and_ties_folded(report, outcome):
    wanted = [
        [
            d.title,
            d.left,
            f"{d.left_value:,}",
            d.right,
            f"{d.right_value:,}",
            f"{d.difference:+,}" if d.difference else "0",
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


def test_the_comparisons_are_counted_in_a_sentence(demo_report, demo_outcome):
    verdicts = [d.verdict for d in demo_outcome.differences if d.scope == "city"]
    counts = f"一致{verdicts.count('一致')}项，不一致{verdicts.count('不一致')}项，已说明{verdicts.count('已说明')}项"

    assert f"共核对{len(verdicts)}项：{counts}。" in demo_report.said("//*[@id='reconciliation']/p")
    assert f"一致的{verdicts.count('一致')}项" in demo_report.said("//*[@id='reconciliation']/details/summary")


def test_both_contradictions_of_the_report_are_told(demo_report):
    gaps = {row[0]: row[5] for row in demo_report.rows("//*[@id='reconciliation']")}

    assert (gaps["年报正文：接待访问咨询"], gaps["主动公开信息数与各渠道之和"]) == ("-20", "+27")


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
    sheet = [(year.cells["校验发现", f"A{n}"], year.cells["校验发现", f"H{n}"]) for n in lines]
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
def test_every_filter_offers_what_the_rows_carry_and_counts_it(demo_report, name):
    carried = [row.get(f"data-{name}") for row in demo_report.all("//*[@id='findings']//tbody/tr")]
    buttons = demo_report.all(f"//*[@id='filter']//button[@data-filter='{name}']")
    options = demo_report.all(f"//*[@id='filter']//select[@data-filter='{name}']/option")
    offered = {
        e.get("data-value", e.get("value")): int(found[0])
        for e in buttons + options
        if (found := re.findall(r"\d+(?=）?$)", text(e)))
    }

    assert offered == {value: carried.count(value) for value in set(carried) - {""}}
    assert demo_report.one("//*[@id='filter']").get("hidden") is not None  # a script shows it


def test_the_questions_are_told_the_weightiest_first(demo_report, demo_outcome):
    rows = demo_report.rows("//*[@id='questions']")

    assert [row[4] for row in rows] == [f"{q.message}{q.remedy} {q.rule}" for q in demo_outcome.questions]
    assert [row[0] for row in rows] == ["1", "2"]
    assert "有2处请留意，不影响上报" in demo_report.said("//*[@id='questions']/p")


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


def test_a_mark_leads_to_what_was_found_about_the_return(demo_report, demo_outcome):
    units = {unit.short: unit.code for unit in demo_outcome.office.units}
    seen = 0
    for row in demo_report.all("//*[@id='status']//tbody/tr"):
        for month, cell in enumerate(row.xpath("td")[:12], start=1):
            for target in cell.xpath("a/@href"):
                found = demo_report.one(f"//tr[@id='{target[1:]}']")
                assert (found.get("data-unit"), found.get("data-month")) == (units[text(row[0])], f"2012-{month:02d}")
                seen += 1

    assert seen == len({(f.unit, f.period) for f in demo_outcome.findings if f.unit})


def test_the_charts_show_the_tables_values(report, outcome):
    months, units = (next(t for t in outcome.tables if t.annual.rows == rows) for rows in ("months", "units"))
    single = [
        n for n, c in enumerate(months.columns) if n and (len(c.linear.terms) == 1 or n == len(months.columns) - 1)
    ]
    ranked = sorted((r.values[0] for r in units.rows if r.kind == "item"), reverse=True)
    told = {f.get("class"): [number(text(t)) for t in f.xpath(".//*[@class='value']")] for f in report.all("//figure")}

    assert told["months"] == [row.values[0] for row in months.rows if row.kind == "item"]
    assert sum(told["months"]) == outcome.headline[0][1]
    assert told["parts"] == sorted((months.rows[0].values[n] for n in single), reverse=True)
    assert sum(told["parts"]) == outcome.headline[0][1]
    assert told["units"] == ranked[:15]


def test_the_units_without_a_bar_are_told_together(demo_report, demo_outcome):
    shown = [number(text(t)) for t in demo_report.all("//figure[@class='units']//*[@class='value']")]
    rest = demo_outcome.headline[0][1] - sum(shown)

    assert demo_report.said("//figure[@class='units']/p") == f"其余35个单位合计{rest:,}条。"


def test_a_chart_is_told_to_whoever_does_not_see_it(report):
    for picture in report.all("//figure//svg"):
        names = picture.get("aria-labelledby").split()
        title, words = (text(report.one(f"//*[@id='{name}']")) for name in names)
        names = [text(t) for t in picture.xpath(".//*[@class='name']")] or [f"{m}月" for m in range(1, 13)]
        values = [text(t) for t in picture.xpath(".//*[@class='value']")]

        assert title
        assert words == "；".join(f"{name} {value}" for name, value in zip(names, values, strict=True))


def test_a_column_is_as_tall_as_its_value(report):
    tall = [float(bar.get("height")) for bar in report.all("//figure[@class='months']//rect")]
    values = [number(text(t)) for t in report.all("//figure[@class='months']//*[@class='value']")]

    assert [t / max(tall) for t in tall] == pytest.approx([v / max(values) for v in values], abs=0.002)


def test_the_origin_of_the_run_is_told(report, outcome):
    told = dict(zip(map(text, report.all("//dt")), map(text, report.all("//dd")), strict=True))

    assert told["运行编号"].startswith(outcome.fingerprint)
    assert told["截至日期"] == f"{outcome.as_of}。"
    assert told["程序"] == "，".join(f"{name} {v}" for name, v in outcome.versions.items()) + "。"
    assert told["收到文件"] == f"{len(outcome.sizes):,}个，共{sum(outcome.sizes.values()):,}字节。"
    assert f"{sum(outcome.not_judged.values()):,}次" in told["没有判断的"]


def test_the_files_received_are_told_by_month(report, outcome):
    rows = report.rows("//*[@id='sources']")
    there = outcome.returns[outcome.returns["file"] != ""]

    assert {row[0]: number(row[1]) for row in rows} == there["period"].value_counts().to_dict()
    assert sum(number(row[2]) for row in rows) == sum(outcome.sizes.values())


def test_nothing_is_asked_of_anybody(report):
    assert "http:" not in report.source
    assert "https:" not in report.source
    assert report.all("//@src | //@srcset | //link | //iframe | //object | //form | //img | //base") == []
    assert re.findall(r"url\(|@import|fetch|XMLHttp|localStorage|cookie", report.source) == []
    assert report.one("//meta[@http-equiv='Content-Security-Policy']").get("content").startswith("default-src 'none'; ")


def test_the_policy_lets_only_our_own_style_and_script_through(report):
    policy = report.one("//meta[@http-equiv='Content-Security-Policy']").get("content")
    parts = {"style-src": report.one("//style").text, "script-src": report.one("//script").text}

    for part, own in parts.items():
        assert f"{part} 'sha256-{b64encode(sha256(own.encode()).digest()).decode()}';" in policy
    assert report.all("//@style | //@*[starts-with(name(), 'on')]") == []


def test_every_link_leads_to_a_place_on_the_page_or_a_file_beside_it(report, year):
    names = report.all("//@id")
    away = [link for link in report.links if not link.startswith("#")]

    assert len(names) == len(set(names))
    assert [link for link in report.links if link.startswith("#") and link[1:] not in names] == []
    assert [link for link in away if not (year.folder / link).is_file()] == []
    assert [link for link in away if link.startswith(("/", "..")) or "\\" in link] == []
    assert year.workbook.name in away


def test_every_file_for_people_is_linked(demo_report, demo):
    people = {p.relative_to(demo.folder).as_posix() for p in demo.folder.rglob("*") if p.suffix in {".xlsx", ".csv"}}

    assert people <= set(demo_report.links)


def test_the_page_can_be_read_aloud(report):
    tables = report.all("//table")

    assert report.one("/html").get("lang") == "zh-CN"
    assert len(report.all("//h1")) == 1
    assert [e.tag for e in report.all("//section/*[1]")] == ["h2"] * len(SECTIONS)
    assert [t for t in tables if len(t.xpath("caption")) != 1 or not text(t.xpath("caption")[0])] == []
    assert report.all("//th[not(@scope)]") == []
    assert [s.get("id") for s in report.all("//select") if not report.all(f"//label[@for='{s.get('id')}']")] == []
    assert report.all("//svg[not(@role='img')] | //*[@tabindex='0'][not(@aria-label)]") == []


def test_every_text_can_be_read_on_its_ground(report):
    """Each rule of the style that sets an ink, on its own ground; others stand on white or on a row's fill."""
    rules = re.findall(r"\{([^{}]+)\}", report.one("//style").text)
    white = "#FFFFFF"
    pairs = {
        (ink[1], ground[1] if (ground := re.search(r"background: (#\w{6})", rule)) else white)
        for rule in rules
        if (ink := re.search(r"(?<![-\w])(?:color|fill): (#\w{6})", rule))
    }
    on_fills = set(product([theme.INK, theme.MUTED, theme.LINK], [theme.SUB_BG, theme.INPUT_BG, theme.TOTAL_BG]))
    verdicts = {(theme.INK, theme.ERR_BG), (theme.ERR, theme.ERR_BG), (theme.OK, theme.OK_BG)}

    assert {(theme.WARN, theme.WARN_BG), (theme.NAVY, white)} <= pairs
    assert [pair for pair in pairs | on_fills | verdicts if contrast(pair[0][1:], pair[1][1:]) < 4.5] == []


def test_no_text_is_a_word_of_the_machine_and_punctuation_is_full_width(report):
    assert [t for t in report.texts if machine_words(t)] == []
    assert [t for t in report.texts if half_width_beside_chinese(t)] == []
    assert len(report.texts) > 300


def test_old_browsers_understand_it(report):
    style, script = report.one("//style").text, report.one("//script").text

    assert re.findall(r":has|:is\(|:where|var\(|--|&|@layer|@container|\bgrid-|gap:|inset", style) == []
    assert re.findall(r"=>|\blet\b|\bconst\b|`|\bclass\b|\.\.\.|\?\.|\bforEach\b|closest|async", script) == []


def test_the_same_run_makes_the_same_page(outcome, year):
    assert report_html(outcome, written(year)) == report_html(outcome, written(year))


HOSTILE = "<script>alert(1)</script>"
NAMED = '"><img src=x onerror=alert(1)>.xlsx'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Report:
    """Returns whose 说明, cells, covers and file names are written as HTML; one of them is sent back, one unknown."""
    desk = Desk(tmp_path_factory.mktemp("hostile"))
    desk.send("市教育局", changes={"T1.102": 3}, notes={"T1.100": HOSTILE})
    sent = desk.send("市卫生局", changes={"T2.05": "<b>12</b>"}, cover={"analysis": HOSTILE})
    sent.rename(desk.inbox / NAMED)
    (desk.inbox / f"{{{{ 7*7 }}}} {NAMED}").write_bytes(b"PK no workbook")
    desk.run()
    return Report(desk.outbox / "2012" / NAME)


def test_a_text_from_a_return_stays_a_text(hostile):
    assert hostile.all("//img | //td//b | //td//script | //@onerror") == []
    assert len(hostile.all("//script")) == 1
    said = hostile.said("//*[@id='findings']")
    assert all(words in said for words in (f"单位说明：{HOSTILE}", "“<b>12</b>”", NAMED, "{{ 7*7 }}"))
    assert HOSTILE in hostile.said("//*[@id='reconciliation']")


def test_a_file_name_from_a_return_stays_an_address(hostile):
    folder = hostile.path.parent

    assert [link for link in hostile.links if not link.startswith("#") and not (folder / link).is_file()] == []
    assert [link for link in hostile.all("//a/@href") if re.search(r'["<> :?]|^//', link)] == []
    assert any("未识别" in link for link in hostile.links)


def test_a_sound_month_is_told_to_be_forwarded(tmp_path):
    desk = Desk(tmp_path)
    desk.send()
    outcome, workbook = desk.run()
    report = Report(workbook.parent / NAME)

    assert outcome.ready
    assert report.one("//*[@id='verdict']").get("class") == "ready"
    assert report.said("//*[@id='first']/p").startswith(f"没有待办的问题。请打开 {workbook.name}，复核后报送")
    assert report.all("//*[@class='bad']") == []
    assert report.said("//*[@id='tile-missing']").split() == ["未报", "49", "份", "都还没到期"]
    assert "没有与往常不同的数。" in report.said("//*[@id='questions']")
