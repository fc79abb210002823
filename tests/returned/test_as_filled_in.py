"""What goes back is the clean template with what the unit wrote, whatever became of the form on the way.

Each unit of one office sends back its own story; they are all told before the one run.
"""

from collections.abc import Callable

import pytest

from pipeline.ledger.sent_back import SentBack
from pipeline.outbox.returned import write_returned
from pipeline.outbox.returned.lines import BY_HAND, LOOKED
from pipeline.paper.names import REMARKS
from pipeline.paper.templates import Prior
from pipeline.values.periods import Month
from tests.builders import Desk, sound, sound_items
from tests.pipeline.overtype import insert_row, lose_names, lose_results, lose_stamp, overtype, together
from tests.pipeline.reading import read, values
from tests.publish.reading import by_formualizer, differences, load, shown
from tests.returned.reading import Returned
from tests.returned.sending import mend

pytestmark = pytest.mark.slow

WRONG = {"T1.102": "14条"}
STORIES: dict[str, Callable[[Desk, str], object]] = {}


def story(unit):
    return lambda tell: STORIES.setdefault(unit, tell)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("stories"))
    for unit, tell in STORIES.items():
        tell(desk, unit)
    return desk


@pytest.fixture(scope="module")
def back(desk) -> Callable[[str], Returned]:
    """The file that goes back to a unit."""
    outcome = desk.examine(through="2012-02")
    paths = write_returned(outcome, desk.outbox)
    assert all(isinstance(sent, SentBack) for sent in outcome.sent_back)
    files = {outcome.office.short(s.unit): Returned(p) for s, p in zip(outcome.sent_back, paths, strict=True)}
    return files.__getitem__


def test_every_file_shows_what_its_formulas_compute(back):
    for unit in STORIES:
        path = back(unit).path
        assert differences(shown(path), shown(by_formualizer(path))) == {}


@story("市教育局")
def a_row_inserted(desk: Desk, unit: str) -> None:
    desk.send(unit, changes={"T2.05": "很多"}, edit=insert_row("基本情况", 9))


def test_a_link_leads_to_the_cell_of_the_clean_template(back):
    (line,) = back("市教育局").lines

    assert (line.link, line.written) == (("基本情况", "D10"), "很多")
    assert list(back("市教育局").notes) == [("基本情况", "D10")]


@story("市科技局")
def names_lost(desk: Desk, unit: str) -> None:
    desk.send(unit, changes=WRONG, edit=together(lose_stamp, lose_names()), notes={"T2.05": "属实"})


def test_a_form_without_names_has_them_again(back, desk):
    file = back("市科技局")
    reading = read(desk, file.path)

    assert file.lines[0].link == ("主动公开", "D8")
    assert values(reading)["T2.05:month"] == 120
    assert [row[-1] for row in reading.rows if row[:3] == ("T2", "05", "month")] == ["属实"]
    assert len(load(file.path).defined_names) > 100


@story("市审计局")
def a_code_that_stands_twice(desk: Desk, unit: str) -> None:
    desk.send(unit, edit=overtype("基本情况", A45="91"))


@story("市监察局")
def results_of_formulas_lost(desk: Desk, unit: str) -> None:
    desk.send(unit, edit=lose_results("主动公开"))


@pytest.mark.parametrize(("unit", "blank"), [("市审计局", True), ("市监察局", False)])
def test_what_was_broken_is_whole_again_and_what_was_not_read_is_to_be_filled_in(back, desk, unit, blank, tmp_path):
    file = back(unit)

    assert ("没能读出的格空着，请补填。" in "".join(file.texts)) == blank
    assert "原表的格式和公式已经恢复。" in "".join(file.texts)
    assert read(desk, file.path).findings == ()
    assert file.cells["封面", "A2"] == "还不能报送：“退回说明”里还有1处没有改好。"
    state = f"H{file.head + 1}"  # what no formula can tell is ticked off by hand
    assert file.cells[REMARKS, state] == BY_HAND
    mended = mend(file.path, tmp_path / file.path.name, {(REMARKS, state): LOOKED})
    looked = shown(by_formualizer(mended))
    assert looked["封面", "A2"].startswith("请填报：还有1项" if blank else "校验通过")


@story("市公安局")
def a_total_typed_over(desk: Desk, unit: str) -> None:
    desk.send(unit, changes={"T2.02": 11}, edit=overtype("主动公开", D6=9, E6=9))


def test_a_total_typed_over_is_a_formula_again_and_asked_about(back):
    file = back("市公安局")
    told = {line.where: (line.written, line.state, line.live) for line in file.lines}

    assert told["主动公开!D6"] == ("9", BY_HAND, False)
    assert file.formulas["主动公开", "D6"].startswith("SUM(")
    assert file.cells["主动公开", "D6"] == 10
    assert ("主动公开", "D6") in file.notes
    assert ("主动公开", "D6") not in file.frames
    assert "与原表不同的标“请核对”" in "".join(file.texts)
    assert file.progress == f"进度：已改 0 / 1（另有 {len(file.lines) - 1} 处核对后请在“状态”栏选“已核对”）"


@story("市民政局")
def nothing_known_before(desk: Desk, unit: str) -> None:
    desk.send(unit, "2012-02", WRONG | {"T2.04:year_to_date": 77, "T2.02:year_to_date": "约20"}, prior=Prior())


def test_where_nothing_is_known_before_the_cumulative_figures_are_the_units_own(back):
    file = back("市民政局")

    assert file.cells["基本情况", "E9"] == 77
    assert file.cells["基本情况", "E7"] == "约20"
    assert ("基本情况", "E9") not in file.formulas
    assert ("基本情况", "E7") in file.frames


@story("市司法局")
def january_first(desk: Desk, unit: str) -> None:
    desk.send(unit)
    desk.send(unit, "2012-02", {"T1.102": "14条", "T2.05": 100})


def test_last_months_figures_are_those_in_force(back):
    file = back("市司法局")

    assert file.formulas["基本情况", "E6"] == "10+N(D6)"
    assert (file.cells["基本情况", "E6"], file.cells["基本情况", "F6"]) == (20, 10)


@story("市财政局")
def money(desk: Desk, unit: str) -> None:
    values = {"T8.801_charged": 1234, "T8.801_payers": 1, "T8.802_charged": 10, "T8.803_charged": 20}
    desk.send(unit, changes=values, edit=overtype("基本情况", C53=0.005))


def test_money_goes_back_in_yuan_and_a_fraction_of_it_as_typed(back):
    file = back("市财政局")

    assert [file.cells["基本情况", f"C{row}"] for row in range(50, 55)] == [12.34, 0.1, 0.2, 0.005, 12.645]
    assert [line.written for line in file.lines] == ["0.005"]


@story("市人社局")
def a_zero_report(desk: Desk, unit: str) -> None:
    desk.send(unit, changes=dict.fromkeys(("T2.09", "T2.11")), cover={"zero": "是", "phone": ""})


def test_a_blank_of_a_zero_report_stays_blank(back):
    cells = back("市人社局").cells

    assert [("基本情况", cell) in cells for cell in ("D16", "D18", "D19")] == [False, False, True]
    assert cells["封面", "B7"] == "是"


@story("市国土局")
def a_register_with_gaps(desk: Desk, unit: str) -> None:
    form = desk.layout(unit=unit).form
    known = sound_items(form, Month(2012, 1), sound(form))
    known[1] = {**known[1], "title": "=1+1", "reviewer": "", "number": "012"}
    gap = overtype("公开台账", **dict.fromkeys(("A6", "C6", "D6", "E6", "F6", "G6", "H6")))
    desk.send(unit, changes=WRONG, items=known, edit=gap)


def test_an_item_stays_on_its_row_with_its_texts_and_dates(back, desk):
    file = back("市国土局")
    cells = file.cells
    line = next(line for line in file.lines if line.rule == "E-REG-02")

    assert line.where == "公开台账!G5"
    assert line.message.startswith("第 5 行的")
    assert [cells[("公开台账", f"{column}5")] for column in "AB"] == ["=1+1", "012"]
    assert ("公开台账", "A5") not in file.formulas
    assert ("公开台账", "A6") not in cells
    assert str(cells["公开台账", "E7"])[:10] == "2012-01-12"


@story("市建设局")
def what_a_formula_must_not_say(desk: Desk, unit: str) -> None:
    texts = {"T2.04": '=HYPERLINK("http://a")', "T2.05": "很多" * 200, "T2.06": "两行\n一格", "T2.07": "𠀀"}
    desk.send(unit, changes=texts, notes={"T2.08": "=1+1"})


def test_what_a_unit_writes_is_never_a_formula(back):
    file = back("市建设局")

    assert file.cells["基本情况", "D9"] == '=HYPERLINK("http://a")'
    assert file.cells["基本情况", "H14"] == "=1+1"
    assert {at for at in file.formulas if at[1][0] in "DH" and at[0] == "基本情况"} <= {
        ("基本情况", f"D{row}") for row in range(15, 60)
    }
    assert [line.live for line in file.lines] == [True] * 4


@story("市环保局")
def words_of_the_header(desk: Desk, unit: str) -> None:
    desk.send(unit, changes={"T2.11": "填报单位：市卫生局", "T2.12": "报告期：2012年9月", "T2.13": "填报单位"})


def test_what_the_list_quotes_is_not_taken_for_the_header(back, desk):
    reading = read(desk, back("市环保局").path)

    assert (desk.office.short(reading.unit), reading.period) == ("市环保局", "2012-01")
    assert reading.findings == ()
