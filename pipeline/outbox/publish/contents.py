"""A workbook as a list of its sheets, from which it is written and its contents are made, with page numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import ERR, MUTED, OK, WARN, Styles
from pipeline.tables.outcome import Outcome

CONTENTS, NONE = "目录", "—"
HEADS, WIDTHS = ["序号", "工作表", "内容", "行×列", "计量单位", "校验", "页码"], (6, 24, 42, 11, 10, 13, 7)


@dataclass(frozen=True)
class Leaf:
    """A sheet: what the contents say of it, and what writes it. A hidden one is not printed, and not linked."""

    sheet: str
    title: str
    write: Callable[[], None]
    size: str = NONE
    unit: str = NONE
    check: str = NONE
    hidden: bool = False


def bind(
    workbook: Any, styles: Styles, outcome: Outcome, leaves: Sequence[Leaf], *, cover: Leaf | None, said: str
) -> None:
    """Write every sheet, a cover in front of all, then the contents, which tell on which page each begins."""
    front = [cover.sheet] if cover else []
    for name in (*front, CONTENTS, *(leaf.sheet for leaf in leaves)):
        workbook.add_worksheet(name)
    for leaf in [cover, *leaves] if cover else leaves:
        leaf.write()
    page = _listed(workbook, styles, outcome, leaves, said)
    last = len(leaves) - 1
    number = 1 + len(front) + workbook.pages[CONTENTS]
    for n, leaf in enumerate(leaves):
        told = NONE if leaf.hidden else str(number)
        page.text(BODY_ROW + n, len(HEADS) - 1, told, "end" if n == last else "item", align="center", indent=0)
        number += 0 if leaf.hidden else workbook.pages[leaf.sheet]


def _listed(workbook: Any, styles: Styles, outcome: Outcome, leaves: Sequence[Leaf], said: str) -> Page:
    """The contents but for the page numbers: every sheet with its link and the check of its figures."""
    page = Page(workbook, styles, CONTENTS, len(HEADS))
    page.head("目    录", said, "", HEADS)
    for n, leaf in enumerate(leaves):
        row, kind = BODY_ROW + n, "end" if n == len(leaves) - 1 else "item"
        page.text(row, 0, str(n + 1), kind, align="center", indent=0)
        (page.text if leaf.hidden else page.link)(row, 1, leaf.sheet, kind)
        page.text(row, 2, leaf.title, kind, text_wrap=True)
        colour = {"通过": OK, NONE: MUTED}.get(leaf.check, WARN if "说明" in leaf.check else ERR)
        for column, text in enumerate((leaf.size, leaf.unit, leaf.check), start=3):
            ink = {"font_color": colour} if column == HEADS.index("校验") else {}
            page.text(row, column, text, kind, align="center", indent=0, **ink)
        page.sheet.set_row(row, page.height([(leaf.title, WIDTHS[2])], 24))
    page.widths(WIDTHS)
    page.print_setup(BODY_ROW + len(leaves) - 1, outcome.imprint, landscape=False)
    return page


def describe(workbook: Any, outcome: Outcome, title: str, comments: str) -> None:
    """The properties of a workbook of the year; the clock is in none of them."""
    settings, edition = outcome.office.settings, outcome.form.edition
    workbook.set_properties(
        {
            "title": f"{settings.area}{outcome.year}年度{title}",
            "subject": edition.title,
            "author": settings.name,
            "company": settings.name,
            "category": "统计汇总",
            "keywords": f"{edition.title}；年度汇总",
            "status": outcome.stage,
            "comments": comments,
            "created": datetime.combine(outcome.as_of, time()),
        }
    )
    workbook.set_custom_property("表式版本", edition.id)
    workbook.set_custom_property("运行编号", outcome.fingerprint)
