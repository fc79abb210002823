"""催报单: whom to remind of a month's return, with what is known of the unit and a sentence to send."""

from datetime import datetime, time
from functools import partial
from itertools import accumulate
from pathlib import Path

from pipeline.outbox.publish.overdue import WORST_FIRST, Chased, Overdue, overdue
from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.outbox.publish.status import colour_marks, write_count
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.outcome import Outcome
from pipeline.values.files import write_whole
from schemas.day import in_words, within_year

FOLDER, NAME = "催报", "催报单"
ENDING = f"_{NAME}"
ABOUT = {"序号": 5.0, "单位": 12.0, "状态": 9.5, "应报日期": 9.0, "已逾期\n天数": 7.5}
MONTHS = {f"{number}月": 4.4 for number in range(1, 13)}
TIMES = {f"本年\n{name}": 5.6 for name in WORST_FIRST}
SENTENCE = {"上次报送": 12.0, "催报语": 20.0}
COLUMNS = ABOUT | MONTHS | TIMES | SENTENCE
STATE = list(ABOUT).index("状态")
FIRST_MONTH, FIRST_TIMES, LAST_SENT = accumulate(map(len, (ABOUT, MONTHS, TIMES)))
LEGEND = (
    "注：“√”按时；“迟3”迟报3天；“退1”退回修改1次后通过；“退回”退回未改；“未报”应报未报；“—”这一期不用报；空白为尚未到期。",
    "已逾期天数从应报日期的第二天算起，含节假日。本年未报、迟报、退过按期计，“·”为没有。",
)
UNKNOWN = "另有{count}个文件认不出单位或报告期，在“退回”文件夹的“未识别”里。催报前请先看是不是上面单位报来的。"


def write_chase(folder: Path, outcome: Outcome) -> list[Path]:
    """Write the folder 催报 of a year: a list for each month with somebody to be reminded; returns the paths."""
    return [
        write_whole(folder / f"{month.month}{ENDING}.xlsx", partial(_write, outcome=outcome, month=month))
        for month in overdue(outcome)
    ]


def _write(path: Path, outcome: Outcome, month: Overdue) -> None:
    """Write one list; same outcome, same bytes."""
    with Workbook(path) as workbook:
        workbook.add_worksheet(NAME)
        page = Page(workbook, Styles(workbook), NAME, len(COLUMNS))
        title = f"{month.month.words}{outcome.form.edition.title}{NAME}"
        office = outcome.office.settings.name
        created = datetime.combine(outcome.as_of, time())
        workbook.set_properties({"title": title, "author": office, "company": office, "created": created})
        meta = f"{month.words}    应报日期：{in_words(month.due)}    截至：{in_words(outcome.as_of)}"
        page.head(title, meta, "", list(COLUMNS), height=34)
        page.widths(list(COLUMNS.values()))
        for number, row in enumerate(month.chased, start=1):
            _row(page, number, row, month)
        _finish(page, outcome, len(month.chased))


def _row(page: Page, number: int, row: Chased, month: Overdue) -> None:
    """One unit: what is waited for, its year, and the sentence to send."""
    at, kind = BODY_ROW + number - 1, "end" if number == len(month.chased) else "item"
    page.number(at, 0, number, kind, align="center", num_format="0")
    page.text(at, 1, row.unit, kind)
    page.mark(at, STATE, row.state, "", kind)
    page.mark(at, STATE + 1, within_year(month.due), "", kind)
    page.number(at, STATE + 2, month.days, kind, align="center", num_format="0")
    for column, mark in enumerate(row.marks, start=FIRST_MONTH):
        page.text(at, column, mark, kind, align="center", indent=0, font_size=9.5, shrink=True)
    for column, name in enumerate(WORST_FIRST, start=FIRST_TIMES):
        write_count(page, at, column, name, row.marks, FIRST_MONTH, kind)
    page.text(at, LAST_SENT, row.last, kind, align="center", indent=0, text_wrap=True, font_size=10)
    page.text(at, LAST_SENT + 1, row.letter, kind, text_wrap=True)
    page.sheet.set_row(at, page.height([(row.letter, COLUMNS["催报语"])], 30))


def _finish(page: Page, outcome: Outcome, units: int) -> None:
    """Colours, notes, and how it prints."""
    last = BODY_ROW + units - 1
    colour_marks(page, (BODY_ROW, STATE, last, STATE))
    colour_marks(page, (BODY_ROW, FIRST_MONTH, last, FIRST_TIMES - 1))
    unknown = sum(not (back.unit and back.period) for back in outcome.sent_back)
    notes = [*LEGEND, *([UNKNOWN.format(count=unknown)] if unknown else [])]
    end = page.notes(last + 1, notes, sum(COLUMNS.values()))
    page.print_setup(end, f"截至{in_words(outcome.as_of)}", landscape=True, freeze_columns=2)
    page.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
