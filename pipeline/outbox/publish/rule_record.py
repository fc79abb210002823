"""规则效用: what each rule found in the year, and what came of it."""

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.checks import LEVELS
from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import MUTED, WARN, Styles
from pipeline.tables.outcome import Outcome
from pipeline.tables.rule_record import RuleMonth, by_rule
from schemas.rules import words

RULE_RECORD = "规则效用"
ENDS = {"没了结": "open", "已改": "mended", "已说明": "explained", "核实\n通过": "passed", "另见\n同格": "elsewhere"}
HEADS = ["规则", "级别", "内容", "判过", "缺数\n未判", "查出", *ENDS, "看法"]
WIDTHS = (9, 8, 60, 7, 7, 6, *[6.5] * len(ENDS), 30)
FIRED, SAID = HEADS.index("查出"), len(HEADS) - 1
ZERO_AS_DOT = '#,##0;-#,##0;"·"'


def write_rule_record(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """One row a rule: those that found something first, and of them those that may be loosened."""
    page = Page(workbook, styles, RULE_RECORD, len(HEADS))
    page.head("规则效用", f"每条规则判过多少份、查出多少份、后来怎样    {outcome.span}", "单位：份", HEADS, height=34)
    often, texts = outcome.office.settings.thresholds.rule_often, texts_of(outcome)
    rules = sorted(by_rule(outcome.rules), key=lambda rule: _pressing(rule, often))
    for n, rule in enumerate(rules):
        _row(page, BODY_ROW + n, rule, texts[rule.rule], often, "end" if n == len(rules) - 1 else "item")
    page.widths(WIDTHS)
    page.filtered(len(rules))
    end = page.notes(BODY_ROW + len(rules), _notes(often, outcome.spoken["report"]), sum(WIDTHS) * 1.1)
    page.print_setup(end, outcome.imprint, landscape=True)


def _row(page: Page, row: int, rule: RuleMonth, text: str, often: int, kind: str) -> None:
    said = opinion(rule, often)
    page.text(row, 0, rule.rule, kind)
    page.mark(row, 1, LEVELS[rule.level], "", kind)
    page.text(row, 2, text, kind, text_wrap=True, font_size=10)
    look = {"num_format": ZERO_AS_DOT, "align": "center"}
    page.number(row, FIRED - 2, rule.judged, kind, **look)
    page.number(row, FIRED - 1, rule.not_judged, kind, **look)
    ends = f"{xl_rowcol_to_cell(row, FIRED + 1)}:{xl_rowcol_to_cell(row, FIRED + len(ENDS))}"
    page.formula(row, FIRED, f"=SUM({ends})", rule.fired, kind, **look)
    for column, name in enumerate(ENDS.values(), start=FIRED + 1):
        page.number(row, column, getattr(rule, name), kind, **look)
    ink = WARN if loosens(rule, often) else MUTED
    page.text(row, SAID, said, kind, text_wrap=True, font_size=10, font_color=ink)
    page.sheet.set_row(row, page.height([(text, WIDTHS[2]), (said, WIDTHS[SAID])]))


def loosens(rule: RuleMonth, often: int) -> bool:
    """Whether a rule is a candidate for loosening: it fires often, and always with reason."""
    return rule.fired >= often and rule.always_explained


def opinion(rule: RuleMonth, often: int) -> str:
    """What the counts say of a rule, and no more than they say."""
    if loosens(rule, often):
        said = f"查出{rule.fired}份，全部属实，可以考虑放宽。"
    elif rule.always_explained:
        said = f"查出{rule.fired}份，都属实；份数少，不评。"
    elif rule.fired:
        said = f"查出{rule.fired}份，其中改好{rule.mended}份。" if rule.mended else f"查出{rule.fired}份。"
    elif rule.judged:
        said = f"判过{rule.judged}份，没有查出。"
    else:
        said = "因为缺数，都没有判。"
    return f"试行中。{said}" if rule.level == "trial" else said


def _pressing(rule: RuleMonth, often: int) -> tuple[bool, bool, int]:
    return not loosens(rule, often), rule.level != "trial", -rule.fired


def texts_of(outcome: Outcome) -> dict[str, str]:
    """Each rule of the year's forms in words, the last form's for its own: the sentence of its first part."""
    told: dict[str, str] = {}
    for form in (*outcome.walk.forms, outcome.form):
        texts: dict[str, list[str]] = {}
        for statement in form.judged:
            texts.setdefault(statement.rule, []).append(words.sentence(statement, form.named))
        told |= {rule: said[0] + ("（各行同）" if len(said) > 1 else "") for rule, said in texts.items()}
    return told


def _notes(often: int, called: str) -> list[str]:
    return [
        f"注：按份计，同一期的每一版各计一份；一份{called}里查出几格，也只计一份。“·”为没有。",
        "查出＝没了结＋已改＋已说明＋核实通过＋另见同格；“另见同格”是同一格已有更要紧的发现，没有另说。",
        f"“可以考虑放宽”：查出不少于{often}份，而且全部由单位说明属实或由办公室核实通过。是否放宽由办公室决定。",
        f"“没有查出”只说明收到的{called}都符合这一条，不说明这一条没有用。试行的规则不影响上报，也不退回。",
        "分月的份数见 data 文件夹的 rules.csv。",
    ]
