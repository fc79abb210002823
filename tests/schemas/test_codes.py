"""Codes and units with their dates: what is asked when, under which name."""

import shutil
from pathlib import Path

import pytest

from schemas.form import Form
from schemas.forms import forms_of
from schemas.office import OFFICES, Office, read_office
from schemas.rules import words
from schemas.rules.terms import Ref

HEADER = "code,name,short,valid_from,valid_to,aliases,owner\n"
NEW_CHANNEL = "108,政务微博,政务微博,2012-07,,官方微博;微博,620200-005\n"
LAST_MONTH, FIRST_MONTH = "2012-06", "2012-07"


def office_with(folder: Path, channels: str) -> Office:
    """Our office, with these rows in its list of channels."""
    shutil.copytree(OFFICES / "jyg", folder, dirs_exist_ok=True)
    (folder / "channels.csv").write_text(HEADER + channels, encoding="utf-8")
    return read_office(folder)


def form_with(folder: Path, channels: str) -> Form:
    return forms_of(office_with(folder, channels))[0]


def our_channels() -> str:
    return (OFFICES / "jyg" / "channels.csv").read_text(encoding="utf-8").removeprefix(HEADER)


def with_new_channel(folder: Path) -> Form:
    return form_with(folder, our_channels() + NEW_CHANNEL)


def codes_of(form: Form, table: str = "T1") -> list[str]:
    return [entry.code for entry in form.table(table)]


def terms_of(form: Form, rule: str) -> set[Ref]:
    return {ref for statement in form.statements if statement.rule == rule for ref in statement.refs}


def test_a_new_channel_is_asked_from_its_first_month_on(tmp_path):
    form = with_new_channel(tmp_path)

    assert [("108" in codes_of(form.of(month))) for month in (LAST_MONTH, FIRST_MONTH, "2013-12")] == [
        False,
        True,
        True,
    ]


def test_the_form_of_all_months_knows_since_when(tmp_path):
    entry = with_new_channel(tmp_path).entries["T1", "108"]

    assert (entry.valid_from, entry.asked(LAST_MONTH), entry.asked(FIRST_MONTH)) == (FIRST_MONTH, False, True)


@pytest.mark.parametrize("rule", ["T1-100", "A-01"])
def test_a_new_channel_is_inside_every_rule_that_names_the_block(tmp_path, rule):
    form = with_new_channel(tmp_path)
    inside = [Ref("T1", "108") in terms_of(form.of(month), rule) for month in (LAST_MONTH, FIRST_MONTH)]

    assert inside == [False, True]
    assert Ref("T1", "108") in terms_of(form, rule)


def test_nothing_is_answered_for_a_channel_that_is_not_asked(tmp_path):
    form = with_new_channel(tmp_path)
    answered = [{s.at.line for s in form.of(month).statements} for month in (LAST_MONTH, FIRST_MONTH)]

    assert ["108" in lines for lines in answered] == [False, True]


def test_a_new_channel_is_a_part_of_the_total_and_of_the_annual_tables(tmp_path):
    form = with_new_channel(tmp_path)

    assert form.entries["T1", "100"].parts[-1] == "108"
    assert form.of(LAST_MONTH).entries["T1", "100"].parts[-1] == "107"
    assert form.expression("sum(T1.channels)")[0].refs[-1] == Ref("T1", "108")
    assert len(form.expression("T1.channels")) == 8
    assert form.meetings[0].right.refs[-1] == Ref("T1", "108")


def test_a_rule_may_name_a_line_that_some_months_do_not_ask(tmp_path):
    from_july = our_channels().replace("各部门网站,部门网站,", "各部门网站,部门网站,2012-07")
    form = form_with(tmp_path, from_july)
    june, july = (
        [words.sentence(s, form.entries) for s in form.of(month).statements if s.rule == "T2-05"]
        for month in (LAST_MONTH, FIRST_MONTH)
    )

    assert june == ["当0不小于1时，“网站专栏页面访问量”（05行）应不小于1"]
    assert july == ["当“各部门网站”（103行）不小于1时，“网站专栏页面访问量”（05行）应不小于1"]


RENAMED = ["104,公报,公报,,2012-06,,620200-004\n", "104,政府公报,政府公报,2012-07,,,620200-004\n"]


@pytest.mark.parametrize("rows", [RENAMED, RENAMED[::-1]], ids=["old name first", "new name first"])
def test_a_code_that_was_renamed_has_the_name_of_its_month_and_the_last_one_over_all(tmp_path, rows):
    form = form_with(
        tmp_path,
        "101,省网,省网,,,,\n"
        + "".join(rows)
        + our_channels().split("\n", 1)[1].replace("104,政府公报,政府公报", "109,公告栏,公告栏"),
    )
    entry = form.entries["T1", "104"]

    assert [form.of(m).entries["T1", "104"].name for m in (LAST_MONTH, FIRST_MONTH)] == ["公报", "政府公报"]
    assert (entry.name, entry.valid_from, entry.valid_to) == ("政府公报", "", "9999-12")
    assert codes_of(form)[:4] == ["100", "101", "104", "102"]


@pytest.mark.parametrize(
    ("month", "owed"), [("2009-11", False), ("2009-12", True), ("2012-06", True), ("2019-06", True), ("2019-07", False)]
)
def test_a_unit_owes_returns_for_the_months_of_its_validity(month, owed):
    assert ("雄关区" in [unit.short for unit in read_office().units_in(month)]) == owed


def test_other_names_are_kept_with_the_code(tmp_path):
    *_, weibo = office_with(tmp_path, our_channels() + NEW_CHANNEL).codes["channels"]

    assert weibo.aliases == ("官方微博", "微博")


@pytest.mark.parametrize("folder", sorted(OFFICES.iterdir()), ids=lambda folder: folder.name)
def test_every_office_is_in_order(folder):
    office = read_office(folder)
    codes = {unit.code for unit in office.units}

    assert all(row.parent in codes | {""} for unit in office.units for row in unit.rows)
    assert all(unit.short for unit in office.units)
    assert forms_of(office)
