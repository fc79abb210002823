"""Write the demonstration's inbox: real workbooks made from the templates, the receipts book, the printed figures."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random

from pipeline.desk.demo.faults import FAULTS
from pipeline.desk.demo.last_year import write_last_year
from pipeline.desk.demo.plan import Plan
from pipeline.desk.demo.returns import draft
from pipeline.desk.demo.share import share_out
from pipeline.desk.demo.year import Planted, Sending, Year
from pipeline.paper.templates import Layout, Templates
from pipeline.paper.xlsx import Workbook
from pipeline.values.files import write_text
from pipeline.values.periods import Month, due_day
from schemas.form import Form
from schemas.mistake import CannotRun
from schemas.office import Office

PLANTED = "预设差错.csv"
RECEIPTS, RECEIPTS_HEADER = "收件登记.csv", ("sha256", "name", "first_seen", "bytes")
FIGURES, FIGURES_HEADER = "年报正文数字", ("编号", "指标", "计量单位", "数值", "出处")


def build_demo(
    folder: Path, plan: Plan, form: Form, office: Office, progress: Callable[[int, int], object]
) -> list[Planted]:
    """Build ``folder``/inbox, and beside it the list of planted faults, which it returns.

    Raises CannotRun where ``folder`` already holds an inbox.
    """
    inbox = folder / "inbox"
    if inbox.exists():
        raise CannotRun(f"“{folder}”里已经有 inbox 文件夹。请换一个文件夹，或先删去它。")
    inbox.mkdir(parents=True)
    year = Year(plan, form, office, inbox, share_out(plan, form, office))
    months = list(Month(plan.year, 1).until(Month(plan.year, 12)))
    for number, month in enumerate(months, start=1):
        _month(year, month)
        progress(number, len(months))
    _printed(year)
    write_last_year(year)
    _write_rows(inbox / RECEIPTS, RECEIPTS_HEADER, sorted(year.receipts, key=lambda row: (row[2], row[1])))
    _write_rows(folder / PLANTED, Planted._fields, year.planted)
    return year.planted


def _month(year: Year, month: Month) -> None:
    """Every unit's return of one month, some days before it is due."""
    folder = year.inbox / str(month)
    folder.mkdir()
    makers: dict[int, Templates] = {}
    random = Random(f"{year.plan.seed} {month}")  # noqa: S311  # a demonstration, no secret
    due = due_day(month, year.office)
    for unit in year.office.units_in(str(month)):
        day = due - timedelta(days=random.randrange(2, 5))
        path = folder / f"{unit.short}_{month}.xlsx"
        asked = year.form.of(str(month), unit.code)
        if id(asked) not in makers:
            makers[id(asked)] = Templates(Layout(asked))
        templates = makers[id(asked)]
        sending = Sending(year, templates, draft(year, templates.layout, unit, month, day), path, day)
        fault = sending.fault()
        if fault:
            FAULTS[fault.kind](sending, fault)
        else:
            sending.send(sending.draft, path, day)
        _plant_gaps(sending)
        _plant_disagreements(sending)


def _plant_gaps(sending: Sending) -> None:
    """List the items that are in the total and in none of its parts, and that this return explains."""
    year, draft = sending.year, sending.draft
    for gap in year.plan.gaps:
        if gap.whose == (draft.unit.short, str(draft.month)):
            agreement = year.remainder
            at = year.ref(agreement.at)
            what = f"{gap.items}{year.form.entry(at).unit}{agreement.remainder}，已说明"
            whose, where = (draft.unit.code, gap.period), sending.address(at)
            year.planted.append(Planted(agreement.id, *whose, *where, what, agreement.id, gap.items))


def _plant_disagreements(sending: Sending) -> None:
    """List the claims that the owner of a code counts otherwise."""
    year, draft = sending.year, sending.draft
    for planted in year.plan.disagreements:
        if planted.whose == (draft.unit.short, str(draft.month)):
            agreement = next(a for a in year.form.edition.agreements if a.mode == "owner")
            claim = year.ref(f"{agreement.left.partition('.')[0]}.{planted.code}")
            what = f"填报与主管单位的记录差{-planted.off}{year.form.entry(claim).unit}"
            whose, where = (draft.unit.code, planted.period), sending.address(claim)
            key = f"{agreement.id}.{planted.code}"
            year.planted.append(Planted("W-OWN-01", *whose, *where, what, key, -planted.off))


def _printed(year: Year) -> None:
    """Write the yearly report's figures as printed, and list those that are off."""
    if not year.plan.report.figures:
        return
    with Workbook(year.inbox / f"{FIGURES}.xlsx") as workbook:
        workbook.set_properties({"created": datetime.combine(year.plan.as_of, time())})
        sheet = workbook.add_worksheet(FIGURES)
        sheet.write_row(0, 0, FIGURES_HEADER)
        for column, wide in enumerate((10, 26, 10, 12, 22)):
            sheet.set_column(column, column, wide)
        for row, figure in enumerate(year.plan.report.figures, start=1):
            sheet.write_row(row, 0, (figure.code, figure.name, figure.unit, figure.value, figure.at))
            off = year.plan.report.misprinted.get(figure.code, 0)
            if off:
                what = f"年报正文印{figure.value}，各部分之和是{figure.value - off}"
                at = ("", str(year.plan.year), FIGURES, f"D{row + 1}")
                year.planted.append(Planted("W-PRT-01", *at, what, f"P-{figure.code}", off))


def _write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([header, *rows])
    write_text(path, "\ufeff" + out.getvalue())
