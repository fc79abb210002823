"""An office that files monthly and yearly: two series in one inbox, the yearly one told by the months where it can be."""

import csv
import json
import shutil

import pytest

from pipeline.desk.blank_forms import issue_templates
from pipeline.desk.filled_in import FILLED
from pipeline.story.series import beside_shorter, run_all
from schemas.edition import EDITIONS
from schemas.office import read_office
from schemas.period import period_of
from tests.builders import Desk, Quiet
from tests.national.county import HERE, send, told

MONTHLY = """id = "monthly"
extends = "gansu-2008"
valid = { from = "2021-01", to = "2030-12" }
"""
YEARLY = """id = "yearly"
extends = "cn-2021"

[[table]]
id = "T21"
row = [{ code = "2012", from_months = { made = "T2.03" } }]

[[table]]
id = "T3"
row = [
    { code = "301", from_months = { t = "T2.10" } },
    { code = "3131", from_months = { p = "T2.25" } },
]
"""
UNITS = {"东溪镇": "970000-001", "西岭乡": "970000-002"}
MONTHS = [f"2021-{n:02}" for n in range(1, 13)]
MONTH = {
    "T2.01": 9,
    "T2.02": 4,
    "T2.03": 1,
    "T2.06": 3,
    "T2.10": 2,
    "T2.14": 2,
    "T2.17": 2,
    "T2.18": 1,
    "T2.20": 1,
    "T2.25": 1,
}
YEAR = {
    "T21.2012_made": 12,
    "T21.2012_valid": 40,
    "T3.301_p": 20,
    "T3.301_c": 4,
    "T3.311_p": 8,
    "T3.311_c": 4,
    "T3.3131_p": 12,
}


@pytest.fixture
def desk(tmp_path):
    """The county, with a monthly and a yearly form of its own beside its office."""
    office, editions = tmp_path / "office", tmp_path / "editions"
    shutil.copytree(HERE / "office", office)
    settings = (
        (office / "office.toml").read_text("utf-8").replace('"cn-2014", "cn-2019", "cn-2021"', '"monthly", "yearly"')
    )
    (office / "office.toml").write_text(settings.replace("day = 31", "day = 20"), "utf-8")
    shutil.copytree(EDITIONS, editions)
    (editions / "monthly.toml").write_text(MONTHLY, "utf-8")
    (editions / "yearly.toml").write_text(YEARLY, "utf-8")
    lines = [line for line in (office / "units.csv").read_text("utf-8").splitlines() if "财政局" not in line]
    (office / "units.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return Desk(tmp_path, read_office(office, editions))


def file_months(desk):
    for unit in UNITS:
        for n, month in enumerate(MONTHS):
            send(desk, unit, month, MONTH | {"T2.01": 9 + n % 3})


def both(desk, as_of="2022-01-31"):
    return [one.outcome for one in run_all(desk.request(as_of), Quiet())]


@pytest.mark.slow
def test_both_series_of_one_inbox_come_to_their_own_year(desk):
    file_months(desk)
    for unit in UNITS:
        send(desk, unit, "2021", YEAR)
    monthly, yearly = both(desk)

    assert (told(monthly), told(yearly)) == ([], [])
    assert (len(monthly.months), len(yearly.months)) == (12, 1)
    assert (monthly.coverage.counted, yearly.coverage.counted) == (24, 2)
    assert (monthly.outside, yearly.outside) == (0, 0)
    assert {path.name for path in desk.outbox.iterdir() if path.is_dir()} == {"2021", "2021年报"}
    runs = [json.loads((desk.outbox / name / "run.json").read_text("utf-8")) for name in ("2021", "2021年报")]
    assert runs[0]["fingerprint"] != runs[1]["fingerprint"]


@pytest.mark.slow
def test_the_yearly_return_comes_filled_in_and_says_what_must_still_be_asked(desk, tmp_path):
    file_months(desk)
    period = period_of("2021")
    written = issue_templates(period, [], tmp_path / "out", desk.request("2022-01-10"), Quiet())
    rows = list(csv.DictReader((tmp_path / "out" / f"{FILLED}_2021.csv").read_text("utf-8-sig").splitlines()))
    own = {(row["代码"], row["项目"].partition("·")[2]): row for row in rows if row["单位"] == "东溪镇"}

    assert len(written) == 3
    assert own["2012", "本年制发件数"]["预填的数"] == "12"
    assert own["3131", "自然人"]["预填的数"] == "12"
    assert own["301", "总计"]["说明"].startswith("由表格计算，各期报表的合计是这个数")
    assert own["301", "自然人"]["说明"] == "请填：各期报表里没有这一项。"
    inputs = [e for e in desk.form("2021").of("2021", UNITS["东溪镇"]).entries.values() if e.is_input]
    assert len(own) == len(inputs) + 1
    shutil.copy(tmp_path / "out" / "东溪镇_2021.xlsx", desk.inbox / "东溪镇_2021.xlsx")
    desk.receive(desk.inbox / "东溪镇_2021.xlsx", "2022-01-12")
    facts = both(desk)[1].returns
    assert set(facts["unit"]) == set(UNITS.values())


@pytest.mark.slow
def test_what_a_unit_says_otherwise_than_its_months_is_asked(desk):
    file_months(desk)
    send(desk, "东溪镇", "2021", YEAR | {"T21.2012_made": 15})
    send(desk, "西岭乡", "2021", YEAR | {"T3.301_p": 21, "T3.304_p": 1})
    _, yearly = both(desk)
    found = [(f.rule, f.unit, f.value) for f in yearly.findings if f.level == "verify"]

    assert found == [("W-SUM-01", UNITS["东溪镇"], "15"), ("W-SUM-01", UNITS["西岭乡"], "25")]


@pytest.mark.slow
def test_a_month_that_is_missing_tells_nothing_of_the_year(desk):
    for month in MONTHS[:-1]:
        send(desk, "东溪镇", month, MONTH)
    send(desk, "东溪镇", "2021", YEAR | {"T21.2012_made": 15})
    request = beside_shorter(desk.request("2022-01-12", "2021"))

    assert request.shorter is not None
    assert not [f for f in desk.examine("2022-01-12", "2021").findings if f.rule == "W-SUM-01"]


def test_what_the_months_have_not_is_no_name_for_a_yearly_line(desk):
    from schemas.forms import forms_of
    from schemas.mistake import Mistake

    editions = desk.folder / "editions"
    (editions / "yearly.toml").write_text(YEARLY.replace("T2.25", "T2.99"), "utf-8")

    with pytest.raises(Mistake, match="T2 没有“99”行"):
        forms_of(read_office(desk.folder / "office", editions))
