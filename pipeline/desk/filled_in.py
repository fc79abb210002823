"""What a yearly blank form has filled in from the unit's months, and line by line what must still be asked."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.paper.templates import Filling
from pipeline.story.by_months import Told
from schemas.entry import Entry
from schemas.form import Form
from schemas.lineage import Key
from schemas.rules.terms import Ref
from schemas.units import UnitRow

FILLED = "预填清单"
HEADS = ("单位", "表", "代码", "项目", "计量单位", "预填的数", "说明")

ByMonths = Mapping[tuple[str, Key], Told]


def filling_of(asked: Form, unit: str, told: ByMonths) -> Filling:
    """The numbers that the unit's months tell, for what it would fill in itself."""
    known = ((key, told.get((unit, key))) for key, entry in asked.entries.items() if entry.is_input)
    return Filling({Ref(*key): one.whole for key, one in known if one and one.whole is not None})


def filled_in(
    form: Form, units: Sequence[UnitRow], told: ByMonths, span: str, period: str
) -> Iterator[tuple[str, ...]]:
    """One row a unit and line that is asked of it: the number and where it is from, or why it must be asked."""
    titles = {table.id: table.title for table in form.edition.tables}
    for unit in units:
        for key, entry in form.of(period, unit.code).entries.items():
            one = told.get((unit.code, key))
            if entry.is_input or one:
                number = entry.quantity.show(one.whole) if one and one.whole is not None else ""
                yield unit.short, titles[key[0]], entry.line, entry.label, entry.unit, number, _why(entry, one, span)


def _why(entry: Entry, one: Told | None, span: str) -> str:
    if one is None:
        return "请填：各期报表里没有这一项。"
    if one.whole is None:
        return f"请填：{span}的报表还没有收齐（{one.answer.coverage}），或合计不是这一项的整数。"
    if entry.is_total:
        return f"由表格计算，各期报表的合计是这个数，填完应与它一致（{span}）。"
    return f"已按{span}的报表合计预填，请核对。"


def as_csv(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows as the text of a CSV file that Excel opens."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([HEADS, *rows])
    return "\ufeff" + out.getvalue()
