"""处理意见.xlsx: what waits for the office's ruling, to fill in and drop into the inbox, with the rulings so far."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Any

from pipeline.ledger.receipts import BOOK
from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import INPUT_BG, Styles, width
from pipeline.paper.xlsx import Workbook
from pipeline.tables.outcome import Outcome
from pipeline.values.files import short, write_whole
from pipeline.values.findings import Finding
from pipeline.values.ruling_sheet import CODES, COLUMNS, DAY, WHERE, YELLOW, in_columns, lapsed
from pipeline.values.rulings import BY_MAIL, ELECTRONIC, KINDS, PAPER, RULINGS, TYPED, Receive
from schemas.day import in_words

SHEET, HOW = "处理意见", "填写说明"
WIDTHS = (10, 22, 9, 11, 9, 11, 28, 10, 46, 16)
MANY = 4  # late returns of a month for which one row is enough
SPARE = 20  # empty rows below, for rulings about something that is not listed
MEANINGS = {kind.kind: kind.meaning for kind in KINDS} | {
    DAY: "写作出意见的日期，如 2012-09-05。只在一段时间里有效的，写成“2012-09-05至2012-12-31”：过了后一天就不再执行，"
    "并会提醒重新处理。",
    WHERE: "原有的不要动。空行里另写的，写单位和报告期，如“单位简称 2012-09”；要指明哪一格的，另起一行写"
    "“位置：主动公开 D8”。",
    CODES: "原有的不要动。空行里另写的：核实通过、遮盖写问题的编号，暂列、退回、作废、收件写文件的校验码"
    "（在工作底稿的来源表里）。",
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
    page = Page(workbook, styles, SHEET, len(COLUMNS))
    written, by_mail = outcome.rulings, list(offered(outcome))
    so_far = [lapsed(row, outcome.lapsed.get(n, "")) for n, row in zip(written.rows, written.written, strict=True)]
    gone = f"（其中{len(outcome.lapsed)}条已失效）" if outcome.lapsed else ""
    meta = f"{_counted(outcome, len(waiting))}已有意见{len(so_far)}条{gone}在后。" + (
        f"中间{len(by_mail)}行可以改收件日期，不改的不用管。" if by_mail else ""
    )
    how = "黄色的格子由办公室填，填好后放进收件夹再运行一次。"
    page.head("处 理 意 见", f"{meta}{how}", "", list(COLUMNS))
    rows: list[Mapping[str, str]] = [*waiting, *by_mail, *so_far, *[{}] * SPARE]
    last = BODY_ROW + len(rows) - 1
    for n, row in enumerate(rows, start=BODY_ROW):
        _row(page, n, row, "end" if n == last else "item")
    for heading, choices, error in (
        ("意见", tuple(kind.kind for kind in KINDS), "stop"),
        ("内容", (ELECTRONIC, PAPER, TYPED), "information"),
    ):
        column, message = COLUMNS.index(heading), f"请从列表里选：{'、'.join(choices)}。"
        listed = {"validate": "list", "source": list(choices), "error_type": error}
        listed |= {"error_title": heading, "error_message": message}
        page.sheet.data_validation(BODY_ROW, column, last, column, listed)
    page.widths(WIDTHS)
    page.print_setup(last, f"{outcome.span}汇总", landscape=True, freeze_columns=1)
    page.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)


def _counted(outcome: Outcome, rows: int) -> str:
    """How many of the open things stand in how many rows, so that they are those of the report: one return, one row."""
    every = outcome.open_findings
    here = sum(bool(f.file) if f.level == "must" else f.withholds or f.file != RULINGS for f in every)
    merged = f"，并成{rows}行（同一份报表必须改的并成一行）" if rows != here else ""
    rest = (
        f"；其余{len(every) - here}处不在这里定：没有报来的请催报，意见本身没填对的请改那一行"
        if here < len(every)
        else ""
    )
    return f"共{len(every)}处待办，其中{here}处列在前面{merged}{rest}。"


def _row(page: Page, at: int, row: Mapping[str, str], kind: str) -> None:
    """One row; of a spare one every cell is the office's."""
    told = in_columns(row)
    for column, heading in enumerate(COLUMNS):
        yellow = {"bg_color": INPUT_BG} if heading in YELLOW or not row else {}
        page.text(at, column, told[heading], kind, text_wrap=True, num_format="@", **yellow)
    texts = ((told[heading].split("\n"), wide - 2) for heading, wide in zip(COLUMNS, WIDTHS, strict=True))
    lines = max(sum(-(-width(part) // wide) or 1 for part in parts) for parts, wide in texts)
    page.sheet.set_row(at, max(18, 14.5 * lines + 4))


def offered(outcome: Outcome) -> Iterator[dict[str, str]]:
    """A row for each return that came late by the book and earlier by its mail, filled in but for the opinion.

    Of a month with many such, and of one that was put into the inbox all on one day, one row for all.
    """
    own = outcome.receipts[(outcome.receipts["kind"] == ELECTRONIC) & (outcome.receipts["by"] == BOOK)]
    late = own[(own["days_late"] > 0).fillna(False)]
    by_mail = (late["sent_on"] != "") & (late["sent_on"] < late["received"])
    for period, mailed in late[by_mail].groupby("period"):
        rows = [_by_mail(row, outcome) for row in mailed.to_dict("records")]
        said = f"{len(rows)}份登记为迟报，随邮件发出的日期更早。都同意按邮件日期的，意见选“{Receive.kind}”；"
        said += "个别不同的另起一行写它的校验码。"
        yield from [_of_all(str(period), said, BY_MAIL)] if len(rows) >= MANY else rows
    together = Counter(zip(late.loc[~by_mail, "period"], late.loc[~by_mail, "received"], strict=True))
    for (period, day), count in sorted(together.items()):
        said = f"{count}份都登记为{in_words(str(day))}收到，记为迟报。早就收到、这时才一起放进来的，"
        if count >= MANY:
            yield _of_all(str(period), f"{said}“数值”写当时收到的日期，意见选“{Receive.kind}”。", "")


def _of_all(period: str, said: str, day: str) -> dict[str, str]:
    """A row for all returns of a month."""
    return {"报告期": period, "问题": said, "内容": ELECTRONIC, "数值": day}


def _by_mail(row: Mapping[Hashable, Any], outcome: Outcome) -> dict[str, str]:
    """A row for one return."""
    came, sent = in_words(row["received"]), in_words(row["sent_on"])
    said = f"收件登记为{came}，迟报 {row['days_late']} 天；随邮件发出的日期是{sent}。"
    return {
        "单位": outcome.office.short(row["unit"], row["period"]),
        "报告期": row["period"],
        "文件": row["file"],
        "校验码": short(row["sha256"]),
        "问题": f"{said}同意按邮件日期的，意见选“{Receive.kind}”。",
        "内容": ELECTRONIC,
        "数值": row["sent_on"],
    }


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
