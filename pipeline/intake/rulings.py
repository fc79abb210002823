"""处理意见.xlsx: what the office decided, one row each. A row that cannot be obeyed as it stands is a question."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from pipeline.intake.cells import read_cell, read_date, text_of
from pipeline.intake.own_file import OwnFile, OwnRow
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.ruling_sheet import COLUMNS, STANDS, in_fields, lapsed
from pipeline.values.ruling_sheet import WHERE as PLACES
from pipeline.values.rulings import (
    BY_MAIL,
    ELECTRONIC,
    HEADINGS,
    KINDS,
    PAPER,
    RULINGS,
    TYPED,
    Adjust,
    Cover,
    Receive,
    Ruling,
    Rulings,
    Waive,
)
from pipeline.values.spoken_of import parse_period
from schemas.entry import Entry
from schemas.form import Form, form_for
from schemas.mistake import Mistake, nearest
from schemas.office import Office

KIND, ITEM, AMOUNT, REASON, BY, DAY, UNTIL = "意见", "内容", "数值", "理由", "经办人", "日期", "有效期至"
ID, UNIT, PERIOD, FILE, DIGEST, WHERE, WRITTEN = "编号", "单位", "报告期", "文件", "校验码", "位置", "填的值"
SAYS = {Adjust: AMOUNT, Receive: WRITTEN}  # where a ruling says what is held against the returns
SIGNED = (REASON, BY, DAY)  # what every ruling has


class Odd(Exception):
    """Why a row is not obeyed: at which heading, and what is expected there."""

    def __init__(self, heading: str, why: str) -> None:
        super().__init__(why)
        self.heading = heading


class Line(NamedTuple):
    """A row as written, and its cells as text."""

    row: OwnRow
    text: Mapping[str, str]

    def place(self, heading: str) -> Place:
        """The cell that says it."""
        return Place(file=RULINGS, sheet=self.row.sheet, cell=self.cell(heading))

    def cell(self, heading: str) -> str:
        """The address of the cell that says it."""
        return self.row.cell(heading if self.row.has(heading) else STANDS[heading])

    def raw(self, heading: str) -> object:
        """What stands there; where a cell says several things, that one alone."""
        own = self.row.has(heading) and not (heading == DAY and self.text[UNTIL])
        return self.row.raw(heading) if own else self.text[heading]


def _line(row: OwnRow) -> Line:
    """A row, in whichever form the workbook is."""
    if not row.has(PLACES):
        return Line(row, {heading: _text(row.raw(heading)) for heading in HEADINGS})
    return Line(row, lapsed(in_fields({heading: _text(row.raw(heading)) for heading in COLUMNS}), ""))


def read_rulings(file: OwnFile, forms: tuple[Form, ...], office: Office, as_of: date) -> tuple[Rulings, list[Finding]]:
    """The rulings in force on that day, and the rows that are not obeyed as findings at their cells.

    Raises Mistake where the workbook cannot be read or has lost a heading: without it figures would differ in silence.
    """
    if file.wrong:
        raise Mistake(file.path, file.line, file.wrong)
    rulings: list[Ruling] = []
    expired: list[Ruling] = []
    findings: list[Finding] = []
    every = map(_line, file.rows)
    lines = [line for line in every if any(line.text[heading] for heading in (KIND, *SIGNED))]
    for line in lines:
        try:
            ruling = _ruling(line, forms, office)
        except Odd as odd:
            facts = {"row": line.row.number, "heading": odd.heading, "written": line.text[odd.heading], "why": str(odd)}
            kind = "W-RUL-02" if line.text[odd.heading] else "W-RUL-01"
            findings.append(tell(kind, line.place(odd.heading), value=line.text[odd.heading], **facts))
            continue
        if ruling.until and ruling.until < as_of:
            expired.append(ruling)
            place, value, facts = line.place(UNTIL), ruling.until.isoformat(), {"about": ruling.about}
            findings.append(tell("W-RUL-03", place, value=value, ruling=ruling.kind, until=ruling.until, **facts))
        else:
            rulings.append(ruling)
    rows = tuple(line.row.number for line in lines)
    return Rulings(tuple(rulings), tuple(line.text for line in lines), file.sha256, rows, tuple(expired)), findings


def _text(raw: object) -> str:
    """A cell as text, a day as 2012-09-05."""
    return raw.isoformat()[:10] if isinstance(raw, date) else text_of(raw)


def _ruling(line: Line, forms: tuple[Form, ...], office: Office) -> Ruling:
    """A row as a ruling. Raises Odd where it does not say what it must."""
    text, kinds = line.text, {kind.kind: kind for kind in KINDS}
    for heading in (KIND, *(SIGNED if text[KIND] != Cover.kind else SIGNED[1:])):
        if not text[heading]:
            raise Odd(heading, "没有填")
    if text[KIND] not in kinds:
        raise Odd(KIND, f"应是{'、'.join(kinds)}中的一种")
    kind = kinds[text[KIND]]
    day, until = _day(line, DAY), _day(line, UNTIL) if text[UNTIL] else None
    period = str(parse_period(text[PERIOD]) or "")
    unit = _unit(text[UNIT], period, office)
    _needs(kind, text, unit, period)
    known = "\x1f".join(text[heading] for heading in HEADINGS)
    about: dict[str, Any] = {
        "id": f"r{hashlib.sha256(known.encode()).hexdigest()[:12]}", "finding": text[ID], "unit": unit,
        "period": period, "digest": text[DIGEST], "item": text[ITEM], "expected": text[WRITTEN],
        "about": _about(text, office.short(unit, period)), "reason": text[REASON], "by": text[BY], "day": day,
        "until": until, "sheet": line.row.sheet, "row": line.row.number,
        "cell": line.cell(SAYS.get(kind, KIND)),
    }  # fmt: skip
    return kind(**about, **_own(kind, line, unit, period, forms))


def _own(kind: type[Ruling], line: Line, unit: str, period: str, forms: tuple[Form, ...]) -> dict[str, Any]:
    """What rulings of a kind say beside what all of them say."""
    if kind is Receive:
        by_mail = line.text[AMOUNT] == BY_MAIL and _of_all(line.text)
        return {"received": None if by_mail else _day(line, AMOUNT)}
    if kind is Adjust:
        entry = _entry(line, unit, period, forms)
        return {"amount": _amount(line, entry), "quantity": entry.quantity}
    return {}


def _needs(kind: type[Ruling], text: Mapping[str, str], unit: str, period: str) -> None:
    """Raises Odd where a ruling does not say what it is about."""
    item = text[ITEM]
    if kind is Receive and item not in {ELECTRONIC, PAPER, TYPED}:
        raise Odd(ITEM, f"应是{ELECTRONIC}、{PAPER}或{TYPED}")
    if kind is Receive and item == TYPED and not text[WRITTEN]:
        raise Odd(WRITTEN, "没有填，应是代录的那份表封面上的核对码")
    if kind in {Waive, Cover} and not text[ID]:
        raise Odd(ID, "没有填")
    of_a_month = kind is Adjust or (kind is Receive and item in {PAPER, TYPED})
    of_all = kind is Receive and _of_all(text)
    if of_all and text[UNIT] and not unit:
        raise Odd(UNIT, "应是名录里的单位，所有单位一起定的不写")
    if not of_a_month and kind not in {Waive, Cover} and not text[DIGEST] and not (of_all and period):
        raise Odd(DIGEST, "没有填")
    if of_a_month and not unit:
        raise Odd(UNIT, "应是名录里的单位")
    if of_a_month and not period:
        raise Odd(PERIOD, "应是 2012-09 的样子")


def _of_all(text: Mapping[str, str]) -> bool:
    """Whether a row is about all files of a month."""
    return text[ITEM] == ELECTRONIC and not text[DIGEST]


def _entry(line: Line, unit: str, period: str, forms: tuple[Form, ...]) -> Entry:
    """The line of the form that something is added to."""
    form = form_for(forms, period)
    if form is None:
        raise Odd(PERIOD, "这个月没有表式")
    table, _, code = line.text[ITEM].partition(".")
    entry = form.entries.get((table, code))
    if entry is None or entry.derived or not entry.asked(period, unit):
        known = [f"{e.table}.{e.code}" for e in form.entries.values() if not e.derived]
        raise Odd(ITEM, f"应是数据字典里的指标编号，{nearest(line.text[ITEM], known)}")
    return entry


def _amount(line: Line, entry: Entry) -> int:
    """How much is added to it, in its steps; written in its own unit."""
    read = read_cell(line.raw(AMOUNT), None, entry.quantity)
    if not read.value:
        places = f"，最多{entry.quantity.decimals}位小数" if entry.quantity.decimals else ""
        raise Odd(AMOUNT, f"应是要加上的数，以“{entry.unit}”计{places}，减少的写负数")
    return read.value


def _unit(name: str, month: str, office: Office) -> str:
    """The code of a unit by any of its names, those of the month before others; "" where it is none."""
    found = [(unit.code, row) for unit in office.units for row in unit.rows if name in row.names]
    then = [code for code, row in found if row.valid(month)]
    return next(iter([*then, *(code for code, _ in found)]), "")


def _day(line: Line, heading: str) -> date:
    day = read_date(line.raw(heading))
    if day is None:
        raise Odd(heading, "应是日期，如 2012-09-05")
    return day


def _about(text: Mapping[str, str], unit: str) -> str:
    """What a ruling is about, in words."""
    where = "，".join(part for part in (unit, text[PERIOD], text[WHERE] or text[ITEM]) if part)
    return where or text[FILE] or text[ID] or text[DIGEST]
