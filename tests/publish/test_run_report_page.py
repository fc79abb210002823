"""运行报告.html asks nobody for anything, can be read by everybody, and what a return says stays a text."""

import re
from base64 import b64encode
from hashlib import sha256
from itertools import product

import pytest

from pipeline.outbox.publish.report_html import NAME, report_html
from pipeline.paper import theme
from tests.builders import Desk, office_of, settled, the_city
from tests.publish.colours import contrast
from tests.publish.page_reading import Report, text, written
from tests.publish.words import half_width_beside_chinese, machine_words

SECTIONS = ["first", "reconciliation", "revisions", "findings", "questions", "status", "charts", "sources"]


def test_the_sections_stand_in_their_order(report):
    assert report.all("//main/section/@id") == SECTIONS
    assert [f"#{name}" for name in SECTIONS] == report.all("//nav//@href")


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


def test_every_file_for_people_is_linked(report, year):
    people = {p.relative_to(year.folder).as_posix() for p in year.folder.rglob("*") if p.suffix in {".xlsx", ".csv"}}

    assert people <= set(report.links)


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


def test_the_same_run_makes_the_same_page(year):
    assert report_html(year.outcome, written(year)) == report_html(year.outcome, written(year))


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


@pytest.mark.slow
def test_a_text_from_a_return_stays_a_text(hostile):
    assert hostile.all("//img | //td//b | //td//script | //@onerror") == []
    assert len(hostile.all("//script")) == 1
    said = hostile.said("//*[@id='findings']")
    assert all(words in said for words in (f"单位说明：{HOSTILE}", "“<b>12</b>”", NAMED, "{{ 7*7 }}"))
    assert HOSTILE in hostile.said("//*[@id='reconciliation']")


@pytest.mark.slow
def test_a_file_name_from_a_return_stays_an_address(hostile):
    folder = hostile.path.parent

    assert [link for link in hostile.links if not link.startswith("#") and not (folder / link).is_file()] == []
    assert [link for link in hostile.all("//a/@href") if re.search(r'["<> :?]|^//', link)] == []
    assert any("未识别" in link for link in hostile.links)


@pytest.mark.slow
def test_a_month_with_returns_that_are_not_due_yet_waits_for_them(tmp_path):
    desk = Desk(tmp_path)
    desk.send()
    outcome, workbook = desk.run()
    report = Report(workbook.parent / NAME)

    assert (settled(outcome), outcome.ready, outcome.awaited) == (True, False, 49)
    assert report.said("//*[@id='verdict']").startswith("暂不能上报：还有49份没有收到（报送期限未到）。")
    assert report.said("//*[@id='tile-missing']").split() == ["未报", "49", "份", "都还没到期"]


@pytest.mark.slow
def test_a_sound_month_is_told_to_be_forwarded(tmp_path):
    city = the_city()
    rows = [row for unit in city.units for row in unit.rows if "市卫生局" in row.names]
    desk = Desk(tmp_path, office_of(city, rows))
    desk.send()
    outcome, workbook = desk.run()
    report = Report(workbook.parent / NAME)

    assert outcome.ready
    assert report.one("//*[@id='verdict']").get("class") == "ready"
    assert report.said("//*[@id='first']/p").startswith(f"没有待办的问题。请打开 {workbook.name}，复核后报送")
    assert report.all("//*[@class='bad']") == []
    assert report.said("//*[@id='tile-missing']").split()[:3] == ["未报", "0", "份"]
    assert "没有与往常不同的数。" in report.said("//*[@id='questions']")
