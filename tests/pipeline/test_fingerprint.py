"""The run's number names exactly the files that a run reads: one that decides nothing is no part of it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipeline.outbox.fingerprint import declared_inputs, fingerprint
from schemas.draft import DEFAULTS, REPORT
from schemas.edition import EDITIONS
from schemas.forms import forms_of
from schemas.office import OFFICES, read_office

DRAFT = 'id = "next"\nextends = "base"\n'


@pytest.fixture
def office(tmp_path):
    """An office outside the project, with a form of its own that extends another of its own."""
    folder = shutil.copytree(OFFICES / "shifan", tmp_path / "office")
    (folder / "editions").mkdir()
    (folder / "editions" / "base.toml").write_text('id = "base"\nextends = "sfs-2012"\n', "utf-8")
    (folder / "editions" / "next.toml").write_text(DRAFT, "utf-8")
    settings = (folder / "office.toml").read_text("utf-8").replace('["sfs-2012"]', '["next"]')
    (folder / "office.toml").write_text(settings, "utf-8")
    return folder


def inputs_of(folder: Path) -> dict[str, str]:
    office = read_office(folder)
    return declared_inputs(folder.parent / "inbox", [], office, forms_of(office), ())


def number_of(folder: Path) -> str:
    return fingerprint(inputs_of(folder), date(2013, 1, 31), "2012-12")


def test_every_file_that_is_read_has_a_name_of_its_own(office):
    lists = ["categories.csv", "channels.csv", "duties.csv", "fees.csv", "holidays.csv", "units.csv", "office.toml"]
    forms = ["editions/base.toml", "editions/next.toml"]
    shipped = [
        "editions/sfs-2012.toml",
        "editions/jyg-2012.toml",
        "leaks.toml",
        "letters.toml",
        "messages.toml",
        "units.toml",
    ]
    templates = [
        "editions/jyg-2012/分析说明模板.docx",
        "editions/jyg-2012/年度报告模板.docx",
        "drafts/更正说明模板.docx",
        "drafts/报送函模板.docx",
    ]

    wanted = [*(f"设置/{name}" for name in (*lists, *forms)), *(f"程序/{name}" for name in (*shipped, *templates))]
    assert sorted(inputs_of(office)) == sorted(wanted)


@pytest.mark.parametrize("name", ["editions/base.toml", "channels.csv", "holidays.csv", "office.toml"])
def test_another_content_of_a_file_that_is_read_is_another_number(office, name):
    before = number_of(office)
    (office / name).write_text((office / name).read_text("utf-8") + "\n", "utf-8")

    assert number_of(office) != before


def test_the_offices_own_template_counts_and_the_shared_one_then_does_not(office):
    before = inputs_of(office)
    shutil.copy(DEFAULTS / REPORT, office / REPORT)
    after = inputs_of(office)

    assert set(after) - set(before) == {f"设置/{REPORT}"}
    assert set(before) - set(after) == {f"程序/editions/jyg-2012/{REPORT}"}


@pytest.mark.parametrize("name", ["demo.toml", "editions/other.toml", "notes.csv"])
def test_what_is_not_read_is_no_part_of_it(office, name):
    before = number_of(office)
    shutil.copy(EDITIONS / "sfs-2012.toml", office / name)

    assert number_of(office) == before


def test_it_is_the_same_wherever_the_office_lies(office, tmp_path):
    before = number_of(office)
    (tmp_path / "elsewhere").mkdir()

    assert number_of(shutil.move(office, tmp_path / "elsewhere" / "another")) == before
