"""处理意见.xlsx: what waits for the office's ruling, to fill in and drop into the inbox, with the rulings so far."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import INPUT_BG, Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.outcome import Outcome
from pipeline.values.files import short, write_whole
from pipeline.values.findings import Finding
from pipeline.values.rulings import (
    ELECTRONIC,
    HEADINGS,
    KINDS,
    PAPER,
    RULINGS,
)

SHEET, HOW = "处理意见", "填写说明"
WIDTHS = (16, 12, 10, 22, 16, 15, 42, 10, 10, 10, 11, 24, 9, 11, 11)
FILLED_IN = HEADINGS[HEADINGS.index("意见") :]
SPARE = 20  # empty rows below, for rulings about something that is not listed
MEANINGS = {kind.kind: kind.meaning for kind in KINDS} | {
    "有效期至": "写了日期的，过了这一天就不再执行，并会提醒重新处理。",
    "不再需要的": "删去那一行。空着“意见”的行不起作用。",
}


def write_rulings(folder: Path, outcome: Outcome) -> Path:
    """Write the workbook into the year's folder: what waits comes first, then the rulings as they were given."""
    return write_whole(folder / RULINGS, lambda path: _write(path, outcome))


def _write(path: Path, outcome: Outcome) -> None:
    with Workbook(path) as workbook:
        workbook.add_worksheet(SHEET)
        workbook.add_worksheet(HOW)
        office, created = outcome.office.settings.name, datetime.combine(outcome.as_of, time())
        title = f"{outcome.span}{SHEET}"
        workbook.set_properties({"title": title, "author": office, "company": office, "created": created})
        styles = Styles(workbook)
        waiting = list(_waiting(outcome))
        _sheet(workbook, styles, outcome, waiting)
        _how(workbook, styles, outcome)


def _waiting(outcome: Outcome) -> Iterator[dict[str, str]]:
    """A row for every return that is sent back, and for every question that is open, the most pressing first."""
    digests = dict(zip(outcome.returns["file"], outcome.returns["sha256"].map(short), strict=True))
    told: set[str] = set()
    for finding in outcome.open_findings:
        about = {
            "单位": outcome.office.short(finding.unit, finding.period),
            "报告期": finding.period,
            "文件": finding.file,
        }
        if finding.level == "verify" and (finding.withholds or finding.file != RULINGS):
            where = f"{finding.sheet}!{finding.cell}" if finding.cell else "整份表"
            asks = {"编号": finding.id, "位置": where, "问题": finding.message, "填的值": finding.value}
            yield about | asks | {"校验码": digests.get(finding.file, "")}
        elif finding.level == "must" and finding.file and finding.file not in told:
            told.add(finding.file)
            yield about | {"校验码": digests[finding.file], "位置": "整份表", "问题": _wrong(finding, outcome)}


def _wrong(first: Finding, outcome: Outcome) -> str:
    """What is wrong with a return that is sent back: the first complaint, and how many there are."""
    count = sum(f.file == first.file and f.level == "must" for f in outcome.open_findings)
    return f"必须改{count}处，如：{first.message}"


def _sheet(workbook: Any, styles: Styles, outcome: Outcome, waiting: list[dict[str, str]]) -> None:
    page = Page(workbook, styles, SHEET, len(HEADINGS))
    so_far = outcome.rulings.written
    meta = (
        f"待处理{len(waiting)}件在前，已有意见{len(so_far)}条在后。黄色的格子由办公室填，填好后放进收件夹再运行一次。"
    )
    page.head("处 理 意 见", meta, "", list(HEADINGS))
    rows: list[Mapping[str, str]] = [*waiting, *so_far, *[{}] * SPARE]
    first = HEADINGS.index("意见")
    for n, row in enumerate(rows, start=BODY_ROW):
        kind = "end" if n == BODY_ROW + len(rows) - 1 else "item"
        for column, heading in enumerate(HEADINGS):
            yellow = {"bg_color": INPUT_BG} if column >= first or not row else {}
            page.text(n, column, row.get(heading, ""), kind, text_wrap=True, num_format="@", **yellow)
        texts = [(row.get(heading, ""), wide) for heading, wide in zip(HEADINGS, WIDTHS, strict=True)]
        page.sheet.set_row(n, page.height(texts))
    last = BODY_ROW + len(rows) - 1
    for heading, choices, error in (
        ("意见", tuple(kind.kind for kind in KINDS), "stop"),
        ("内容", (ELECTRONIC, PAPER), "information"),
    ):
        column, message = HEADINGS.index(heading), f"请从列表里选：{'、'.join(choices)}。"
        listed = {"validate": "list", "source": list(choices), "error_type": error}
        listed |= {"error_title": heading, "error_message": message}
        page.sheet.data_validation(BODY_ROW, column, last, column, listed)
    page.widths(WIDTHS)
    page.print_setup(last, f"{outcome.span}汇总", landscape=True, freeze_columns=3)
    page.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)


def _how(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    page = Page(workbook, styles, HOW, 2)
    meta = "每一行都要有意见、理由（“遮盖”可以没有）、经办人和日期，否则不执行；任何意见都不改动单位填的数字"
    page.head("填 写 说 明", meta, "", ["意见", "用在什么时候，怎么填"])
    for n, (kind, text) in enumerate(MEANINGS.items()):
        page.text(BODY_ROW + n, 0, kind, "item", valign="top")
        page.text(BODY_ROW + n, 1, text, "item", text_wrap=True, valign="top")
        page.sheet.set_row(BODY_ROW + n, page.height([(text, 80)], 22))
    page.widths((14, 80))
    page.print_setup(BODY_ROW + len(MEANINGS) - 1, f"{outcome.span}汇总", landscape=False)
