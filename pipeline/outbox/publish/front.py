"""The first sheets: the cover, and the notes on how the figures were made."""

from typing import Any

from pipeline.outbox.publish.below import SYMBOLS
from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.room import room
from pipeline.paper.theme import (
    ERR,
    FANG,
    FIGURE,
    GRID,
    HEAD_BG,
    HEI,
    MUTED,
    NAVY,
    RULE,
    Styles,
    number_format,
)
from pipeline.tables.outcome import Outcome
from pipeline.values.answer import known
from pipeline.values.rulings import Adjust, Ruling
from schemas.day import in_words
from schemas.head import head_of
from schemas.period import month_run
from schemas.quantity import Quantity

WIDTHS = (8, 15, 15, 15, 15, 15, 8)  # of the cover
COVER, NOTES = "封面", "编制说明"
SIGNERS = ("编  制  人", "复  核  人", "审  核  人", "签  发  人")
NEW = "年内新增的指标从开始填报的月份计，以前的月份当时未列，不是 0。"


def write_cover(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """Title, headline figures, who made it of what, the grid to sign."""
    sheet = workbook.get_worksheet_by_name(COVER)
    settings, width = outcome.office.settings, len(WIDTHS)
    sheet.hide_gridlines(2)
    for column, wide in enumerate(WIDTHS):
        sheet.set_column(column, column, wide)
    version = f"表式版本：{'、'.join(form.edition.id for form in outcome.walk.forms)}"
    sheet.write_string(0, width - 1, version, styles(font_size=10, font_color=MUTED, align="right"))
    sheet.set_row(1, 62)
    title = {"font_name": settings.fonts.title, "font_size": 24}
    _across(sheet, styles, 2, f"{settings.area}{outcome.year}年", 40, title)
    _across(sheet, styles, 3, outcome.form.edition.report.workbook, 40, title)
    _across(sheet, styles, 4, f"统计期间：{outcome.span}", 28, {"font_name": FANG, "font_size": 14})
    sheet.set_row(5, 44)
    _headline(sheet, styles, outcome)
    about = (
        ("编制单位", settings.name),
        ("报送单位", settings.reports_to),
        ("汇总范围", outcome.coverage.words),
        ("数据状态", f"{outcome.stage}，截至{in_words(outcome.as_of)}"),
        ("结    论", outcome.verdict),
        *([("保留意见", outcome.issue.reservations)] if outcome.issue and outcome.issue.reservations else []),
        ("运行编号", outcome.fingerprint),
    )
    for n, (label, text) in enumerate(about):
        sheet.set_row(10 + n, 24)
        sheet.write_string(10 + n, 1, label, styles(font_name=HEI, font_size=12))
        sheet.write_string(10 + n, 2, text, styles(font_name=FANG, font_size=12))
    _signatures(sheet, styles, 11 + len(about))
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.71, right=0.71, top=0.79, bottom=0.79)
    sheet.center_horizontally()
    sheet.print_area(0, 0, 24, width - 1)
    workbook.pages[COVER] = 1
    sheet.activate()


def write_notes(workbook: Any, styles: Styles, outcome: Outcome) -> None:
    """How the figures were made, what the marks mean, whom to ask."""
    edition, settings = outcome.form.edition, outcome.office.settings
    rules, called = sum(outcome.not_judged.values()), outcome.spoken["report"]
    units = outcome.office.owing(map(str, outcome.months))
    lines = (
        (
            "统计范围",
            f"{settings.scope}，共{len(units)}个单位。{outcome.became}{'' if outcome.issue else settings.units_note}",
        ),
        ("统计期间", f"{outcome.span}。"),
        ("汇总情况", f"{outcome.coverage.words}。退回未改和未报的不计入任何合计。"),
        *_ruled(outcome),
        *((note.name, note.text) for note in edition.report.notes),
        ("三数并列", "填报数、计算数、差额一并保留；任何单位的数字都没有改动，有差额的在“对账”逐项列出。"),
        ("计算关系", f"合计、季度、差额都是公式，可以在单元格里查看；年度各表由{called}逐份相加。"),
        ("没有判断的", f"因为缺数而没有判断的校验共{rules}次，未当作通过。"),
        ("符号", f"{SYMBOLS}“·”表示0份。"),
        ("隐藏的表", f"{_hidden(called)}两张表都不打印，取消隐藏可以查看。"),
        ("来源", f"每份{called}的文件名、校验码和逐个数值所在的单元格，见编制单位留存的工作底稿。"),
        *_forms(outcome),
        ("联系", f"{settings.contact}。"),
    )
    page = Page(workbook, styles, NOTES, 2)
    page.head("编 制 说 明", f"{settings.area}    {outcome.span}", "", ["事项", "说明"])
    for n, (label, text) in enumerate(lines):
        row, kind = BODY_ROW + n, "end" if n == len(lines) - 1 else "item"
        page.text(row, 0, label, kind, font_name=HEI, valign="top")
        page.text(row, 1, text, kind, text_wrap=True, valign="top")
        page.sheet.set_row(row, page.height([(text, 74)], 24))
    page.widths((16, 74))
    page.print_setup(BODY_ROW + len(lines) - 1, outcome.imprint, landscape=False)


def _hidden(called: str) -> str:
    return (
        f"“数据_机读”，已隐藏，供机器读取，每行一个单位一期一张表，注明所出{called}的校验码；"
        "“图数据”，已隐藏，是图所用的数，取自年度各表。"
    )


def _forms(outcome: Outcome) -> list[tuple[str, str]]:
    """The forms of the year; where there were several, what the last of them has not, with what was given of it."""
    told = []
    for form in outcome.walk.forms:
        edition = form.edition
        own = [month for month in outcome.months if str(month) in edition.valid]
        span = f"{month_run(own[0].month, own[-1].month)}：" if len(outcome.walk.forms) > 1 and own else ""
        head = head_of(edition, outcome.office)
        whose = "，".join(filter(None, (head.form_no, head.authority)))
        told.append(f"{span}{edition.title}（{whose}），版本 {edition.id}")
    lines = [("表式", f"{'；'.join(told)}。")]
    if len(told) > 1:
        last = outcome.walk.target.edition.id
        lines.append(("年内换表", f"年度各表用最后一份表式（{last}）。{NEW}{_gone(outcome)}"))
    return lines


def _gone(outcome: Outcome) -> str:
    """What was given of lines that are in no table: those that are not 0 each with its sum, the others counted."""
    there = [one for one in outcome.gone if one.value]
    none = len(outcome.gone) - len(there)
    if not outcome.gone:
        return "以前表式的指标都接到了现在的指标上。"
    lines = "；".join(one.words for one in there)
    told = f"以前表式有、现在没有的指标不在年度各表里，所填的数在此列出：{lines}" if there else ""
    rest = f"{'；另有' if there else '以前表式有、现在没有的指标有'}{none}项，所填的都是 0 或没有填" if none else ""
    return f"{told}{rest}。"


def _ruled(outcome: Outcome) -> list[tuple[str, str]]:
    """What the office added to or took off the sums, and what it lets count for the time, each with its reason."""
    facts = outcome.facts
    applied = set(facts[facts["role"] == "adjustment"]["ruling"])
    borne = set(facts[facts["quality"] == "P"]["ruling"])
    told = []
    for name, ids in (("办公室调整", applied), ("暂列", borne)):
        own = [ruling for ruling in outcome.rulings.every if ruling.id in ids]
        words = "；".join(f"{r.about}{_amount(r)}：{r.words}" for r in own)
        told += [(name, f"{words}。")] if own else []
    return told


def _amount(ruling: Ruling) -> str:
    """What an adjustment adds; "" of another ruling."""
    return f" {ruling.quantity.signed(ruling.amount)}" if isinstance(ruling, Adjust) else ""


def _across(sheet: Any, styles: Styles, row: int, text: str, height: float, look: dict[str, Any]) -> None:
    shape = styles(align="center_across", **look)
    sheet.write_string(row, 0, text, shape)
    for column in range(1, 7):
        sheet.write_blank(row, column, None, shape)
    sheet.set_row(row, height)


def _headline(sheet: Any, styles: Styles, outcome: Outcome) -> None:
    """The headline figures side by side, then how many items do not meet."""
    apart = len(outcome.open_differences)
    figures = [*outcome.headline[:4], ("对账不一致", known(apart), Quantity("项"))]
    for n, (name, answer, quantity) in enumerate(figures):
        ink = ERR if n == len(figures) - 1 and apart else NAVY
        sheet.write_string(6, 1 + n, name, styles(font_color=MUTED, align="center", top=2, top_color=NAVY))
        look = FIGURE | {
            "font_size": 20,
            "bold": True,
            "num_format": number_format(quantity.decimals).removesuffix("_)"),
        }
        shown = answer.shown(quantity)
        if isinstance(shown, str):
            sheet.write_string(7, 1 + n, shown, styles(font_color=MUTED, align="center", **look))
        else:
            sheet.set_column(1 + n, 1 + n, max(WIDTHS[1 + n], room(shown, look)))
            sheet.write_number(7, 1 + n, shown, styles(font_color=ink, align="center", **look))
        below = styles(font_size=10, font_color=MUTED, align="center", bottom=1, bottom_color=NAVY, valign="top")
        sheet.write_string(8, 1 + n, quantity.unit, below)
    for row, height in ((6, 22), (7, 34), (8, 20), (9, 40)):
        sheet.set_row(row, height)


def _signatures(sheet: Any, styles: Styles, row: int) -> None:
    for above, tall in ((row - 1, 30), (row, 23)):
        sheet.set_row(above, tall)
    for column, heading in enumerate(("岗  位", "姓  名", "签  字", "日  期", "备  注")):
        edge = {} if column == 4 else {"right": 1, "right_color": GRID}
        look = styles(font_name=HEI, align="center", bg_color=HEAD_BG, top=2, bottom=1, **edge)
        sheet.write_string(row, 1 + column, heading, look)
    for n, signer in enumerate(SIGNERS):
        line = {"bottom": 2, "bottom_color": RULE} if n == 3 else {"bottom": 1, "bottom_color": GRID}
        sheet.set_row(row + 1 + n, 32)
        sheet.write_string(row + 1 + n, 1, signer, styles(align="center", right=1, right_color=GRID, **line))
        for column in range(1, 5):
            edge = {} if column == 4 else {"right": 1, "right_color": GRID}
            sheet.write_blank(row + 1 + n, 1 + column, None, styles(**line, **edge))
    sheet.write_string(row + 6, 5, "（单位盖章）", styles(font_name=FANG, font_size=12, align="right"))
    sheet.set_row(row + 6, 50)
