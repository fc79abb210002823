"""Write the demonstration's inbox: real workbooks made from the templates, the receipts book, the printed figures."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from pipeline.demo.plan import Fault, Plan
from pipeline.demo.share import Cell, Values, share_out
from pipeline.files import sha256, write_text
from pipeline.periods import Month, due_day
from pipeline.templates import Draft, Filling, Layout, Prior, Templates
from schemas.codes import Unit
from schemas.form import Form
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.rules.terms import Ref

PLANTED = "预设差错.csv"


class Planted(NamedTuple):
    """A fault that the run must find, and the difference it makes in the year's reconciliation."""

    rule: str
    unit: str
    period: str
    sheet: str
    cell: str
    what: str
    difference_id: str = ""
    difference: int = 0


@dataclass
class Year:
    """The demonstration under construction: what was written, when it arrived, what was planted."""

    plan: Plan
    form: Form
    office: Office
    inbox: Path
    values: Values
    receipts: list[tuple[str, str, str, str]] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)

    def receive(self, path: Path, day: date) -> None:
        """Enter a file in the receipts book."""
        data = path.read_bytes()
        name = path.relative_to(self.inbox).as_posix()
        self.receipts.append((sha256(data), name, day.isoformat(), str(len(data))))

    def plant(self, rule: str, at: tuple[str, str], where: tuple[str, str], what: str, **difference: Any) -> None:
        """List a fault that the run must find, at a unit and month and a sheet and cell."""
        self.planted.append(Planted(rule, *at, *where, what, **difference))


def build_demo(folder: Path, plan: Plan, form: Form, office: Office, progress: Callable[[int, int], object]) -> list[Planted]:
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
    _write_rows(inbox / "收件登记.csv", ("sha256", "name", "first_seen", "bytes"), sorted(year.receipts, key=lambda r: (r[2], r[1])))
    _write_rows(folder / PLANTED, Planted._fields, year.planted)
    return year.planted


def _month(year: Year, month: Month) -> None:
    folder = year.inbox / str(month)
    folder.mkdir()
    layout = Layout(year.form.in_month(str(month)))
    templates = Templates(layout)
    random = Random(f"{year.plan.seed} {month}")  # noqa: S311  # a demonstration, no secret
    due = due_day(month, year.office)
    for unit in year.office.units_in(str(month)):
        day = due - timedelta(days=random.randrange(2, 5))
        draft = _draft(year, layout, unit, month, day)
        path = folder / f"{unit.short}_{month}.xlsx"
        fault = next((f for f in year.plan.faults if (f.unit, f.period) == (unit.short, str(month))), None)
        _RETURNS[fault.kind if fault else "plain"](year, templates, draft, path, day, fault or Fault(unit="", period="", kind="late"))


def _draft(year: Year, layout: Layout, unit: Unit, month: Month, day: date) -> Draft:
    cell = (unit.short, month)
    zero = cell not in year.values
    texts = dict(year.plan.cover)
    secrecy = texts.pop("secrecy_zero")
    cover = {**texts, "zero": "是", "secrecy": secrecy} if zero else {**texts, "zero": "否"}
    values: dict[Ref, int | str] = dict(year.values.get(cell, {}))
    prior = _prior(year, cell)
    if prior.cumulative is None:
        values |= {Ref(r.table, r.line, "year_to_date"): v for r, v in _cumulative(year, cell).items()}
    gaps = [gap for gap in year.plan.gaps if (gap.unit, gap.period) == (unit.short, str(month))]
    agreement = next(a for a in year.form.edition.agreements if a.remainder)
    at = year.form.expression(agreement.at)[0].refs[0]
    for gap in gaps:
        year.plant(agreement.id, (unit.code, str(month)), _address(layout, at), f"{gap.items}条没有渠道，已说明", difference_id=agreement.id, difference=gap.items)
    notes = {(at.table, at.line): gap.note for gap in gaps}
    return Draft(layout, year.office, unit, month, prior, Filling(values, {**cover, "date": day.isoformat()}, notes))


def _prior(year: Year, cell: Cell) -> Prior:
    """What the office knows when it sends out the month's template."""
    unit, month = cell
    if month.month == 1:
        return Prior({})
    before = (unit, month.plus(-1))
    missing = year.plan.fault("missing")
    if (before[0], str(before[1])) == (missing.unit, missing.period):
        return Prior(None)
    cumulative = {(r.table, r.line): v for r, v in _cumulative(year, before).items()}
    last = {(r.table, r.line): v for r, v in year.values.get(before, {}).items()}
    return Prior(cumulative, last)


def _cumulative(year: Year, cell: Cell) -> dict[Ref, int]:
    """The unit's own 本年累计: every month up to this one, sent in or not."""
    unit, last = cell
    total: dict[Ref, int] = {}
    for month in Month(last.year, 1).until(last):
        for ref, value in year.values.get((unit, month), {}).items():
            total[ref] = total.get(ref, 0) + value
    return total


def _plain(year: Year, templates: Templates, draft: Draft, path: Path, day: date, _: Fault) -> None:
    templates.write(path, draft)
    year.receive(path, day)


def _text(year: Year, templates: Templates, draft: Draft, path: Path, day: date, fault: Fault) -> None:
    """A text in a number cell, mended in a second version."""
    ref = year.form.expression(fault.line)[0].refs[0]
    written = fault.written.format(value=draft.filling.values[ref])
    values = {**draft.filling.values, ref: written}
    first = Draft(*_parts(draft), Filling(values, draft.filling.cover, draft.filling.notes))
    _plain(year, templates, first, path, day, fault)
    year.plant("E-NUM-02", _whose(draft), _address(draft.layout, ref), f"数字格里写了“{written}”，第2版已改")
    _plain(year, templates, draft, path.with_stem(f"{path.stem}_重报"), day + timedelta(days=1), fault)


def _wrong_month(year: Year, templates: Templates, draft: Draft, path: Path, day: date, fault: Fault) -> None:
    """Last month's sheets pasted over the form, header and all; mended in a second version."""
    templates.write(path, draft)
    before = draft.month.plus(-1).words
    _retouch(path, draft.month.words, before)
    year.receive(path, day)
    sheet = draft.layout.form.edition.words.cover_sheet
    year.plant("E-PER-01", _whose(draft), (sheet, "B5"), f"表头写成{before}，第2版已改")
    _plain(year, templates, draft, path.with_stem(f"{path.stem}_重报"), day + timedelta(days=1), fault)


def _late(year: Year, templates: Templates, draft: Draft, path: Path, day: date, fault: Fault) -> None:
    due = due_day(draft.month, year.office)
    _plain(year, templates, draft, path, due + timedelta(days=fault.days), fault)
    year.plant("N-LATE-01", _whose(draft), ("", ""), f"迟报{fault.days}天")


def _copied(year: Year, templates: Templates, draft: Draft, path: Path, day: date, fault: Fault) -> None:
    _plain(year, templates, draft, path, day, fault)
    year.plant("W-DUP-01", _whose(draft), ("", ""), "各项数字与上月完全相同")


def _again(year: Year, templates: Templates, draft: Draft, path: Path, day: date, fault: Fault) -> None:
    """The same file sent again under another name."""
    _plain(year, templates, draft, path, day, fault)
    copy = path.with_stem(f"{path.stem}_副本")
    copy.write_bytes(path.read_bytes())
    year.receive(copy, day + timedelta(days=1))
    year.plant("N-DUP-01", _whose(draft), ("", ""), "同一文件又报了一次")


def _missing(year: Year, templates: Templates, draft: Draft, path: Path, day: date, fault: Fault) -> None:
    year.plant("E-ABS-01", _whose(draft), ("", ""), "没有报送")


def _returned(year: Year, templates: Templates, draft: Draft, path: Path, day: date, fault: Fault) -> None:
    """A total that its parts do not add up to, never mended."""
    ref = year.form.expression(fault.line)[0].refs[0]
    values = {**draft.filling.values, ref: fault.value}
    wrong = Draft(*_parts(draft), Filling(values, draft.filling.cover, draft.filling.notes))
    _plain(year, templates, wrong, path, day, fault)
    rule = next(s.rule for s in year.form.statements if s.at == ref and s.level == "must" and s.claim.operator == "=")
    year.plant(rule, _whose(draft), _address(draft.layout, ref), f"填了{fault.value}，分项之和是0，年底仍未改")


_RETURNS = {
    "plain": _plain, "text": _text, "month": _wrong_month, "late": _late, "copied": _copied, "again": _again,
    "missing": _missing, "returned": _returned,
}  # fmt: skip


def _parts(draft: Draft) -> tuple[Layout, Office, Unit, Month, Prior]:
    return draft.layout, draft.office, draft.unit, draft.month, draft.prior


def _whose(draft: Draft) -> tuple[str, str]:
    return draft.unit.code, str(draft.month)


def _address(layout: Layout, ref: Ref) -> tuple[str, str]:
    sheet = layout.places[ref.table, ref.line].sheet
    return sheet, layout.cell(ref, sheet=sheet)


def _retouch(path: Path, old: str, new: str) -> None:
    """Overtype a text everywhere in a workbook, as somebody does who pastes last month's sheets over the form."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "xl/sharedStrings.xml":
                data = data.replace(old.encode(), new.encode())
            target.writestr(part, data, zipfile.ZIP_DEFLATED)


def _printed(year: Year) -> None:
    """年报正文数字.xlsx: the yearly report's figures as printed."""
    import xlsxwriter

    with xlsxwriter.Workbook(year.inbox / "年报正文数字.xlsx") as workbook:
        workbook.set_properties({"created": year.plan.as_of})
        sheet = workbook.add_worksheet("年报正文数字")
        sheet.write_row(0, 0, ("编号", "指标", "计量单位", "数值", "出处"))
        for row, figure in enumerate(year.plan.report.figures, start=1):
            sheet.write_row(row, 0, (figure.code, figure.name, figure.unit, figure.value, figure.at))
            off = year.plan.report.misprinted.get(figure.code, 0)
            if off:
                at = ("", str(year.plan.year))
                what = f"年报正文印{figure.value}，各部分之和是{figure.value - off}"
                differs = {"difference_id": f"P-{figure.code}", "difference": off}
                year.plant("W-PRT-01", at, (sheet.name, f"D{row + 1}"), what, **differs)
        for column, wide in enumerate((10, 26, 10, 12, 22)):
            sheet.set_column(column, column, wide)


def _write_rows(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([header, *rows])
    write_text(path, "\ufeff" + out.getvalue())
