"""The command templates: blank returns for the units of a month."""

import json

import pytest

from pipeline.desk.blank_forms import issue_templates
from pipeline.values.files import unfinished
from pipeline.values.periods import Month
from schemas.office import read_office
from tests.builders import Quiet
from tests.publish.reading import load


@pytest.mark.slow
def test_every_unit_of_the_month_gets_a_template(command, tmp_path):
    said = command("templates", "--period", "2012-01")
    written = {path.name for path in (tmp_path / "outbox" / "模板" / "2012-01").iterdir()}

    assert said.code == 0
    assert written == {f"{unit.short}_2012-01.xlsx" for unit in read_office().units_in("2012-01")}
    assert f"做好 {len(written)} 份 2012年1月 的空白报表" in said.out


@pytest.mark.parametrize("named", ["市卫生局", "620200-025", "嘉峪关市卫生局"])
def test_a_unit_is_named_by_short_name_code_or_full_name(command, tmp_path, named):
    command("templates", "--period", "2012年1月", "--unit", named, "--to", "发出")

    assert [path.name for path in (tmp_path / "发出").iterdir()] == ["市卫生局_2012-01.xlsx"]


def test_several_units_may_be_named(command, tmp_path):
    command("templates", "--period", "2012.1", "--unit", "市计生委", "--unit", "雄关区", "--to", ".")

    assert {path.name for path in tmp_path.glob("*.xlsx")} == {"市人口委_2012-01.xlsx", "雄关区_2012-01.xlsx"}


@pytest.mark.parametrize("to", ["inbox", "inbox/模板"])
def test_none_is_put_into_the_inbox_where_it_would_be_read_as_a_return(command, tmp_path, to):
    (tmp_path / "inbox").mkdir()
    said = command("templates", "--period", "2012-01", "--unit", "雄关区", "--to", to)

    assert said.code == 2
    assert f"空白报表不能放在收件夹里（“{to}”）" in said.err
    assert list((tmp_path / "inbox").iterdir()) == []


def test_what_a_killed_one_left_half_written_is_cleared(command, tmp_path):
    (tmp_path / "发出").mkdir()
    unfinished(tmp_path / "发出" / "市卫生局_2012-01.xlsx").write_bytes(b"half")
    command("templates", "--period", "2012-01", "--unit", "雄关区", "--to", "发出")

    assert [path.name for path in (tmp_path / "发出").iterdir()] == ["雄关区_2012-01.xlsx"]


def test_json_names_what_was_written(command):
    said = command("templates", "--period", "2012-01", "--unit", "雄关区", "--to", "发出", "--json")

    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out) == {"period": "2012-01", "folder": "发出", "templates": ["雄关区_2012-01.xlsx"]}


@pytest.mark.slow
def test_februarys_template_knows_what_january_brought(desk, command, tmp_path):
    desk.send(changes={"T2.05": 120})
    command("templates", "--period", "2012-02", "--unit", "市卫生局", "--as-of", "2012-02-20", "--to", ".")
    book = load(tmp_path / "市卫生局_2012-02.xlsx")
    sheet, cell = desk.cell("T2.05:year_to_date", "2012-02")
    so_far = book[sheet][cell]

    assert so_far.value == f"=120+N({so_far.offset(column=-1).coordinate})"
    assert so_far.offset(column=1).value == 120


@pytest.mark.slow
def test_where_january_was_returned_february_asks_for_this_year_so_far(desk, command, tmp_path):
    desk.send(changes={"T2.02": 11})
    command("templates", "--period", "2012-02", "--unit", "市卫生局", "--as-of", "2012-02-20", "--to", ".")
    sheet, cell = desk.cell("T2.05:year_to_date", "2012-02")

    assert load(tmp_path / "市卫生局_2012-02.xlsx")[sheet][cell].value is None


def test_the_first_month_of_a_form_has_nothing_before_it(settings):
    desk = settings.desk()
    desk.send()
    edition = settings.editions / "jyg-2012.toml"
    edition.write_text(edition.read_text("utf-8").replace('from = "2012-01"', 'from = "2012-02"', 1), encoding="utf-8")
    to = desk.folder / "发出"

    written = issue_templates(Month(2012, 2), ["市卫生局"], to, settings.desk().request("2012-02-20"), Quiet())

    assert written == [to / "市卫生局_2012-02.xlsx"]
