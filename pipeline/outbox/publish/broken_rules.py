"""按规则: each rule that found something, and below it all that it found, with both sides and their difference."""

from collections import defaultdict
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.checks import LEVELS, where
from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.outbox.publish.rule_record import texts_of
from pipeline.paper.theme import MUTED, Styles, difference_format, number_format
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import STATES, Finding
from schemas.messages import catalogue

BROKEN_RULES = "按规则"
HEADS = ["规则", "级别", "单位", "报告期", "位置", "左边的数", "右边的数", "差额", "计量单位", "状态"]
WIDTHS = (46, 8, 15, 10, 18, 12, 12, 11, 9, 9)
LEFT, RIGHT, GAP, UNIT = range(5, 9)
NOTHING = "没有一条规则查出问题。"


def broken(outcome: Outcome) -> list[Finding]:
    """What the rules found, as a rule's findings lie together: the graver first, then those that found most."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        if finding.sides:
            by_rule[finding.rule].append(finding)
    levels = list(LEVELS)
    order = sorted(by_rule.values(), key=lambda own: (levels.index(own[0].level), -len(own), own[0].rule))
    return [one for own in order for one in sorted(own, key=lambda f: (STATES.index(f.state), f.period, f.unit))]


def write_broken_rules(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """One row a finding that has two sides; its rule in words, so that a filter shows one rule with all its units."""
    page = Page(workbook, styles, BROKEN_RULES, len(HEADS))
    found, texts = broken(outcome), texts_of(outcome)
    meta = f"{len({finding.rule for finding in found})}条规则查出{len(found)}处    {outcome.span}"
    page.head("按规则列出的差额", meta, "", HEADS)
    for n, finding in enumerate(found):
        said = texts.get(finding.rule) or catalogue()[finding.rule].title
        _row(page, BODY_ROW + n, finding, said, outcome, "end" if n == len(found) - 1 else "item")
    if not found:
        page.text(BODY_ROW, 0, NOTHING, "end", font_color=MUTED)
    page.widths(WIDTHS)
    page.filtered(len(found))
    page.print_setup(BODY_ROW + max(len(found) - 1, 0), outcome.imprint, landscape=True, freeze_columns=0)


def _row(page: Page, row: int, finding: Finding, said: str, outcome: Outcome, kind: str) -> None:
    short = outcome.office.short(finding.unit, finding.period)
    told = (said, LEVELS[finding.level], short, finding.period, where(finding))
    for column, text in enumerate(told):
        page.text(row, column, text, kind, text_wrap=True)
    if finding.sides:
        left, right, quantity = finding.sides
        for column, steps in ((LEFT, left), (RIGHT, right)):
            page.number(row, column, quantity.number(steps), kind, num_format=number_format(quantity.decimals))
        more = f"{xl_rowcol_to_cell(row, LEFT)}-{xl_rowcol_to_cell(row, RIGHT)}"
        formula = f"=ROUND({more},{quantity.decimals})" if quantity.decimals else f"={more}"
        look = {"num_format": difference_format(quantity.decimals)}
        page.formula(row, GAP, formula, quantity.number(left - right), kind, **look)
        page.text(row, UNIT, quantity.unit or "—", kind, align="center", indent=0)
    page.text(row, len(HEADS) - 1, finding.state, kind)
    page.sheet.set_row(row, page.height(list(zip(told, WIDTHS, strict=False))))
