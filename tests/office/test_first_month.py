"""From new-office to a first month that was forwarded, and no word of another office in any of it."""

from pathlib import Path

import pytest

from schemas.office import read_office
from tests.builders import Desk
from tests.cli.running import Command
from tests.national.county import TOWN, send
from tests.office.words import found

PHONE = {"phone": "0000-1234567"}
UNITS = "临水县人民政府办公室\n临水县教育局\n临水县水务局\n河湾镇人民政府"
NEW = ("--code", "411700", "--due", "6", "--contact", "临水县政府办公室 0000-1111111", "--units", UNITS)


def made(folder: Path, *options: str) -> tuple[Command, Desk]:
    """The office, and the desk at which its units send their returns."""
    command = Command(folder)
    said = command("new-office", "临水县", *NEW, *options)
    assert (said.code, said.err) == (0, "")
    return command, Desk(folder, read_office(folder / "临水县"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_first_month_goes_from_nothing_to_a_forwarded_folder(tmp_path):
    command, desk = made(tmp_path, "--first", "2012-03", "--duty", "education=县教育局")
    assert command("templates", "--office", "临水县", "--period", "2012-03").code == 0
    hall, schools, water, town = (unit.short for unit in desk.office.units)
    for unit, consulted in ((hall, 7), (schools, 8)):
        desk.send(unit, "2012-03", {"T2.06": consulted}, cover=PHONE, received="2012-04-05")
    desk.send(water, "2012-03", {"T2.02": 50}, cover=PHONE, received="2012-04-05")

    first = command("--office", "临水县", "--as-of", "2012-04-10")
    assert first.code == 1
    assert "应报4份，收到3份，入汇2份，退回未改1份，未报1份。" in first.out
    assert [path.name for path in (tmp_path / "outbox/2012/退回").rglob("*.xlsx")] == ["县水务局_2012-03_退回修改.xlsx"]
    assert (tmp_path / "outbox/2012/催报/2012-03_群通知.txt").exists()

    desk.send(water, "2012-03", {"T2.06": 3}, cover=PHONE, received="2012-04-11", name="改.xlsx")
    desk.send(town, "2012-03", {"T2.06": 4}, cover=PHONE, received="2012-04-11", name="河湾.xlsx")
    second = command("--office", "临水县", "--as-of", "2012-04-12")
    forwarded = command("publish", "--office", "临水县", "--through", "2012-03", "--as-of", "2012-04-12")

    assert (second.code, forwarded.code) == (0, 0), second.out + forwarded.out + forwarded.err
    assert (tmp_path / "outbox/上报/2012-03_v1/清单.json").exists()
    assert found(tmp_path / "outbox", tmp_path / "inbox") == []

    audited = ("--office", "临水县", "--through", "2012-03", "--as-of", "2012-04-12", "--outbox", "重做")
    assert command("publish", *audited).code == 0
    assert contents(tmp_path / "重做" / "上报") == contents(tmp_path / "outbox" / "上报"), "docs/审计.md promises it"
    assert contents(tmp_path / "重做" / "上报底稿") == contents(tmp_path / "outbox" / "上报底稿")


@pytest.mark.slow
def test_a_first_year_on_the_national_form_goes_the_same_way(tmp_path):
    command, desk = made(tmp_path, "--first", "2021-01", "--form", "cn-2021")
    assert command("templates", "--office", "临水县", "--period", "2021").code == 0
    for unit in desk.office.units:
        send(desk, unit.short, "2021", TOWN, cover=PHONE)

    ran = command("--office", "临水县", "--as-of", "2022-01-20")
    forwarded = command("publish", "--office", "临水县", "--through", "2021", "--as-of", "2022-01-20")

    assert (ran.code, forwarded.code) == (0, 0), ran.out + forwarded.out + forwarded.err
    assert desk.office.settings.editions == ("cn-2021",)
    assert found(tmp_path / "outbox", tmp_path / "inbox") == []


def test_the_blank_forms_say_what_the_new_office_says(tmp_path):
    command, _ = made(tmp_path, "--first", "2012-03", "--form-no", "临信1表", "--paper", "要")
    said = command("templates", "--office", "临水县", "--period", "2012-03", "--unit", "河湾镇", "--to", "blank")

    assert said.code == 0
    assert found(tmp_path / "blank") == []


def test_the_search_finds_what_the_shipped_office_prints(tmp_path):
    Command(tmp_path)("templates", "--period", "2012-03", "--unit", "市教育局", "--to", "blank")

    assert {"嘉峪关市", "嘉信公月1表"} <= {word for _, word in found(tmp_path / "blank")}
