"""催报单: who is reminded and who is not, with which history and in which words; when a list goes away."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.desk.telling import tell
from pipeline.outbox.publish.chase import COLUMNS, write_chase
from schemas.office import Day
from tests import builders
from tests.builders import Desk
from tests.publish.reading import by_formualizer, differences, filled, formulas, load, shown
from tests.publish.words import half_width_beside_chinese, machine_words

pytestmark = pytest.mark.slow

WRONG = {"T1.102": "4条", "T2.05": "很多"}
ZERO = dict.fromkeys(
    ("T1.102", "T1.103", "T1.202", "T1.208", *(f"T2.0{number}" for number in range(1, 9))), 0
)  # what a sound return of the builders fills in
JANUARY, FEBRUARY, MARCH = "2012-01", "2012-02", "2012-03"
UNITS = (
    "市教育局", "市科技局", "市公安局", "市民政局", "市司法局", "市财政局", "市水务局", "市信访局", "市卫生局", "市国土局",
)  # fmt: skip
CONTACT = "联系人：嘉峪关市信息化工作办公室 0937-6328025。"


def office_of(desk, *names, **dates):
    """The office with these units alone; ``dates`` are a unit's months of validity."""
    rows = (u.model_copy(update=dates.get(u.short, {})) for u in desk.office.codes["units"] if u.short in names)
    return builders.office_of(desk.office, rows)


def send_the_post(desk):
    """Two months that are due and one that is not, and of each kind of unit one."""
    for unit in UNITS:
        if unit not in {"市民政局", "市国土局"}:
            desk.send(unit, JANUARY, received="2012-02-14" if unit == "市水务局" else "2012-02-03")
    desk.send("市教育局", FEBRUARY)
    desk.send("市教育局", MARCH, WRONG, received="2012-03-07")
    desk.send("市科技局", FEBRUARY, ZERO, cover={"zero": "是"})
    desk.send("市公安局", FEBRUARY, received="2012-03-07")
    desk.send("市司法局", FEBRUARY, WRONG, received="2012-03-02")
    desk.send("市财政局", FEBRUARY, WRONG, received="2012-03-02", name="一.xlsx")
    desk.send("市财政局", FEBRUARY, received="2012-03-07", name="二.xlsx")
    desk.send("市信访局", FEBRUARY, received="2012-03-01", name="三.xlsx")
    desk.send("市信访局", FEBRUARY, WRONG, received="2012-03-02", name="四.xlsx")
    (desk.inbox / "照片.xls").write_bytes(b"\xd0\xcf\x11\xe0 no workbook of ours")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """As of the 8th of March. The office's own holiday moves January's due day on from the 6th to the 7th of February.

    One unit ended with January, another begins with March.
    """
    desk = Desk(tmp_path_factory.mktemp("chase"))
    dates = {"市卫生局": {"valid_to": JANUARY}, "市国土局": {"valid_from": MARCH}}
    own = (Day(date=date(2012, 2, 6), kind="holiday"),)
    desk.office = office_of(desk, *UNITS, **dates)._replace(days=own)
    send_the_post(desk)
    return desk.examine("2012-03-08")


@pytest.fixture(scope="module")
def lists(outcome, tmp_path_factory):
    """The lists written, by file name."""
    return {path.name: path for path in write_chase(tmp_path_factory.mktemp("lists") / "催报", outcome)}


@pytest.fixture(scope="module")
def february(lists):
    return lists["2012-02_催报单.xlsx"]


def rows(path):
    """The rows of a list as they show, by heading."""
    (sheet,) = load(path).worksheets
    cells = shown(path)
    heads = [str(name).replace("\n", "") for name in COLUMNS]
    numbered = [row[0].row for row in sheet.iter_rows(min_row=4) if isinstance(row[0].value, int)]
    return [
        {head: cells.get((sheet.title, f"{cell.column_letter}{row}"), "") for head, cell in zip(heads, sheet[row], strict=True)}
        for row in numbered
    ]  # fmt: skip


def about(path, *heads):
    return [tuple(row[head] for head in heads) for row in rows(path)]


def test_a_list_for_each_month_that_is_overdue(lists):
    assert list(lists) == ["2012-01_催报单.xlsx", "2012-02_催报单.xlsx"]


def test_who_is_reminded_who_is_most_often_missing_first(lists, february):
    assert about(lists["2012-01_催报单.xlsx"], "序号", "单位", "状态") == [(1, "市民政局", "未报")]
    assert about(february, "序号", "单位", "状态") == [
        (1, "市民政局", "未报"),
        (2, "市水务局", "未报"),
        (3, "市司法局", "退回未改"),
        (4, "市信访局", "退回未改"),
    ]


def test_the_days_are_counted_from_the_due_day_that_a_holiday_moved_on(lists, february):
    assert about(lists["2012-01_催报单.xlsx"], "应报日期", "已逾期天数") == [("2月7日", 30)]
    assert set(about(february, "应报日期", "已逾期天数")) == {("3月5日", 3)}


def test_the_year_of_each_unit(february):
    assert about(february, "1月", "2月", "3月", "本年未报", "本年迟报", "本年退过", "上次报送") == [
        ("未报", "未报", "", 2, 0, 0, "本年没有"),
        ("迟7", "未报", "", 1, 1, 0, "1月（2月14日）"),
        ("√", "退回", "", 0, 0, 1, "2月（3月2日）"),
        ("√", "√退回", "", 0, 0, 1, "2月（3月2日）"),
    ]


def test_a_month_in_which_a_unit_owed_nothing_is_marked(outcome, tmp_path):
    office = outcome.office
    began = {"市水务局": {"valid_from": FEBRUARY}}
    units = [row.model_copy(update=began.get(row.short, {})) for row in office.codes["units"]]
    changed = replace(outcome, office=builders.office_of(office, units))

    (row,) = (r for r in rows(write_chase(tmp_path, changed)[1]) if r["单位"] == "市水务局")

    assert (row["1月"], row["2月"], row["3月"]) == ("—", "未报", "")


def test_the_sentences_to_send(february):
    letters = dict(about(february, "单位", "催报语"))

    assert letters["市水务局"] == (
        "市水务局：贵单位2012年2月政府信息公开情况统计月报尚未收到，应于3月5日前报送，已逾期3天。"
        f"请尽快报送，没有发生的也要报送。{CONTACT}"
    )
    assert letters["市司法局"] == (
        f"市司法局：贵单位2012年2月政府信息公开情况统计月报有2处需要修改（见退回修改文件），请改正后重新报送。{CONTACT}"
    )


def test_above_the_table_it_says_how_many_are_there(february):
    texts = [value for (_, cell), value in shown(february).items() if cell in {"A1", "A2"}]

    assert texts == [
        "2012年2月政府信息公开情况统计月报催报单",
        "应报8份，收到6份，退回未改2份，未报2份    应报日期：2012年3月5日    截至：2012年3月8日",
    ]


def test_a_file_whose_sender_is_not_known_is_spoken_of_before_anybody_is_reminded(february):
    assert any(str(text).startswith("另有1个文件认不出单位或报告期") for text in shown(february).values())


def test_the_same_bytes_are_written_again(outcome, lists, tmp_path):
    again = write_chase(tmp_path, outcome)

    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in lists.values()]


def test_it_prints_lying_one_page_wide_with_its_header_repeated(february):
    (sheet,) = load(february).worksheets
    page = sheet.page_setup

    assert (page.orientation, page.paperSize, page.fitToWidth or 1, page.fitToHeight) == (
        "landscape",
        9,
        1,
        2,
    )  # at 8 pt
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$3", "C4")
    assert sheet.merged_cells.ranges == set()


def test_its_texts_are_words_and_its_only_formulas_count(february):
    book, cells = load(february), shown(february)
    texts = [value for value in cells.values() if isinstance(value, str)]

    assert [text for text in texts if half_width_beside_chinese(text) or machine_words(text)] == []
    assert {text.partition("(")[0] for text in formulas(book).values()} == {"=COUNTIF"}
    assert {cell.font.name for cell in filled(book)} <= {"宋体", "黑体", "Times New Roman"}
    assert differences(cells, shown(by_formualizer(february))) == {}


def test_a_list_goes_away_once_all_are_there(desk):
    desk.office = office_of(desk, "市教育局", "市卫生局")
    desk.send("市教育局")
    folder = desk.outbox / "2012" / "催报"
    desk.run("2012-02-20")
    before = sorted(path.name for path in folder.iterdir())
    desk.send("市卫生局", received="2012-02-20")
    desk.run("2012-02-20")

    assert before == ["2012-01_催报单.xlsx", "2012-01_群通知.txt"]
    assert not folder.exists()


def test_on_the_due_day_nobody_is_reminded_yet(outcome, tmp_path):
    assert [path.name for path in write_chase(tmp_path, replace(outcome, as_of=date(2012, 3, 5)))] == [
        "2012-01_催报单.xlsx"
    ]
    assert write_chase(tmp_path, replace(outcome, as_of=date(2012, 2, 7))) == []


@pytest.mark.parametrize("months", [1, 2])
def test_the_terminal_says_where_the_lists_are(outcome, lists, capsys, months):
    written = list(lists.values())[:months]
    tell(replace(outcome, sent_back=()), [written[0].parent.parent / "汇总.xlsx", *written])

    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("催报单：")]
    one, several = f"催报单：{written[0]}", f"催报单：一个月一份，共2份，在“{written[0].parent}”。"
    assert said == [several if months == 2 else one]
