"""publish --open: what the public may have is what the workbook prints, without units' own figures, for everybody."""

import csv
import io
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from pipeline.desk.forwarding import forward, release_of
from pipeline.outbox.publish.open_release import release
from pipeline.outbox.publish.open_release.visible import shown
from pipeline.outbox.publish.package import PACKAGE
from pipeline.outbox.publish.workbook import write_workbook
from pipeline.tables.outcome import Issue
from tests.builders import Desk, Quiet, a_little_office, the_city
from tests.publish.test_package import problems
from tests.upward.world import DAY, THROUGH, built

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension")


def cleared(office, *units):
    """An office that cleared some units' own figures."""
    settings = office.settings.model_copy(update={"open": office.settings.open.model_copy(update={"units": units})})
    return office._replace(settings=settings)


def desk_of(folder):
    desk = Desk(folder, a_little_office())
    first, second = (unit.short for unit in desk.office.units)
    desk.send(first, "2012-01", {"T2.05": 1234567})
    desk.send(second, "2012-01", {"T1.102": 8})
    desk.send(first, "2012-02")
    return desk


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Two units, two months, one return missing."""
    return replace(desk_of(tmp_path_factory.mktemp("open")).examine("2012-03-31"), issue=Issue(1, "一份未报"))


@pytest.fixture(scope="module")
def folder(outcome, tmp_path_factory):
    return release(outcome, tmp_path_factory.mktemp("release"), "2012-02_v1")


def read(folder, table):
    (path,) = folder.glob(f"{table}_*.csv")
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def same(told, printed, heading):
    """Whether a cell of the file is what the workbook shows: a percentage is a share of 1 there."""
    if not isinstance(printed, float | int):
        return told == printed
    return float(told) in (pytest.approx(printed), pytest.approx(printed * 100))


def compared(folder, outcome, workbook):
    """Every cell of every released table beside the workbook's; how many they are."""
    write_workbook(workbook, outcome)
    book, count = CalamineWorkbook.from_path(workbook), 0
    for path in sorted(folder.glob("*.csv")):
        table = next(one for one in outcome.tables if path.name.startswith(f"{one.annual.id}_"))
        printed = {row[0]: row for row in book.get_sheet_by_name(table.annual.sheet).to_python()[3:]}
        heads, *rows = read(folder, table.annual.id)
        for row in rows:
            beside = printed[row[0]]
            for n, (told, heading) in enumerate(zip(row, heads, strict=True)):
                assert same(told, beside[n], heading), (path.name, row[0], heading)
                count += 1
    return count


def test_each_table_is_the_workbooks(outcome, folder, tmp_path):
    assert compared(folder, outcome, tmp_path / "汇总.xlsx") > 30


def test_the_page_says_what_the_files_say(outcome, folder):
    from lxml import html

    page = html.fromstring((folder / "index.html").read_text("utf-8"))
    for section in page.xpath("//main/section[.//a[@download]]"):
        (link,) = section.xpath(".//a[@download]/@href")
        rows = list(csv.reader(io.StringIO((folder / link).read_text("utf-8-sig"))))
        told = [[cell.text_content().replace(",", "") for cell in row] for row in section.xpath(".//table//tr")]
        assert [[cell.replace(",", "") for cell in row] for row in rows] == told
    text = page.text_content()
    assert outcome.coverage.words in text
    assert "保留意见：一份未报" in text
    assert "各栏怎么计的" in text


def test_the_files_are_described_for_programs(folder):
    assert problems(folder) == []
    assert (folder / PACKAGE).is_file()


def table_of(office, kinds):
    """A table by units, one of each of the kinds (in their order) a unit of the office."""
    from pipeline.values.answer import known
    from pipeline.values.table import Table, TableRow

    units = office.units[: len(kinds)]
    rows = [TableRow("total", "合计", (known(len(units)),), key="合计")]
    for kind in dict.fromkeys(kinds):
        own = [unit for unit, its in zip(units, kinds, strict=True) if its == kind]
        rows.append(TableRow("group", kind, (known(len(own)),), key=kind))
        rows += [TableRow("item", u.short, (known(1),), units=(u.code,), key=u.code) for u in own]
    return Table(None, (), tuple(rows), frozenset())


@pytest.mark.parametrize(
    ("names", "kinds", "labels"),
    [
        ("", "甲甲", "合计 甲"),
        ("全部", "甲甲", "合计 甲 1 2"),
        ("1", "甲甲", "合计 甲"),  # the other would be what is left
        ("1", "甲乙", "合计"),  # a group of one is that one, and the total would tell it
        ("1 2", "甲甲乙", "合计"),
        ("1 2", "甲甲乙丙", "合计 甲 1 2"),  # two that are not told apart
        ("1 2 3", "甲甲甲乙乙", "合计 甲 乙 1 2 3"),
        ("1 2", "甲甲甲乙乙", "合计 甲 乙"),
        ("1", "甲甲甲乙乙", "合计 甲 乙 1"),
    ],
)
def test_a_unit_that_is_not_cleared_is_not_shown_nor_given_away(names, kinds, labels):
    office = the_city()
    own = {str(n): unit.short for n, unit in enumerate(office.units[: len(kinds)], start=1)}
    office = cleared(office, *(own.get(name, name) for name in names.split()))
    seen = shown(table_of(office, kinds), office)

    assert {row.label for row in seen.rows} == {own.get(name, name) for name in labels.split()}


@pytest.mark.slow
def test_it_is_made_of_what_was_forwarded_and_of_nothing_that_is_withheld(tmp_path):
    world = built(tmp_path)
    county = world.county
    forwarded = forward(county.request(THROUGH, DAY.replace(day=13)), "", Quiet())
    made = release_of(forwarded, county.outbox, "")
    refused = forwarded._replace(folder=None)

    assert made == county.outbox / "公开" / forwarded.folder.name
    assert release_of(forwarded, county.outbox, "") == made
    told = "".join(path.read_text("utf-8-sig") for path in made.iterdir())
    assert not any(unit.name in told for unit in county.office.units)
    assert refused.folder is None


@pytest.mark.slow
def test_each_table_of_a_year_is_the_workbooks(year, tmp_path):
    settings = year.outcome.office
    outcome = replace(year.outcome, office=cleared(settings, "全部"), issue=Issue(1, ""))
    folder = release(outcome, tmp_path, "2012-12_v1")

    assert compared(folder, outcome, tmp_path / "汇总.xlsx") > 500
    assert problems(folder) == []
