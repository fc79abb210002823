"""Which lines a template asks: of whom, in which months."""

import pytest

from pipeline.paper.templates import Layout
from pipeline.paper.templates.layout import _numbered
from schemas.forms import forms_of
from tests.cli.settings import Settings
from tests.templates.writing import draft_of, inputs_of

ALWAYS = {"T1", "T2", "T3", "T4", "T8"}


def asked(*kind):
    """The lines that are filled in, by table."""
    found = {}
    for table, code in inputs_of(draft_of(kind).layout.form):
        found.setdefault(table, []).append(code)
    return found


@pytest.mark.parametrize("unit", ["市国资委", "市卫生局", "市政府办"])
def test_every_unit_is_asked_the_common_lines(unit):
    common = asked("jyg", "雄关区", "2012-09")

    assert {table: asked("jyg", unit, "2012-09")[table] for table in ALWAYS} == common
    assert set(common) == ALWAYS


def test_sections_of_which_nothing_is_asked_leave_no_gap_in_the_numbers(tmp_path):
    settings = Settings(tmp_path)
    path = settings.editions / "jyg-2012.toml"
    text = path.read_text(encoding="utf-8")
    for code in ("01", "06", "07", "08"):  # the first line of a section, and all of another
        line = f'{{ code = "{code}", name'
        assert text.count(line) == 1
        text = text.replace(line, f'{{ code = "{code}", months = [6], name')
    path.write_text(text, encoding="utf-8")
    office = settings.desk().office

    def headings(month):
        rows = Layout(forms_of(office)[0].of(month, "620200-001")).sheets["基本情况"]
        return [row for row in rows if isinstance(row, str)][:3]

    assert headings("2012-06") == ["一、主动公开与服务", "二、接待咨询", "三、收到申请"]
    assert headings("2012-09") == ["一、主动公开与服务", "二、收到申请", "三、答复申请"]


@pytest.mark.parametrize("month", [f"2012-{n:02}" for n in range(1, 13)])
def test_staff_and_money_are_asked_in_june_and_december(month):
    lines = asked("jyg", "市国资委", month).get("T9", [])

    assert lines == (["901", "902", "903", "904", "905"] if month in {"2012-06", "2012-12"} else [])


@pytest.mark.parametrize(
    ("unit", "lines"),
    [
        ("市国资委", []),
        ("市教育局", ["501"]),
        ("市卫生局", ["511", "512"]),
        ("市人口委", ["521", "522", "523"]),
        ("市水务局", ["531", "532"]),
        ("市建设局", ["541", "551", "552"]),
    ],
)
def test_livelihood_is_asked_of_the_unit_that_has_the_duty(unit, lines):
    assert asked("jyg", unit, "2012-09").get("T5", []) == lines


@pytest.mark.parametrize(
    ("unit", "channels"), [("市国资委", []), ("市卫生局", []), ("市信息办", ["102"]), ("市政府办", ["104", "106"])]
)
def test_a_record_of_a_channel_is_asked_of_its_owner_for_every_unit(unit, channels):
    draft = draft_of(("jyg", unit, "2012-09"))
    units = [unit.code for unit in draft.office.units_in("2012-09")]

    assert asked("jyg", unit, "2012-09").get("T7", []) == [
        f"{u}_{channel}" for u in units for channel in channels if channels
    ]
    assert ("渠道对账" in draft.layout.sheets) == bool(channels)


@pytest.mark.parametrize(
    ("there", "every", "told"),
    [
        ("二乙 三丙", "一甲 二乙 三丙", "一乙 二丙"),
        ("一甲 三丙", "一甲 二乙 三丙", "一甲 二丙"),
        ("二乙 一丙 二丁", "一甲 二乙 一丙 二丁", "一乙 一丙 二丁"),
        ("一甲 二丁", "一甲 二乙 一丙 二丁", "一甲 一丁"),
        ("五甲 七丁", "五甲 六乙 七丁", "五甲 六丁"),
    ],
)
def test_numbers_that_begin_again_are_counted_again(there, every, told):
    there, every, told = ([f"{one[0]}、{one[1]}" for one in text.split()] for text in (there, every, told))

    assert _numbered(there, every) == told
