"""核实单: what a unit is asked beside its returns, with a place for the answer, which is read back from the inbox.

One a unit and round, with every open question that stands in no returned file. Who knows the other side of a
difference is asked too. What only the office can decide is not asked.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.outbox.publish.page import BODY_ROW, Page
from pipeline.paper.theme import INPUT_BG, MUTED, Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.outcome import Outcome
from pipeline.values.files import write_whole
from pipeline.values.findings import OPEN, Finding
from pipeline.values.replies import ANSWER, ANSWERS, HEADINGS, INQUIRY, REASON, TRUE, WRONG, code_of
from schemas.day import in_words
from schemas.messages import catalogue
from schemas.office import Office

FOLDER = "核实"
ENDING = f"_{INQUIRY}"
WIDTHS = (5, 9, 26, 9, 52, 13, 34, 16)
FIRST_YELLOW, LAST_YELLOW = HEADINGS.index(ANSWER), HEADINGS.index(REASON)
HOW = (
    f"请只填黄色格：数字没有错的，选“{TRUE}”并在“{REASON}”里写一句原因；写错的，选“{WRONG}”，并把改好的报表重新报来。",
    "填好后把这个文件发回，和报表一样报送，文件名可以改。白色格请不要改动，“编号”用来对上问题。这张单子不改任何数字。",
)


class Asked(NamedTuple):
    """A question as it stands in a unit's 核实单."""

    finding: Finding
    texts: tuple[str, ...]  # when, where, what was written, what is asked


def asked_of(outcome: Outcome) -> Mapping[str, list[Asked]]:
    """What each unit is asked beside its returns, by the unit's code; in the order of the months and sheets."""
    back = {one.file for one in outcome.sent_back}
    found: dict[str, list[Asked]] = {}
    for finding in outcome.open_findings:
        if not waits_for_unit(finding) or finding.file in back:
            continue
        found.setdefault(finding.unit, []).append(_asked(finding, outcome.office))
        for other in finding.asked:
            found.setdefault(other, []).append(_asked(finding, outcome.office, other))
    return found


def waits_for_unit(finding: Finding) -> bool:
    """Whether its unit has still to answer: what only the office decides, or has to confirm, is not asked again."""
    return finding.state == OPEN["verify"] and bool(finding.unit) and _by_units(finding)


def write_inquiries(folder: Path, outcome: Outcome) -> list[Path]:
    """Write the folder 核实 of a year: a file for each unit that is asked something; returns the paths."""
    asked, names = asked_of(outcome), inquiry_names(outcome)
    return [
        write_whole(folder / names[unit], partial(_write, outcome=outcome, unit=unit, asked=asked[unit]))
        for unit in names
    ]


def inquiry_names(outcome: Outcome) -> dict[str, str]:
    """Where each unit's lies below the folder, by its code: a unit that took over another's name has its code in it."""
    period = str(outcome.months[-1])
    shorts = {unit: outcome.office.short(unit, period) for unit in sorted(asked_of(outcome))}
    twice = {short for short, count in Counter(shorts.values()).items() if count > 1}
    own = {unit: f"{short}（{unit}）" if short in twice else short for unit, short in shorts.items()}
    return {unit: f"{period}/{name}_{period}{ENDING}.xlsx" for unit, name in own.items()}


def _by_units(finding: Finding) -> bool:
    message = catalogue().get(finding.rule)
    return message is None or message.asks == "unit"


def _asked(finding: Finding, office: Office, other: str = "") -> Asked:
    """A question to its unit, or to the one on the other side."""
    name = finding.file.rpartition("/")[2]
    where = f"{name}\n{finding.sheet} {finding.cell}" if finding.cell else f"{name}\n整份表"
    whose = f"{office.short(finding.unit, finding.period)}的月报：" if other else ""
    texts = (finding.period, where, finding.value, f"{whose}{finding.message}")
    return Asked(finding, texts)


def _write(path: Path, outcome: Outcome, unit: str, asked: list[Asked]) -> None:
    """Write one; same outcome, same bytes."""
    with Workbook(path, locked=False) as workbook:
        workbook.add_worksheet(INQUIRY)
        page = Page(workbook, Styles(workbook, locked=True), INQUIRY, len(HEADINGS))
        whose, office = outcome.office.short(unit, str(outcome.months[-1])), outcome.office.settings
        title = f"{whose} {outcome.form.edition.title}{INQUIRY}"
        created = datetime.combine(outcome.as_of, time())
        workbook.set_properties({"title": title, "author": office.name, "company": office.name, "created": created})
        day = in_words(outcome.as_of)
        page.head(title, f"共{len(asked)}处，截至{day}。联系人：{office.contact}", "", list(HEADINGS))
        for number, one in enumerate(asked, start=1):
            _row(page, number, one, unit, last=number == len(asked))
        _finish(page, len(asked), title)


def _row(page: Page, number: int, one: Asked, unit: str, *, last: bool) -> None:
    at, kind = BODY_ROW + number - 1, "end" if last else "item"
    when, where, written, asked = one.texts
    texts = (str(number), when, where, written, asked, "", "", code_of(one.finding.id, unit, one.texts))
    for column, text in enumerate(texts):
        yellow = {"bg_color": INPUT_BG, "locked": False} if FIRST_YELLOW <= column <= LAST_YELLOW else {}
        small = {"font_size": 9, "font_color": MUTED} if column == len(texts) - 1 else {}
        middle = {"align": "center", "indent": 0} if column in {0, 1} else {}
        page.text(at, column, text, kind, text_wrap=True, num_format="@", **yellow, **small, **middle)
    page.sheet.set_row(at, page.height([(text, wide) for text, wide in zip(texts, WIDTHS, strict=True)], 34))


def _finish(page: Page, rows: int, title: str) -> None:
    """The choices, how to answer, and how it prints; protected without a password."""
    last, sheet = BODY_ROW + rows - 1, page.sheet
    listed: dict[str, Any] = {"validate": "list", "source": list(ANSWERS), "error_type": "stop"}
    listed |= {"error_title": ANSWER, "error_message": f"请从列表里选：{'、'.join(ANSWERS)}。"}
    sheet.data_validation(BODY_ROW, FIRST_YELLOW, last, FIRST_YELLOW, listed)
    page.widths(WIDTHS)
    end = page.notes(last + 2, HOW, sum(WIDTHS))
    page.print_setup(end, title, landscape=True, freeze_columns=2)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
