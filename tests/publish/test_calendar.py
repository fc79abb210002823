"""A year whose holidays are not announced yet: due days know its weekends only, and wherever they are told that is said."""

import pytest

from pipeline.desk.telling import tell
from pipeline.values import periods
from tests.publish.reading import shown

SAID = "程序不知道2012年的节假日安排，报送期限只避开了周末。安排公布后请写进 holidays.csv，再运行一次。"


@pytest.mark.slow
def test_it_is_said_once_on_the_screen_on_the_page_and_on_the_sheet(desk, monkeypatch, capsys):
    monkeypatch.setattr(periods, "_announced", lambda day: None)
    desk.send()
    outcome, workbook = desk.run()
    tell(outcome, [workbook])
    sheet = "".join(str(value) for (name, _), value in shown(workbook).items() if name == "报送情况")
    page = (workbook.parent / "运行报告.html").read_text(encoding="utf-8")

    assert [text.count(SAID) for text in (capsys.readouterr().out, page, sheet)] == [1, 1, 1]
