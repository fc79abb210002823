"""What an office may choose of the national forms: by the month, of some kinds of unit only, the province's form alone."""

import csv
import shutil
from pathlib import Path

import pytest

from pipeline.desk.blank_forms import issue_templates
from pipeline.desk.edition import MUST, check_edition
from pipeline.desk.filled_in import FILLED
from pipeline.story.series import run_all
from schemas.edition import EDITIONS
from schemas.forms import forms_of
from schemas.mistake import Mistake
from schemas.office import OWN_EDITIONS, Office, read_office
from schemas.period import period_of
from tests.builders import Desk, Quiet
from tests.national.county import HERE, printed, send, told
from tests.publish.reading import load
from tests.publish.routes import parting

EAST, WEST, FINANCE = "东溪镇", "西岭乡", "县财政局"
CODES = {EAST: "970000-001", WEST: "970000-002", FINANCE: "970000-003"}
YEAR = [f"2021-{n:02}" for n in range(1, 13)]


def office_with(folder: Path, *editions: str, day: int = 31, forms: dict[str, str] | None = None) -> Office:
    """The county, with these editions in use; ``forms`` are its own, as texts."""
    shutil.copytree(HERE / "office", folder)
    settings = (folder / "office.toml").read_text("utf-8").replace("day = 31", f"day = {day}")
    listed = ", ".join(f'"{name}"' for name in editions)
    (folder / "office.toml").write_text(settings.replace('"cn-2014", "cn-2019", "cn-2021"', listed), "utf-8")
    (folder / OWN_EDITIONS).mkdir()
    for name, text in (forms or {}).items():
        (folder / OWN_EDITIONS / f"{name}.toml").write_text(text, "utf-8")
    return read_office(folder)


BY_MONTHS = ("cn-2021-monthly", "cn-2021-yearly")  # shipped, for who chooses them


def month(n: int, u: int) -> dict[str, int]:
    """A month of a unit: three applications, two or three answered; what is left over goes on into the next month."""
    before, after = open_at(n), open_at(n + 1)
    return {
        "T21.2012_made": 1, "T21.2012_valid": 10 + n, "T22.2051_done": 4 + n % 3 + u, "T24.2081_paid": 10_000,
        "T3.301_p": 3, "T3.302_p": before, "T3.311_p": 3 + before - after, "T3.304_p": after, "T4.40_1": n % 2,
    }  # fmt: skip


def open_at(n: int) -> int:
    """How many applications are open when the nth month begins."""
    return 0 if n in {1, 13} else n % 3


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """An office that collects the national form by the month and by the year."""
    folder = tmp_path_factory.mktemp("both")
    office = office_with(folder / "office", *BY_MONTHS, day=20)
    desk = Desk(folder, office)
    for u, unit in enumerate(CODES):
        for n, period in enumerate(YEAR, 1):
            send(desk, unit, period, month(n, u))
    return desk


@pytest.mark.slow
def test_twelve_months_tell_the_year_by_what_each_number_is(both):
    outcome = both.examine("2022-01-25", "2021-12")
    taken = sum(month(n, u)["T3.311_p"] for n in range(1, 13) for u in range(3))

    assert told(outcome) == []
    assert printed(outcome, "表三", "一、本期新收政府信息公开申请数量", "自然人") == 108  # added up
    assert printed(outcome, "表三", "二、上期结转政府信息公开申请数量", "总计") == 0  # January's
    assert printed(outcome, "表三", "四、结转下期继续办理", "总计") == 0  # December's
    assert printed(outcome, "表三", "（七）总计", "总计") == taken == 108
    assert printed(outcome, "表二之一", "行政规范性文件", "现行有效件数") == 66
    assert printed(outcome, "表二之八", "行政事业性收费", "本期收费金额（单位：万元）") == 360_000


@pytest.mark.slow
def test_the_yearly_return_of_the_same_form_comes_filled_in_whole(both, tmp_path):
    period = period_of("2021")
    issue_templates(period, [], tmp_path / "out", both.request("2022-01-25"), Quiet())
    rows = list(csv.DictReader((tmp_path / "out" / f"{FILLED}_2021.csv").read_text("utf-8-sig").splitlines()))
    own = {(row["代码"], row["项目"].partition("·")[2]): row["预填的数"] for row in rows if row["单位"] == EAST}

    assert len(own) == len([e for e in both.form("2021").of("2021", CODES[EAST]).entries.values() if e.is_input])
    assert [key for key, number in own.items() if not number] == []
    assert (own["301", "自然人"], own["2012", "现行有效件数"], own["304", "自然人"]) == ("36", "22", "0")
    assert own["2081", "本年收费金额（单位：万元）"] == "12.0000"


@pytest.mark.slow
def test_what_the_year_says_otherwise_than_its_months_is_asked(both):
    year = {"T21.2012_made": 12, "T21.2012_valid": 22, "T22.2051_done": 60, "T24.2081_paid": 120_000}
    year |= {"T3.301_p": 36, "T3.311_p": 36, "T4.40_1": 6}
    send(both, EAST, "2021", year)
    send(both, WEST, "2021", year | {"T22.2051_done": 72, "T4.40_1": 5})
    _, yearly = (one.outcome for one in run_all(both.request("2022-01-31"), Quiet()))

    assert [(f.rule, f.unit, f.value) for f in yearly.findings if f.rule == "W-SUM-01"] == [
        ("W-SUM-01", CODES[WEST], "5"),
    ]


def test_a_table_whose_months_lack_a_number_is_told(tmp_path):
    paid = 'code = "paid", name = "本期收费金额（单位：万元）"'
    fees = 'code = "fees", name = "本期收费", unit = "万元", decimals = 4'
    lacking = (EDITIONS / "cn-2021-monthly.toml").read_text("utf-8").replace(paid, fees)
    lacking += '\n[without]\ncolumn = ["T24.paid"]\nannual = ["表二按单位"]\nsentence = ["行政行为"]\n'
    office = office_with(tmp_path / "o", *BY_MONTHS, day=20, forms={"cn-2021-monthly": lacking})

    with pytest.raises(Mistake, match=r"cn-2021-yearly.toml 第 \d+ 行：表式 cn-2021-monthly：表 T24 没有“2081_paid”行"):
        forms_of(office)


@pytest.mark.slow
def test_the_monthly_choice_can_be_sent_out(both):
    office = read_office(both.office.folder)
    found = check_edition("cn-2021-monthly", office, Quiet())  # the yearly one is the national form, with its months

    assert [c.words for c in found if c.level == MUST] == []


OF_KINDS = """id = "kinds"
extends = "cn-2021"

[[table]]
id = "T21"
row = [{ code = "2011", kinds = ["县政府部门"] }]
"""


def test_a_town_is_not_asked_for_what_only_others_can_make(tmp_path):
    desk = Desk(tmp_path, office_with(tmp_path / "office", "kinds", forms={"kinds": OF_KINDS}))
    own = {"T21.2012_made": 1, "T21.2012_valid": 1}
    for unit in (EAST, WEST):
        send(desk, unit, "2021", own)
    send(desk, FINANCE, "2021", own | {"T21.2011_made": 2, "T21.2011_valid": 2})
    outcome = desk.examine("2022-02-20")

    assert ("T21", "2011_made") not in desk.layout("2021", EAST).places
    assert ("T21", "2011_made") in desk.layout("2021", FINANCE).places
    assert told(outcome) == []
    assert printed(outcome, "表二之一", "规章", "本年制发件数") == 2
    units = next(table for table in outcome.tables if table.annual.id == "表二按单位")
    shown = {row.label: row.answers[0].show(units.columns[0].quantity) for row in units.rows}
    assert (shown[EAST], shown[FINANCE]) == ("—", "2")


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    """An office that uses the province's form of 2008 and no other."""
    folder = tmp_path_factory.mktemp("province")
    return Desk(folder, office_with(folder / "office", "gansu-2008", day=5))


@pytest.mark.slow
def test_the_provinces_form_alone_runs_a_month_to_its_workbook(province):
    own = {
        "T2.01": 9,
        "T2.02": 4,
        "T2.03": 1,
        "T2.06": 3,
        "T2.10": 2,
        "T2.11": 2,
        "T2.17": 2,
        "T2.18": 1,
        "T2.20": 1,
        "T2.25": 1,
    }
    send(province, EAST, "2009-03", own, cover={"zero": "否"})
    send(province, WEST, "2009-03", own | {"T2.17": 3}, cover={"zero": "否"})
    send(province, FINANCE, "2009-03", own | {"T2.01": 11}, cover={"zero": "否"})
    outcome, workbook = province.run("2009-04-20", "2009-03")

    assert {(rule, cell) for rule, _, cell in told(outcome) if rule.startswith("T")} == {("T2-17", "D25")}
    assert printed(outcome, "表1", "3月", "主动公开信息数") == 20
    assert load(workbook).sheetnames[:2] == ["封面", "目录"]
    assert parting(workbook.parent, outcome) == {}


@pytest.mark.slow
def test_the_provinces_form_can_be_sent_out(province):
    assert [c.words for c in check_edition("gansu-2008", province.office, Quiet()) if c.level == MUST] == []
