"""What was received: files and copies on paper, each paper held against the version it should be the print of."""

from datetime import date

import pytest

from pipeline.outbox.publish.overdue import overdue
from pipeline.tables.outcome import Outcome
from schemas.office import Office, read_office
from tests.builders import Desk
from tests.pipeline.ruled import digest, rule

WRONG = {"T1.102": "4条"}
COLUMNS = ["kind", "received", "version", "state"]


def on_paper(unit: str, code: str | None, day: int = 6) -> dict[str, object]:
    """The office writes down that a copy on paper came."""
    said = {"单位": unit, "报告期": "2012-01", "意见": "收件", "内容": "纸质件", "数值": date(2012, 2, day)}
    return said | {"填的值": code}


def asking_for_paper() -> Office:
    office = read_office()
    return office._replace(settings=office.settings.model_copy(update={"receipt": Paper(paper=True)}))


Paper = type(read_office().settings.receipt)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def month(tmp_path_factory) -> tuple[Desk, Outcome, dict[str, str]]:
    """January of an office that asks for paper, with the code of every file."""
    desk = Desk(tmp_path_factory.mktemp("receipts"), asking_for_paper())
    for unit in ("市教育局", "市科技局", "市公安局", "市民政局", "市水务局", "市司法局", "市信访局"):
        desk.send(unit, received="2012-02-02", name=f"{unit}一.xlsx")
    desk.send("市科技局", received="2012-02-03", name="市科技局二.xlsx", changes={"T2.04": 6})
    desk.send("市公安局", received="2012-02-03", name="市公安局二.xlsx", changes=WRONG)
    before, _ = desk.run()
    codes = dict(zip(before.receipts["file"], before.receipts["check_code"], strict=True))
    mailed = digest(desk.inbox / "市水务局一.xlsx")
    rule(
        desk,
        more=(
            on_paper("市教育局", codes["市教育局一.xlsx"].lower()),
            on_paper("市科技局", codes["市科技局一.xlsx"]),
            on_paper("市公安局", codes["市公安局二.xlsx"]),
            on_paper("市民政局", "K0000", 6),
            on_paper("市财政局", "K0417"),
            on_paper("市司法局", "K1"),
            on_paper("市司法局", codes["市司法局一.xlsx"], 9),
            on_paper("市水务局", None),
            {"校验码": mailed, "意见": "收件", "内容": "电子件", "数值": date(2012, 2, 1)},
        ),
    )
    outcome = desk.examine("2012-02-08", "2012-01")
    return desk, outcome, codes


def received(outcome: Outcome, unit: str) -> list[list[object]]:
    own = outcome.receipts[outcome.receipts["unit"].map(outcome.office.short) == unit]
    return own[COLUMNS].astype(object).where(own[COLUMNS].notna(), None).to_numpy().tolist()


def asked(outcome: Outcome, unit: str) -> list[str]:
    return [f.message for f in outcome.findings if f.rule == "W-PAP-01" and outcome.office.short(f.unit) == unit]


def test_the_print_of_the_return_in_force_is_right(month):
    _, outcome, _ = month

    assert received(outcome, "市教育局") == [
        ["电子件", "2012-02-02", 1, "通过"], ["纸质件", "2012-02-06", 1, "一致"],
    ]  # fmt: skip
    assert asked(outcome, "市教育局") == []


def test_the_print_of_an_older_version_is_asked_about_at_its_code(month):
    desk, outcome, codes = month
    (finding,) = [f for f in outcome.findings if f.rule == "W-PAP-01" and desk.office.short(f.unit) == "市科技局"]

    assert received(outcome, "市科技局")[-1] == ["纸质件", "2012-02-06", 1, "不一致"]
    assert finding.message == (
        f"纸质件的核对码是 {codes['市科技局一.xlsx']}，收到的电子件（第 2 版）是 {codes['市科技局二.xlsx']}，"
        "不是同一份（纸质件是第 1 版的打印件）。"
    )
    assert (finding.file, finding.cell[0], finding.state) == ("处理意见.xlsx", "H", "待说明")


def test_the_print_of_a_later_version_that_is_sent_back_is_no_question(month):
    _, outcome, _ = month

    assert received(outcome, "市公安局")[-1] == ["纸质件", "2012-02-06", 2, "一致"]
    assert asked(outcome, "市公安局") == []


def test_the_print_of_nothing_received_is_asked_about(month):
    _, outcome, codes = month

    (message,) = asked(outcome, "市民政局")
    assert message == f"纸质件的核对码是 K0000，收到的电子件（第 1 版）是 {codes['市民政局一.xlsx']}，不是同一份。"


def test_paper_without_a_code_and_paper_without_a_file_are_only_written_down(month):
    _, outcome, _ = month

    assert received(outcome, "市水务局")[-1] == ["纸质件", "2012-02-06", None, "未核对"]
    assert received(outcome, "市财政局") == [["纸质件", "2012-02-06", None, "未收到电子件"]]
    assert asked(outcome, "市水务局") == asked(outcome, "市财政局") == []


def test_a_receipt_names_where_its_day_comes_from_and_the_three_days_of_its_month(month):
    _, outcome, _ = month
    own = outcome.receipts[outcome.receipts["unit"].map(outcome.office.short) == "市水务局"]
    mailed, paper = own.to_dict("records")

    assert (mailed["received"], mailed["by"][0], paper["by"][0]) == ("2012-02-01", "r", "r")
    days = [(row["due"], row["closed"], row["accepted"], row["days_late"]) for row in (mailed, paper)]
    assert days == [("2012-02-06", "2012-02-20", "2012-02-01", 0)] * 2
    assert set(outcome.receipts["by"]) - {mailed["by"]} > {"收件登记"}


def test_who_owes_only_the_paper_is_reminded_of_it_and_nothing_is_blocked(month):
    desk, outcome, _ = month
    (january,) = overdue(outcome)

    states = {row.unit: row.state for row in january.chased}
    assert states["市信访局"] == "缺纸质件"
    assert not states.keys() & {"市教育局", "市水务局"}
    assert january.words.endswith("，缺纸质件1份")
    letter = next(row.letter for row in january.chased if row.unit == "市信访局")
    assert letter.startswith("市信访局：贵单位2012年1月政府信息公开情况统计月报的电子件已收到，纸质件尚未收到，")
    assert not [f for f in outcome.open_findings if desk.office.short(f.unit) == "市信访局"]


def test_a_later_paper_replaces_the_wrong_one(month):
    _, outcome, _ = month

    assert received(outcome, "市司法局")[1:] == [
        ["纸质件", "2012-02-06", None, "已换"], ["纸质件", "2012-02-09", 1, "一致"],
    ]  # fmt: skip
    assert asked(outcome, "市司法局") == []


def test_a_ruling_never_rewrites_the_receipts_book(month):
    desk, outcome, _ = month
    lines = (desk.inbox / "收件登记.csv").read_text(encoding="utf-8-sig").splitlines()

    water = outcome.receipts[outcome.receipts["file"] == "市水务局一.xlsx"].to_dict("records")[0]
    assert water["received"] == "2012-02-01"
    assert f"{water['sha256']},市水务局一.xlsx,2012-02-02" in {line.rpartition(",")[0] for line in lines}
    assert not [line for line in lines if "2012-02-01" in line]
