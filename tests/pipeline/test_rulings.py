"""What becomes of the office's rulings: it runs, fills in 处理意见.xlsx, drops it into the inbox, and runs again."""

import csv
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from pipeline.outbox.publish.status import typed_in_words
from pipeline.tables.explain import explain
from pipeline.tables.outcome import LAPSED, Outcome
from pipeline.values.ruling_sheet import COLUMNS, in_columns, in_fields
from pipeline.values.rulings import HEADINGS, RULINGS
from schemas.office import Office, read_office
from tests.builders import Desk, a_little_office, office_of
from tests.pipeline.reading import returns
from tests.pipeline.ruled import SHOWN, SIGNED, digest, fill, rule

pytestmark = pytest.mark.slow

WRONG = {"T1.102": "4条"}
WAIVED_IN_WORDS = "办公室核实通过：已电话核实（王芳，2012年2月10日）"


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> tuple[Desk, Outcome, Outcome]:
    """Before and after the office ruled."""
    desk = Desk(tmp_path_factory.mktemp("rulings"), confirming_above(5))
    sent_back = desk.send("市公安局")
    late = desk.send("市财政局", received="2012-02-20")
    for unit in ("市人社局", "市国土局", "市水务局"):
        desk.send(unit)
    desk.send("市教育局", changes={"T1.103": 5})
    desk.send("市文广新局", changes={"T1.103": 12}, notes={"T1.100": "转发省里的信息", "T1.103": "转发省里的信息"})
    desk.send("市科技局", changes=WRONG)
    desk.send("市司法局", received="2012-02-03", name="一.xlsx", changes={"T2.04": 6})
    desk.send("市司法局", received="2012-02-03", name="二.xlsx", changes={"T2.04": 7})
    desk.send("市卫生局", received="2012-02-03", name="原件.xlsx")
    notice = desk.inbox / "会议通知.xlsx"
    notice.write_bytes("各单位：".encode())
    desk.receive(notice, "2012-02-03")
    before, _ = desk.run()
    rule(
        desk,
        ("市教育局", {"意见": "核实通过"}),
        ("市文广新局", {"意见": "核实通过"}),
        ("市科技局", {"意见": "暂列", "有效期至": "2012-12-31"}),
        ("会议通知.xlsx", {"意见": "作废"}),
        more=(
            {"校验码": digest(desk.inbox / "一.xlsx"), "意见": "作废"},
            {"校验码": digest(sent_back), "意见": "退回", "理由": "与纸质件不一致", "日期": date(2012, 2, 9)},
            {"校验码": digest(late), "意见": "收件", "内容": "电子件", "数值": date(2012, 2, 3)},
            adjusts("市人社局", "T2.04", -2, "5"),
            adjusts("市国土局", "T1.102", -1),
            adjusts("市水务局", "T2.04", -2, "9"),
            adjusts("市体育局", "T2.04", -2),
            {"校验码": digest(desk.inbox / "原件.xlsx"), "意见": "暂列"},
            {"校验码": "h0123456789ab", "意见": "作废"},
            {"编号": "h0123456789ab", "意见": "核实通过"},
            {"校验码": "h0123456789ab", "意见": "退回", "理由": None},
            {"校验码": "h0123456789ab", "意见": "算了吧"},
            {"校验码": "h0123456789ab", "意见": "暂列", "有效期至": "2012-01-30"},
        ),
    )
    after, _ = desk.run()
    return desk, before, after


def confirming_above(limit: int) -> Office:
    office = read_office()
    thresholds = office.settings.thresholds.model_copy(update={"confirm_above": limit})
    return office._replace(settings=office.settings.model_copy(update={"thresholds": thresholds}))


def adjusts(unit: str, line: str, amount: int, now: str | None = None) -> dict[str, object]:
    """The office takes something off the consolidation: two units counted one document."""
    return {"单位": unit, "报告期": "2012-01", "意见": "调整", "内容": line, "数值": amount, "填的值": now}


def states(outcome: Outcome, unit: str) -> list[str]:
    return [state for (state,) in returns(outcome, "state", unit=unit)]


def about(outcome: Outcome, unit: str) -> list[tuple[str, str]]:
    return [(f.rule, f.state) for f in outcome.findings if outcome.office.short(f.unit) == unit]


def value_of(outcome: Outcome, unit: str, line: str) -> list[tuple[int, str, str]]:
    own = outcome.facts[outcome.facts["unit"].map(outcome.office.short) == unit]
    own = own[(own["table"] + "." + own["line"] == line) & (own["measure"] == "month")]
    return list(own[["value", "role", "quality"]].itertuples(index=False, name=None))


def test_a_question_that_the_office_passes_is_settled_and_says_why(year):
    _, before, after = year

    assert (states(before, "市教育局"), states(after, "市教育局")) == (["待核实"], ["核实通过"])
    (finding,) = [f for f in after.findings if after.office.short(f.unit) == "市教育局"]
    assert finding.state == "核实通过"
    assert finding.message.endswith(WAIVED_IN_WORDS)


def test_the_difference_behind_it_is_accounted_for_with_the_reason_beside_it(year):
    _, before, after = year
    rows = [
        next(d for d in o.differences if d.scope == "return" and o.office.short(d.unit) == "市教育局")
        for o in (before, after)
    ]

    assert [row.verdict for row in rows] == ["不一致", "已说明"]
    assert rows[1].explanation == WAIVED_IN_WORDS


def test_a_large_difference_is_settled_by_the_units_word_only_when_the_office_confirms(year):
    _, before, after = year

    assert about(before, "市文广新局") == [("A-01", "待确认"), ("A-05", "待确认")]
    assert (states(before, "市文广新局"), states(after, "市文广新局")) == (["待核实"], ["核实通过"])
    finding = next(f for f in after.findings if after.office.short(f.unit) == "市文广新局")
    assert f"单位说明：转发省里的信息{WAIVED_IN_WORDS}" in finding.message


def test_a_wrong_return_is_borne_for_the_time_with_what_could_be_read(year):
    _, before, after = year

    assert (states(before, "市科技局"), states(after, "市科技局")) == (["退回"], ["暂列"])
    assert about(after, "市科技局") == [("E-NUM-02", "暂列")]
    assert value_of(before, "市科技局", "T2.01") == []
    assert value_of(after, "市科技局", "T2.01") == [(10, "input", "P")]
    (unread,) = value_of(after, "市科技局", "T1.102")
    assert (pd.isna(unread[0]), *unread[1:]) == (True, "input", "P")
    assert set(after.facts[after.facts["value"].isna()]["cell_state"]) == {"unread", "not_applicable"}
    assert "（其中暂列1份）" in after.coverage.words
    assert [back.file for back in after.sent_back if after.office.short(back.unit) == "市科技局"]


def test_the_facts_name_the_ruling_that_they_rest_on(year):
    _, _, after = year
    borne = next(ruling for ruling in after.rulings.every if ruling.kind == "暂列")

    assert set(after.facts[after.facts["quality"] == "P"]["ruling"]) == {borne.id}


def test_a_file_that_is_no_return_is_excluded_and_no_longer_asked_about(year):
    _, before, after = year
    (was,), (now,) = ([f for f in o.findings if f.file == "会议通知.xlsx"] for o in (before, after))

    assert (was.state, now.state) == ("待改", "作废")
    assert list(after.returns[after.returns["file"] == "会议通知.xlsx"]["state"]) == ["作废"]


def test_of_two_versions_of_one_day_none_counts_until_the_office_excludes_one(year):
    _, before, after = year

    assert states(before, "市司法局") == ["待核实", "待核实"]
    assert value_of(before, "市司法局", "T2.04") == []
    assert sorted(states(after, "市司法局")) == ["作废", "通过"]
    assert value_of(after, "市司法局", "T2.04") == [(7, "input", "A")]


def test_the_office_sends_back_what_no_rule_finds_fault_with(year):
    _, before, after = year

    assert (states(before, "市公安局"), states(after, "市公安局")) == (["通过"], ["退回"])
    (finding,) = [f for f in after.findings if after.office.short(f.unit) == "市公安局"]
    assert (finding.rule, finding.message) == (
        "E-RUL-01", "办公室退回这份月报：与纸质件不一致（王芳，2012年2月9日）。",
    )  # fmt: skip


def test_a_corrected_day_of_receipt_makes_a_return_punctual(year):
    _, before, after = year

    assert returns(before, "received", "days_late", unit="市财政局") == [("2012-02-20", 14)]
    assert returns(after, "received", "days_late", unit="市财政局") == [("2012-02-03", 0)]
    assert about(after, "市财政局") == []


def test_all_returns_of_a_month_are_dated_in_one_row(tmp_path):
    """They were put in long after they came; what comes after the day of the ruling is as late as it is."""
    first, second = "市水务局", "市卫生局"
    desk = Desk(tmp_path)
    desk.office = office_of(desk.office, [desk.unit(first), desk.unit(second)])
    desk.send(first, received="2012-05-20")
    desk.run("2012-05-21")
    whole = {"报告期": "2012-01", "意见": "收件", "内容": "电子件", "数值": date(2012, 2, 3), "日期": date(2012, 5, 21)}
    rule(desk, more=(whole,))
    desk.send(second, received="2012-05-25")
    after = desk.examine("2012-05-26")

    assert returns(after, "received", "days_late", unit=first) == [("2012-02-03", 0)]
    assert returns(after, "received", unit=second) == [("2012-05-25",)]
    assert set(after.receipts["by"]) == {"收件登记", after.rulings.every[0].id}
    assert [f.rule for f in after.findings if f.rule.startswith(("W-RUL", "N-RUL"))] == []


def test_an_adjustment_is_a_row_of_its_own_beside_the_return_which_stays(year):
    desk, _, after = year

    assert value_of(after, "市人社局", "T2.04") == [(-2, "adjustment", "A"), (5, "input", "A")]
    fact = after.facts[(after.facts["role"] == "adjustment") & (after.facts["line"] == "04")].iloc[0]
    row = next(r.row for r in after.rulings.every if r.kind == "调整")
    assert (fact["file"], fact["cell"]) == (RULINGS, f"F{row}")
    assert openpyxl.load_workbook(desk.inbox / RULINGS).worksheets[0][fact["cell"]].value == -2


def test_an_adjusted_figure_is_explained_by_the_return_and_the_ruling(year):
    _, before, after = year
    was, now = (explain(outcome, "表11续", "市人社局", "提供服务类信息") for outcome in (before, after))

    assert (was.answer.number, now.answer.number) == (5, 3)
    assert [(source.value, source.file) for source in now.sources][-1] == (-2, RULINGS)


def test_an_adjustment_that_unbalances_a_table_is_asked_about(year):
    _, _, after = year

    assert about(after, "市国土局")[0] == ("W-RUL-05", "待说明")


@pytest.mark.parametrize(
    ("unit", "why"),
    [("市水务局", "填的值写的是 9，现在是 5"), ("市体育局", "这个单位这一期没有入汇的报表")],
)
def test_an_adjustment_whose_expectation_does_not_hold_is_not_made(year, unit, why):
    _, _, after = year
    (finding,) = [f for f in after.findings if f.rule == "W-RUL-04" and after.office.short(f.unit) == unit]

    assert finding.message == f"“调整”（{unit}，2012-01，T2.04）没有执行：{why}。"
    assert "adjustment" not in {role for _, role, _ in value_of(after, unit, "T2.04")}


def test_what_cannot_be_obeyed_is_asked_about_at_its_cell(year):
    desk, _, after = year
    found = {f.rule: f for f in after.findings if f.file == RULINGS}
    sheet = openpyxl.load_workbook(desk.inbox / RULINGS).worksheets[0]

    def head(kind: str) -> str:
        return COLUMNS[sheet[found[kind].cell].column - 1]

    assert (head("W-RUL-01"), sheet[found["W-RUL-01"].cell].value) == ("理由", None)
    assert (head("W-RUL-02"), sheet[found["W-RUL-02"].cell].value) == ("意见", "算了吧")
    assert (head("W-RUL-03"), sheet[found["W-RUL-03"].cell].value) == ("日期", "2012-02-10至2012-01-30")


def test_a_ruling_that_no_longer_bites_is_said(year):
    _, _, after = year
    told = [f.message for f in after.findings if f.rule == "N-RUL-01"]

    assert told == [
        "“暂列”（h"
        + told[0].split("（h")[1].split("）")[0]
        + "）这份报表没有必须改的问题，或已被后来的一版代替，不再起作用。",
        "“作废”（h0123456789ab）收件夹里没有这个文件，不再起作用。",
        "“核实通过”（h0123456789ab）对应的问题已经没有了（数字改过，或已另作说明），不再起作用。",
    ]


def test_every_message_about_rulings_is_shown_here(year):
    _, _, after = year

    assert {f.rule for f in after.findings} >= SHOWN


def copy_of(desk: Desk, folder: Path) -> Desk:
    """The desk once more, for a test that changes it."""
    shutil.copytree(desk.folder, folder / "copy")
    return replace(desk, folder=folder / "copy", receipts=[*desk.receipts], cumulative={**desk.cumulative})


def test_the_next_workbook_carries_the_rulings_so_far(year, tmp_path):
    desk, _, after = year
    rows = list(openpyxl.load_workbook(desk.outbox / "2012" / RULINGS).worksheets[0].iter_rows(values_only=True))
    given = [row for row in rows if row[COLUMNS.index("经办人")] == SIGNED["经办人"]]

    assert len(given) == len(after.rulings.written)
    again = copy_of(desk, tmp_path)
    (again.inbox / RULINGS).write_bytes((desk.outbox / "2012" / RULINGS).read_bytes())
    assert [r.words for r in again.examine().rulings.every] == [r.words for r in after.rulings.every]


def test_a_ruling_that_is_no_longer_obeyed_says_why_wherever_it_stands(year):
    """What nothing is left of, what was made for another number, what has expired: in data/rulings.csv, in the workbook."""
    desk, _, after = year
    kinds = {f.rule for f in after.findings if f.rule in LAPSED}
    with (desk.outbox / "2012" / "data" / "rulings.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {row["lapsed"] for row in csv.DictReader(file) if row["lapsed"]}
    rows = openpyxl.load_workbook(desk.outbox / "2012" / RULINGS).worksheets[0].iter_rows(values_only=True)
    marked = [row[COLUMNS.index("问题")] for row in rows if row[COLUMNS.index("意见")]]
    carried = {
        text.partition("】")[0].removeprefix("【失效：") for text in marked if text and text.startswith("【失效：")
    }

    assert kinds == LAPSED
    assert told == carried == {f.message.removesuffix("。") for f in after.findings if f.rule in LAPSED}


def test_a_waiver_falls_when_the_unit_changes_the_number(year, tmp_path):
    desk = copy_of(year[0], tmp_path)
    desk.send("市教育局", changes={"T1.103": 4}, received="2012-05-06", name="再报.xlsx")

    assert states(desk.examine(), "市教育局") == ["待核实", "待核实"]


@pytest.mark.parametrize("lost", ["意见", "校验码"])
def test_a_workbook_without_a_heading_is_refused(desk, lost):
    book = openpyxl.Workbook()
    book.active.append([heading for heading in HEADINGS if heading != lost])
    desk.send()
    book.save(desk.inbox / RULINGS)

    with pytest.raises(Exception, match=lost):
        desk.examine()


ROW = {
    "编号": "h0123456789ab", "单位": "市教育局", "报告期": "2012-01", "文件": "2012-01/一.xlsx", "校验码": "habcdef012345",
    "位置": "主动公开!D8", "问题": "多了一行\n第二行", "填的值": "9", "意见": "暂列", "内容": "", "数值": "", "理由": "说过了",
    "经办人": "王芳", "日期": "2012-02-10", "有效期至": "2012-12-31",
}  # fmt: skip


@pytest.mark.parametrize("without", [(), ("有效期至",), ("文件", "位置"), ("编号", "报告期"), ("单位", "校验码")])
def test_a_row_says_in_ten_columns_what_it_said_in_fifteen(without):
    row = {heading: "" if heading in without else text for heading, text in ROW.items()}

    assert len(COLUMNS) == 10
    assert in_fields(in_columns(row)) == row


@pytest.mark.parametrize("place", ["主动公开!D8", "主动公开 D8", "主动公开表D8", "主动公开！d8", "主动公开 $D$8"])
def test_a_cell_may_be_named_without_the_sign_of_a_spreadsheet(place):
    assert in_fields({"在哪里": f"市教育局 2012年1月\n位置：{place}"})["位置"] == "主动公开!D8"


@pytest.mark.parametrize("text", ["市教育局 2012-01", "2012-01 市教育局", "市教育局，2012-01"])
def test_whose_and_of_when_is_written_as_one_pleases(text):
    said = in_fields({"在哪里": text, "编号": "habcdef012345", "意见": "暂列"})

    assert (said["单位"], said["报告期"], said["校验码"], said["编号"]) == ("市教育局", "2012-01", "habcdef012345", "")


@pytest.fixture
def one(tmp_path) -> Desk:
    return Desk(tmp_path, a_little_office())


def test_the_older_form_is_read_and_means_the_same(one):
    first, second = (unit.short for unit in one.office.units)
    one.send(second)
    path = one.send(first, changes=WRONG)
    row = {"校验码": digest(path), "单位": first, "报告期": "2012-01", "意见": "暂列", "有效期至": "2012-12-31"}
    found = []
    for headings in (HEADINGS, COLUMNS):
        book = openpyxl.Workbook()
        book.active.append(list(headings))
        fill(book.active, 2, row)
        book.save(one.inbox / RULINGS)
        outcome = one.examine()
        found.append([(r.id, r.unit, r.period, r.digest, r.until) for r in outcome.rulings.every])
        assert states(outcome, first) == ["暂列"]

    assert found[0] == found[1]


def test_what_came_on_paper_alone_is_typed_by_the_office_and_says_so(one):
    first, second = (unit.short for unit in one.office.units)
    one.send(second)
    one.send(first, received="2012-02-20")
    code = one.examine("2012-02-21").receipts.set_index("unit").loc[one.unit(first).code, "check_code"]
    book = openpyxl.Workbook()
    book.active.append(list(COLUMNS))
    typed = {
        "单位": first,
        "报告期": "2012-01",
        "意见": "收件",
        "内容": "纸质代录",
        "数值": "2012-02-03",
        "填的值": code,
    }
    fill(book.active, 2, typed)
    book.save(one.inbox / RULINGS)
    outcome = one.examine("2012-02-21")

    assert returns(outcome, "received", "typed", "days_late", unit=first) == [("2012-02-03", "纸质代录", 0)]
    assert returns(outcome, "typed", unit=second) == [("",)]
    assert f"其中1份由办公室照纸质件代录：{first}1月。" == typed_in_words(outcome)
    assert outcome.ready
    # the unit's own file of the same numbers comes after it: it is the unit's, came on its own day, and counts
    one.send(first, received="2012-02-22", name="后来.xlsx", notes={"T2.05": "单位自己报来的"})
    later = one.examine("2012-02-23")
    assert returns(later, "file", "received", "typed", unit=first) == [
        (f"2012-01/{first}_2012-01.xlsx", "2012-02-03", "纸质代录"),
        ("后来.xlsx", "2012-02-22", ""),
    ]
    assert typed_in_words(later) == ""


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> tuple[Outcome, Path, Path]:
    """One unit is adjusted and one is borne; one that was let pass sends the same number again."""
    desk = Desk(tmp_path_factory.mktemp("kept"))
    desk.send("市人社局")
    wrong = desk.send("市科技局", changes=WRONG)
    desk.send("市教育局", changes={"T1.103": 5})
    desk.run()
    ruled = ("市科技局", {"意见": "暂列"}), ("市教育局", {"意见": "核实通过"})
    rule(desk, *ruled, more=(adjusts("市人社局", "T2.04", -2, "5"),))
    desk.send("市教育局", changes={"T1.103": 5, "T2.05": 130}, received="2012-02-08", name="再报.xlsx")
    return *desk.run(), wrong


def test_the_workbook_tells_what_was_adjusted_and_borne_with_the_reason(kept):
    _, workbook, wrong = kept
    notes = CalamineWorkbook.from_path(workbook).get_sheet_by_name("编制说明").to_python()
    told = {row[0]: row[1] for row in notes}

    assert told["办公室调整"] == "市人社局，2012-01，T2.04 -2：已电话核实（王芳，2012年2月10日）。"
    assert told["暂列"] == "市科技局，2012-01，整份表：已电话核实（王芳，2012年2月10日）。"
    assert wrong.exists()  # nothing in the inbox is moved or renamed


def test_a_waiver_stays_when_the_unit_sends_the_same_number_again(kept):
    assert states(kept[0], "市教育局")[-1] == "核实通过"


def test_two_adjustments_of_one_number_are_both_made_and_each_expects_what_the_unit_wrote(tmp_path):
    desk = Desk(tmp_path / "desk", confirming_above(5))
    desk.send("市人社局")
    desk.run()
    rule(desk, more=(adjusts("市人社局", "T2.04", -2, "5"), adjusts("市人社局", "T2.04", -1, "5")))
    outcome, _ = desk.run()

    assert "W-RUL-04" not in {rule for rule, _ in about(outcome, "市人社局")}
    assert value_of(outcome, "市人社局", "T2.04") == [
        (-2, "adjustment", "A"),
        (-1, "adjustment", "A"),
        (5, "input", "A"),
    ]
    assert explain(outcome, "表11续", "市人社局", "提供服务类信息").answer.number == 2
