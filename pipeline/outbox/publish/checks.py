"""What does not meet, and what was found: 对账 and 校验发现."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.outbox.publish.trace import Trace
from pipeline.paper.theme import ERR, ERR_BG, MUTED, OK, WARN, WARN_BG, Styles, difference_format, number_format
from pipeline.tables.outcome import Outcome
from pipeline.values.differences import ACCOUNTED, AGREE, DIFFER, UNJUDGED, Difference
from pipeline.values.findings import OPEN, STATES, UNCONFIRMED, Finding
from schemas.edition import TRIAL
from schemas.period import in_words

RECONCILIATION, FINDINGS = "对账", "校验发现"
HEADS = (
    "序号", "核对项目", "范围", "甲方（来源）", "甲方数", "乙方（来源）", "乙方数", "差额", "结论与处理", "计量单位",
)  # fmt: skip
UNIT = HEADS.index("计量单位")
LEVELS = {"must": "必须改", "verify": "请核实", "trial": "试行", "ask": "请留意", "note": "知悉"}
_PRESSING = (DIFFER, ACCOUNTED, UNJUDGED, AGREE)


def write_reconciliation(workbook: Any, styles: Styles, outcome: Outcome, trace: Trace) -> None:
    """Exceptions first, with the returns behind them, each of which leads to its file; what agrees follows."""
    page = Page(workbook, styles, RECONCILIATION, len(HEADS))
    called = outcome.spoken["report"]
    told = f"差额＝甲方数－乙方数；先列不一致的，再列一致的；只列{outcome.office.settings.whole}合计和对不上的{called}"
    page.head("对账表", told, "", HEADS)
    shown = pressing_first(outcome)
    widths = (6, 24, 18, 25, 10, 29, 10, 9, 38, 8)
    for n, item in enumerate(shown):
        row, kind = BODY_ROW + n, "end" if n == len(shown) - 1 else "item"
        told = f"{item.verdict}。{item.explanation}" if item.explanation else f"{item.verdict}。"
        texts = {1: item.title, 2: _scope(item, outcome), 3: item.left, 5: item.right, 8: told}
        source = trace.source(item.unit, item.period)
        page.text(row, 0, str(n + 1), kind, align="center", indent=0)
        for column, text in texts.items():
            page.text(row, column, text, kind, text_wrap=True)
        if source:
            page.source_link(row, texts[2], source, kind, column=2, text_wrap=True)
        _values(page, row, item, kind)
        page.sheet.set_row(row, page.height([(text, widths[column]) for column, text in texts.items()]))
    last = BODY_ROW + len(shown) - 1
    look = workbook.add_format({"font_color": ERR, "bg_color": ERR_BG, "bold": True})
    first = xl_rowcol_to_cell(BODY_ROW, 7, col_abs=True)
    rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({first}),{first}<>0)", "format": look}
    page.sheet.conditional_format(BODY_ROW, 7, last, 7, rule)
    page.widths(widths)
    page.print_setup(last, outcome.imprint, landscape=True, freeze_columns=2)


def pressing_first(outcome: Outcome) -> list[Difference]:
    """The city's comparisons, those that do not meet first; a return stands under the sum that it is behind."""
    shown = [d for d in outcome.differences if d.scope == "city" or (d.scope == "return" and d.verdict != AGREE)]
    order = {key: n for n, key in enumerate(dict.fromkeys(d.id for d in shown))}
    city = {d.id: d.verdict for d in reversed(outcome.differences) if d.scope == "city"}
    return sorted(shown, key=lambda d: (_PRESSING.index(city[d.id]), order[d.id], d.scope != "city"))


def open_first(outcome: Outcome) -> list[Finding]:
    """Every finding: what waits first, then what was only noted, explained or mended; within that by month and unit."""
    return sorted(outcome.findings, key=lambda f: (STATES.index(f.state), f.period, f.unit))


def write_findings(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """Every finding, and the first questions: open ones first, then what was explained, mended or only noted."""
    page = Page(workbook, styles, FINDINGS, 9)
    open_, asked = len(outcome.open_findings), outcome.first_questions
    meta = f"共{len(outcome.findings)}条，待办{open_}条" + (f"；另有{len(asked)}处请留意，不影响上报" if asked else "")
    trials = sum(finding.level == TRIAL for finding in outcome.findings)
    meta += f"；试行规则查出{trials}条，不影响上报" if trials else ""
    heads = ["级别", "单位", "报告期", "位置", "填写", "问题", "怎么改", "状态", "规则"]
    page.head("校验发现", meta, "", heads)
    widths = (8, 13, 9, 17, 12, 46, 34, 8, 11)
    # questions stay in the order of their effect
    findings = sorted((*open_first(outcome), *asked), key=lambda f: STATES.index(f.state))
    short = outcome.office.short
    for n, finding in enumerate(findings):
        row, kind = BODY_ROW + n, "end" if n == len(findings) - 1 else "item"
        texts = (
            LEVELS[finding.level], short(finding.unit, finding.period), finding.period, where(finding), finding.value,
            finding.message, finding.remedy, finding.state, finding.rule,
        )  # fmt: skip
        for column, text in enumerate(texts):
            grey = {"font_color": MUTED} if column == 8 else {}
            page.text(row, column, text, kind, text_wrap=True, **grey)
        page.sheet.set_row(row, page.height(list(zip(texts, widths, strict=True))))
    last = BODY_ROW + max(len(findings) - 1, 0)
    for state, look in (
        (OPEN["must"], {"font_color": ERR, "bg_color": ERR_BG}),
        (OPEN["verify"], {"font_color": WARN, "bg_color": WARN_BG}),
        (UNCONFIRMED, {"font_color": WARN, "bg_color": WARN_BG}),
        ("已改", {"font_color": OK}),
    ):
        rule = {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": workbook.add_format(look)}
        page.sheet.conditional_format(BODY_ROW, 7, last, 7, rule)
    page.widths(widths)
    page.filtered(len(findings))
    page.print_setup(last, outcome.imprint, landscape=True, freeze_columns=0)


def _values(page: Page, row: int, item: Difference, kind: str) -> None:
    """Both values and their difference, which is a formula, and what they are counted in."""
    quantity, decimals = item.quantity, item.quantity.decimals
    page.text(row, UNIT, quantity.unit or "—", kind, align="center", indent=0)
    for column, value in ((4, item.left_value), (6, item.right_value)):
        if value is None:
            page.text(row, column, "—", kind, align="center", indent=0, font_color=MUTED)
        else:
            page.number(row, column, quantity.number(value), kind, num_format=number_format(decimals))
    if item.difference is None:
        page.text(row, 7, "—", kind, align="center", indent=0, font_color=MUTED)
    else:
        more = f"{xl_rowcol_to_cell(row, 4)}-{xl_rowcol_to_cell(row, 6)}"
        formula = f"=ROUND({more},{decimals})" if decimals else f"={more}"
        page.formula(row, 7, formula, quantity.number(item.difference), kind, num_format=difference_format(decimals))


def _scope(item: Difference, outcome: Outcome) -> str:
    if item.scope == "city":
        return f"{outcome.office.settings.whole}合计"
    return f"{outcome.office.short(item.unit, item.period)}{in_words(item.period)}"


def where(finding: Finding) -> str:
    """The cell, or what is meant where there is none."""
    if finding.cell:
        return f"{finding.sheet}!{finding.cell}"
    return "整个文件" if finding.file else "该单位该月"
