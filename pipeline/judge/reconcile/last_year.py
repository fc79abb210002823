"""上年数据.xlsx against last year's returns, against itself, and what it says of the year's end against January."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.judge.last_year import CITY, LAST_YEAR, LastFigure, LastYear
from pipeline.values.differences import AGREE, DIFFER, UNJUDGED, Difference
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.periods import Month, parse_month
from schemas.agreement import Meeting
from schemas.period import spoken
from schemas.quantity import Quantity
from schemas.rules import words
from schemas.rules.judge import amounts
from schemas.rules.terms import Linear, Ref

if TYPE_CHECKING:
    import pandas as pd

AGAINST_RETURNS, AGAINST_JANUARY = "L-01", "L-02"


def against_last_year(last: LastYear, wide: "pd.DataFrame") -> Iterator[tuple[Difference | None, list[Finding]]]:
    """Every comparison of the office's file, each with its findings at the file's cells."""
    yield from _against_returns(last)
    yield None, list(_against_itself(last))
    for meeting in last.form.meetings:
        yield from _against_january(meeting, last, wide)


def _against_returns(last: LastYear) -> Iterator[tuple[Difference, list[Finding]]]:
    """上年同期 must be what was reported then: control totals of all figures that the returns know too."""
    both = [(figure, counted) for figure in last.file.figures if (counted := _counted(figure, last)) is not None]
    if not both:
        return
    apart = [(figure, counted) for figure, counted in both if figure.value != counted]
    quantities = [last.form.entry(figure.ref).quantity for figure, _ in both]
    whole = Quantity("", max(quantity.decimals for quantity in quantities))
    steps = [10 ** (whole.decimals - quantity.decimals) for quantity in quantities]
    left = sum(figure.value * n for (figure, _), n in zip(both, steps, strict=True))
    right = sum(counted * n for (_, counted), n in zip(both, steps, strict=True))
    cells = "、".join(figure.cell for figure, _ in apart)
    told = f"差在 {cells}。" if apart else f"{len(both)}个数全部一致。"
    called = spoken(last.form.edition.length)["report"]
    yield (
        Difference(
            AGAINST_RETURNS, f"上年数据与上年{called}（各行的控制总数）", "city", "", str(last.year + 1), LAST_YEAR,
            left, f"{last.year}年{called}汇总", right, left - right, DIFFER if apart else AGREE, told, whole,
        ),
        [_told("W-LST-03", figure, counted, last) for figure, counted in apart],
    )  # fmt: skip


def _against_itself(last: LastYear) -> Iterator[Finding]:
    """A year against its months, and the city against its units, where the file gives both."""
    for figure in last.file.figures:
        months = _months(figure, last)
        whole = figure.period == str(last.year) and last.form.entry(figure.ref).kind == "flow"
        ways = (
            [
                (
                    f"{spoken(last.form.edition.length)['each_period']}之和",
                    last.of_months(figure.ref, months, figure.unit),
                )
            ]
            if whole
            else []
        )
        ways += [("各单位之和", last.of_units(figure.ref, months))] if figure.unit == CITY else []
        for other, value in ways:
            if value is not None and value != figure.value:
                yield _told("W-LST-04", figure, value, last, other=other)
                break


def _against_january(
    meeting: Meeting, last: LastYear, wide: "pd.DataFrame"
) -> Iterator[tuple[Difference, list[Finding]]]:
    """The city's openings of January against the end of the year before, where the file has it of no single unit."""
    ahead = {ref.shift for ref in meeting.right.refs}
    if not meeting.agreement.speaks_of(str(last.months[-1].plus(1))) or ahead != {-1}:
        return
    closing = Linear(tuple((times, Ref(r.table, r.line, r.measure)) for times, r in meeting.right.terms))
    december, january = [last.months[-1]], last.months[-1].plus(1)
    figures = [last.by_place.get((CITY, str(december[0]), ref)) for ref in closing.refs]
    by_unit = [last.of_units(ref, december) for ref in closing.refs]
    known = last.given(closing, december)
    if known is None or None in figures or None not in by_unit or last.counted(closing, december) is not None:
        return
    there = wide[wide["period"] == str(january)]
    owed = {unit.code for unit in last.office.units_in(str(january))}
    if not owed:
        return
    complete = set(there["unit"]) >= owed
    opening = int(amounts(meeting.left, there).sum())
    gap, left = opening - known, words.side(meeting.left, last.form.entries, meeting.quantity)
    figure = next(f for f in figures if f)
    verdict = UNJUDGED if not complete else DIFFER if gap else AGREE
    told = "" if complete else f"{january.words}有{len(owed - set(there['unit']))}个单位没有入汇。"
    row = Difference(
        AGAINST_JANUARY, f"年初数与上年末数：{left}", "city", "", str(january.year), f"{january.words}{left}", opening,
        f"{LAST_YEAR} {figure.cell}", known, gap if complete else None, verdict, told, meeting.quantity,
    )  # fmt: skip
    apart = [_told("W-LST-05", figure, opening, last, meeting.quantity, opening=left)] if verdict == DIFFER else []
    yield row, apart


def _counted(figure: LastFigure, last: LastYear) -> int | None:
    return last.counted(Linear(((1, figure.ref),)), _months(figure, last), figure.unit)


def _months(figure: LastFigure, last: LastYear) -> list[Month]:
    month = parse_month(figure.period)
    return [month] if month else last.months


def _told(
    kind: str, figure: LastFigure, expected: int, last: LastYear, quantity: Quantity | None = None, **facts: str
) -> Finding:
    """A finding at the figure's cell: what is written, what was expected (in ``quantity``, else that of its line)."""
    entry = last.form.entry(figure.ref)
    quantity = quantity or entry.quantity
    written = figure.value * quantity.steps_of(entry.quantity)
    month = parse_month(figure.period)
    told = {
        "whose": last.office.short(figure.unit, figure.period) if figure.unit else last.office.settings.whole,
        "period": month.words if month else f"{figure.period}年",
        "label": entry.label, "code": entry.line, "unit": quantity.unit, "written": quantity.show(written),
        "expected": quantity.show(expected), "difference": quantity.show(abs(written - expected)),
        "more": "多" if written > expected else "少", "next": str(last.year + 1),
        **spoken(last.form.edition.length), **facts,
    }  # fmt: skip
    place = Place("", str(last.year + 1), LAST_YEAR, figure.sheet, figure.cell)
    return tell(kind, place, value=str(entry.quantity.exact(figure.value)), **told)
