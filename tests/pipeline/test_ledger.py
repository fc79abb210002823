"""How late a return was, in which state it stands; and that coverage adds up."""

import pytest

from tests.pipeline.reading import returns

WRONG = {"T1.102": "4条"}


def test_a_return_is_late_from_the_working_day_after_the_due_day(desk):
    arrivals = [
        ("市教育局", "2012-01", "2012-02-06", 0),  # the 5th was a Sunday
        ("市财政局", "2012-01", "2012-02-07", 1),
        ("市公安局", "2012-03", "2012-04-05", 0),  # 清明 was over on the 4th
        ("市民政局", "2012-09", "2012-10-08", 0),  # the 5th fell into 国庆
        ("市司法局", "2012-09", "2012-10-09", 1),
        ("市水务局", "2012-12", "2013-01-05", 0),  # a Saturday on which people worked
        ("市信访局", "2012-12", "2013-01-06", 1),
    ]
    for unit, month, received, _ in arrivals:
        desk.send(unit, month, received=received)

    outcome = desk.examine(through="2012-12")

    assert returns(outcome, "days_late") == [(days,) for *_, days in arrivals]
    late = {desk.office.short(f.unit): f.value for f in outcome.findings if f.rule == "N-LATE-01"}
    assert late == {unit: str(days) for unit, *_, days in arrivals if days}


@pytest.mark.slow
def test_only_the_first_version_can_be_late(desk):
    desk.send(received="2012-02-06", name="一.xlsx", changes=WRONG)
    desk.send(received="2012-02-20", name="二.xlsx")

    assert "N-LATE-01" not in {f.rule for f in desk.examine().findings}


@pytest.mark.slow
def test_a_return_after_the_month_was_closed_counts_and_is_told_so(desk):
    desk.send("市教育局", received="2012-02-20")
    desk.send("市财政局", received="2012-02-21")

    outcome = desk.examine()

    told = {desk.office.short(f.unit): (f.rule, f.message) for f in outcome.findings}
    assert told["市教育局"][0] == "N-LATE-01"
    assert told["市财政局"] == (
        "N-LATE-02",
        "补报截止后收到：2012年2月21日收到，应于2012年2月6日前报送，迟报 15 天，补报截止是2012年2月20日。",
    )
    assert returns(outcome, "state") == [("通过",), ("通过",)]


@pytest.mark.slow
def test_the_state_of_a_return(desk):
    gap = {"T1.103": 5}
    desk.send("市教育局")
    desk.send("市科技局", changes=WRONG)
    desk.send("市公安局", changes=gap)
    desk.send("市民政局", changes=gap, notes={"T1.100": "1条在会上公开"})

    states = {desk.office.short(unit): state for unit, state in returns(desk.examine(), "unit", "state")}

    assert states == {"市教育局": "通过", "市科技局": "退回", "市公安局": "待核实", "市民政局": "核实通过"}


@pytest.mark.slow
def test_who_sent_nothing_has_a_row_of_its_own(desk):
    desk.office = desk.office._replace(units=desk.office.units[23:26])
    desk.send("市卫生局")

    book = desk.examine().returns

    assert list(zip(book["unit"], book["state"], book["file"] != "", strict=True)) == [
        ("620200-024", "未报", False),
        ("620200-025", "通过", True),
        ("620200-026", "未报", False),
    ]
    assert book.loc[0, ["file", "sha256", "received", "edition"]].tolist() == ["", "", "", ""]


@pytest.mark.slow
def test_coverage_adds_up(desk):
    desk.office = desk.office._replace(units=desk.office.units[:5])
    desk.send("雄关区")
    desk.send("镜铁区", received="2012-02-02", name="一.xlsx", changes=WRONG)
    desk.send("镜铁区", name="二.xlsx")
    desk.send("长城区", changes=WRONG)
    (desk.inbox / "坏.xlsx").write_bytes(b"")

    coverage = desk.examine().coverage

    assert coverage.words == "应报5份，收到3份，入汇2份，退回未改1份，未报2份"
    assert coverage.owed == coverage.counted + coverage.returned + coverage.missing
