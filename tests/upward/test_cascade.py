"""The cascade: units to counties, counties to a city, the city to a province; a break is found at the level it is in."""

import json
import shutil

import pytest

from pipeline.desk.cascade import Levels, read_cascade, tell_story
from pipeline.desk.following import followed
from pipeline.desk.lower import Lower
from pipeline.desk.verifying import verify
from pipeline.ledger.published import MANIFEST, papers_of
from pipeline.tables.explain import explain
from pipeline.values.machine import MACHINE
from schemas.period import period_of
from tests.builders import Quiet
from tests.upward.world import DAY, LATER, THROUGH, built, cells, desk, drop, forged

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Sparkline Group extension")]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A county that corrected itself after the city had forwarded."""
    world = built(tmp_path_factory.mktemp("nodes"))
    city = desk(world, world.levels.folder)
    drop(city, world.first)
    world.city = city
    world.forwarded = city.forward(THROUGH, DAY.replace(day=8)).folder
    return world


def test_explain_follows_a_figure_down_to_the_cell_of_a_unit(world):
    outcome = world.city.look(THROUGH, LATER)
    explanation = followed(explain(outcome, "表1", "1月", "网上公开"), Lower([world.levels.folder]))
    (county,) = explanation.sources
    first = county.below[0]

    assert county.value == sum(one.value for one in county.below)
    assert first.place == "!".join(world.returns.cell("G.11"))
    assert first.file == "2012-01/发展和改革局_2012-01.xlsx"
    assert cells(world.county.inbox / first.file)["11"] == first.value


def test_without_the_papers_it_follows_it_to_the_rows_of_the_workbook(world, tmp_path):
    drop(desk(world, tmp_path), world.first)
    outcome = world.city.look(THROUGH, LATER)
    explanation = followed(explain(outcome, "表1", "1月", "网上公开"), Lower([tmp_path]))
    (county,) = explanation.sources

    assert county.value == sum(one.value for one in county.below)
    assert all(one.place.startswith(MACHINE) and one.digest.startswith("h") for one in county.below)


def test_without_anything_it_ends_at_the_childs_workbook_and_its_hash(world, tmp_path):
    explanation = explain(world.city.look(THROUGH, LATER), "表1", "1月", "网上公开")

    assert followed(explanation, Lower([tmp_path])) == explanation
    assert explanation.sources[0].file.endswith("汇总.xlsx〔2012-01〕")


def test_a_correction_that_has_not_travelled_up_is_told_at_the_child(world):
    told = verify(world.forwarded, [world.levels.folder / "东山县"])

    assert told.nodes.versions == 2
    assert told.nodes.numbers > 10
    assert len(told.wrong) == 1
    assert told.wrong[0].startswith("“东山县人民政府办公室”已经更正：2012-02_v2里2012年1月的 G.10 是")


def test_a_number_above_that_is_not_the_sum_below_is_told_line_by_line(world, tmp_path):
    """The city's workbook was forged with its manifest: in itself it adds up no less than before, but for its child."""
    copy = tmp_path / world.forwarded.name
    shutil.copytree(world.forwarded, copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755)
    manifest = json.loads((copy / MANIFEST).read_text("utf-8"))
    (copy / MANIFEST).write_text(json.dumps(manifest | {"totals": [], "papers": {}}), "utf-8")
    before = forged(copy, MACHINE, "K2", 4)
    told = verify(copy, [world.levels.folder / "东山县"]).wrong

    assert before != 4
    assert [one for one in told if "G.11 是 4，“东山县人民政府办公室”2012-02_v1里各单位相加是" in one]


def test_the_nodes_below_are_not_asked_where_nothing_is_at_hand(world, tmp_path):
    told = verify(world.forwarded, [tmp_path])

    assert (told.wrong, told.nodes.numbers) == ([], 0)
    assert papers_of(world.forwarded).is_dir()


def test_three_counties_a_city_a_province_a_year(tmp_path):
    """The demonstration: its wrong cell found from the top and nothing else; the year adds up to every unit's cells."""
    plan = read_cascade()
    levels = Levels(tmp_path / "demo", plan, len(plan.units.names), workers=0)
    told = tell_story(levels, Quiet())

    assert told.exact, told.lines
    december = period_of("2012-12")
    year = levels.province.look(december, levels.day(december).replace(day=9))
    wanted: dict[str, int] = dict.fromkeys(("11", "12", "13", "21", "22", "31"), 0)
    for level in levels.counties:
        for folder in sorted(path for path in level.inbox.iterdir() if path.is_dir()):
            for unit in level.office.units:
                newest = max(folder.glob(f"{unit.short}_*.xlsx"))
                for code in wanted:
                    wanted[code] += cells(newest)[code]
    first, _, third, _ = year.tables
    assert [one.number for one in first.rows[0].answers[1:]] == [wanted["11"], wanted["12"], wanted["13"]]
    assert [one.number for one in third.rows[0].answers[1:3]] == [wanted["21"], wanted["22"]]
    assert third.rows[0].answers[4].number == round(wanted["31"] * 100)
    (top,) = [one for one in (levels.city.outbox / "上报").iterdir() if one.name == "2012-12_v1"]
    assert verify(top, [levels.folder]).wrong == []
