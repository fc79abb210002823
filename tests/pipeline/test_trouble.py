"""What the office can mend is one Chinese sentence that says what to do, never a traceback."""

import pytest

from schemas.mistake import CannotRun
from tests.pipeline.happenings import printed
from tests.pipeline.overtype import lose_stamp, retouch, together

pytestmark = pytest.mark.slow


def trouble(desk, **when: str) -> str:
    with pytest.raises(CannotRun) as caught:
        desk.examine(**when)
    return str(caught.value)


def test_a_missing_inbox(desk):
    assert f"收件夹“{desk.inbox}”里没有报表。" in trouble(desk)


def test_an_empty_inbox(desk):
    desk.inbox.mkdir()
    (desk.inbox / "~$a.xlsx").touch()

    said = trouble(desk)

    assert f"收件夹“{desk.inbox}”里没有报表。" in said
    assert "python run_pipeline.py templates --period" in said


def test_an_inbox_in_which_nothing_is_a_return(desk):
    desk.inbox.mkdir()
    (desk.inbox / "通知.xlsx").write_bytes(b"x")

    assert trouble(desk).startswith("收件夹里没有一份能认出报告期的报表。")


def test_damaged_figures_of_the_report(desk):
    desk.send()
    path = printed(desk, ("total", "主动公开", "条", 10))
    path.write_bytes(path.read_bytes()[:500])

    (finding,) = desk.examine().findings

    assert (finding.rule, finding.level, finding.file) == ("W-FIL-01", "verify", "年报正文数字.xlsx")
    assert finding.message == (
        "“年报正文数字.xlsx”文件损坏或没有下载完整，请用 Excel 打开，另存为“Excel 工作簿（.xlsx）”后放回收件夹；"
        "这次年报正文没有和汇总表核对。"
    )


def test_figures_of_the_report_without_a_column(desk):
    desk.send()
    path = printed(desk)
    retouch("数值", "数字")(path)

    (finding,) = desk.examine().findings

    assert finding.message.startswith(
        "“年报正文数字.xlsx”第 1 行：缺少“数值”栏，应有：编号、指标、计量单位、数值、出处；"
    )


def test_a_month_without_a_form(desk):
    desk.send()

    assert trouble(desk, through="2014-03") == "2014年3月没有可用的表式，请在 office.toml 的 editions 里登记。"


def test_nothing_but_returns_of_a_month_without_a_form(desk):
    desk.send(edit=together(lose_stamp, retouch("2012年1月", "2021年1月")))

    assert trouble(desk).startswith("2021年1月没有可用的表式")


def test_one_return_with_a_slip_in_its_year_does_not_move_the_year(desk):
    desk.send("市教育局")
    desk.send("市财政局", edit=together(lose_stamp, retouch("2012年1月", "2021年1月")))

    outcome = desk.examine()

    assert (outcome.year, outcome.coverage.counted) == (2012, 1)
    assert [(f.rule, f.period) for f in outcome.findings] == [("E-PER-03", "2021-01")]


def test_a_return_for_a_month_yet_to_come_does_not_move_the_year(desk):
    desk.send("市教育局")
    desk.send("市财政局", edit=together(lose_stamp, retouch("2012年1月", "2013年1月")))

    outcome = desk.examine()

    assert (outcome.year, [str(month) for month in outcome.months]) == (2012, ["2012-01"])
    assert (outcome.coverage.counted, outcome.outside) == (1, 1)
