"""What passed between a unit and the office in a year: versions, questions with their answers, changes, rulings."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.outbox.publish.checks import where
from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import Styles
from pipeline.tables.outcome import Outcome
from pipeline.values.files import short
from schemas.day import in_words as day_in_words
from schemas.period import in_words
from schemas.units import UnitRow

if TYPE_CHECKING:
    import pandas as pd

DEALINGS = "往来"
HEADS, WIDTHS = ("报告期", "位置", "内容", "怎样处理", "结果"), (12, 22, 62, 40, 16)
NOTHING = "没有。"
ASKED = ("must", "verify", "ask")


class Entry(NamedTuple):
    """One thing: when, where, what, what was answered or decided, what it is now."""

    period: str
    place: str
    what: str
    done: str
    state: str


def write_dealings(workbook: Any, styles: Styles, outcome: Outcome, unit: UnitRow) -> None:
    """A part for each kind, also where there is nothing: that nothing was asked is worth knowing too."""
    page = Page(workbook, styles, DEALINGS, len(HEADS))
    page.head(f"{unit.name}{outcome.year}年报送往来", f"截至{day_in_words(outcome.as_of)}", "", HEADS)
    row = BODY_ROW
    for title, entries in _parts(outcome, unit.code):
        row = _part(page, row, title, entries)
    page.widths(WIDTHS)
    page.print_setup(row - 1, f"{unit.short}{outcome.year}年", landscape=True, freeze_columns=0)


def _part(page: Page, row: int, title: str, entries: Sequence[Entry]) -> int:
    """A part below its title; the row below it."""
    told = f"{title}（{len(entries)}）" if entries else f"{title}：{NOTHING}"
    for column in range(len(HEADS)):
        page.text(row, column, told if not column else "", "group", right=0)
    page.sheet.set_row(row, 19)
    for entry in entries:
        row += 1
        for column, text in enumerate(entry):
            page.text(row, column, text, text_wrap=True, valign="top")
        page.sheet.set_row(row, page.height(list(zip(entry, WIDTHS, strict=True))))
    return row + 1


def _parts(outcome: Outcome, unit: str) -> Iterator[tuple[str, Sequence[Entry]]]:
    yield "一、报送的各版", [*_versions(outcome.returns[outcome.returns["unit"] == unit])]
    yield "二、问过的和答复", [*_questions(outcome, unit)]
    yield "三、各版之间改的数", [*_changes(outcome.amended[outcome.amended["unit"] == unit])]
    yield "四、办公室的处理意见", [*_rulings(outcome, unit)]


def _versions(returns: "pd.DataFrame") -> Iterator[Entry]:
    """Every version, and every month that is missing."""
    for item in returns.sort_values(["period", "received", "file"], kind="stable").itertuples(index=False):
        period, file = in_words(str(item.period)), str(item.file)
        if not file:
            yield Entry(period, "", "没有收到。", "", str(item.state))
            continue
        number = "" if str(item.version) == "<NA>" else f"第{item.version}版，"
        late = f"，迟报{item.days_late}天" if str(item.days_late) not in {"0", "<NA>"} else ""
        typed = f"{item.typed!s}。" if item.typed else ""
        done = f"{typed}校验码 {short(str(item.sha256))}"
        came = str(item.received) or "收到日期不详"
        yield Entry(period, "", f"{number}{came}收到{late}：{file}", done, str(item.state))


def _questions(outcome: Outcome, unit: str) -> Iterator[Entry]:
    """What was found or asked; the unit's and the office's words stand in the message."""
    heard = [one for one in outcome.replies if one.unit == unit]
    replies = {one.finding: f"{one.answer} {one.reason}（{one.state}）" for one in heard}
    own = [f for f in (*outcome.findings, *outcome.questions) if f.unit == unit and f.level in ASKED]
    for finding in sorted(own, key=lambda f: (f.period, f.level, f.sheet, f.cell)):
        answer = replies.get(finding.id, "")
        done = f"核实单答复：{answer}" if answer else finding.remedy
        yield Entry(in_words(finding.period), where(finding), finding.message, done, finding.state)


def _changes(amended: "pd.DataFrame") -> Iterator[Entry]:
    for item in amended.sort_values(["period", "to_version", "sheet", "cell"], kind="stable").itertuples(index=False):
        before, after = str(item.before) or "空白", str(item.after) or "空白"
        what = f"“{item.label}”（{item.line}）由 {before} 改为 {after}"
        done = f"第{item.to_version}版代替第{item.from_version}版"
        yield Entry(in_words(str(item.period)), str(item.sheet) + f"!{item.cell}" * bool(item.cell), what, done, "")


def _rulings(outcome: Outcome, unit: str) -> Iterator[Entry]:
    """The rulings about the unit, its files, or what was found in them."""
    own = outcome.returns[outcome.returns["unit"] == unit]
    files = {short(str(digest)) for digest in own["sha256"] if digest}
    found = {f.id for f in outcome.findings if f.unit == unit}
    for ruling in outcome.rulings.every:
        if ruling.unit == unit or ruling.digest in files or ruling.finding in found:
            period = in_words(ruling.period) if ruling.period else ""
            yield Entry(period, ruling.item, ruling.about or ruling.kind, ruling.words, ruling.kind)
