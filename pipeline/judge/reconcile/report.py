"""The yearly report's printed figures against the tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.judge.slips import slip
from pipeline.values.differences import AGREE, DIFFER, UNJUDGED, Difference
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.printed import PRINTED, PrintedFigure
from schemas.form import Form
from schemas.period import spoken
from schemas.quantity import MOST_DECIMALS, NoMultiple, Quantity, decimals_of
from schemas.rules import words
from schemas.rules.judge import amounts
from schemas.rules.terms import Linear

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Counted:
    """What the tables have for a printed figure (in steps of ``quantity``), and whether the text gives only a floor.

    ``finer``: by how many decimals the text is finer than the form, on which nobody counts them.
    """

    linear: Linear
    total: int
    quantity: Quantity
    floor: bool
    finer: int = 0


def against_report(
    form: Form, wide: "pd.DataFrame", printed: Sequence[PrintedFigure], rows: Sequence[Difference], year: int
) -> Iterator[tuple[Difference, Finding | None]]:
    """Every printed figure of the yearly report against the tables; where they differ, with a finding at its cell."""
    asked = {p.code: p for p in form.edition.report.printed}
    for figure in printed:
        place = Place("", str(year), PRINTED, figure.sheet, figure.cell)
        linear = form.expression(asked[figure.code].of)[0] if figure.code in asked else None
        own = form.quantity(linear) if linear else Quantity(figure.unit)
        quantity = _finer(figure, own)
        value = _steps(figure, quantity)
        if linear is None or value is None:
            facts = {"label": figure.name, "written": figure.written, "code": figure.code}
            yield _unjudged(figure, year), tell("W-PRT-02", place, value=figure.written, **facts)
            continue
        total = int(amounts(linear, wide).sum()) * quantity.steps_of(own)
        counted = Counted(linear, total, quantity, asked[figure.code].at_least, quantity.decimals - own.decimals)
        cause = _cause(linear, form, rows)
        yield _compared(figure, value, counted, form, cause, place)


def _compared(
    figure: PrintedFigure, value: int, counted: Counted, form: Form, cause: str, place: Place
) -> tuple[Difference, Finding | None]:
    gap = max(0, value - counted.total) if counted.floor else value - counted.total
    gap = gap if 2 * abs(gap) > _rounded(figure, counted.quantity) else 0
    likely = slip(value, counted.total)
    told = f"{cause}；像是{likely}" if likely else cause
    told += f"；正文的小数比表式多{counted.finer}位，请改用汇总数" if counted.finer else ""
    title = f"年报正文：{figure.name}{'（以上）' if counted.floor else ''}"
    row = Difference(
        f"P-{figure.code}", title, "city", "", place.period, f"年报正文 {figure.at}", value,
        f"汇总 {words.side(counted.linear, form.entries)}", counted.total, gap, DIFFER if gap else AGREE,
        f"{told}。" if gap else "", counted.quantity,
    )  # fmt: skip
    if not gap:
        return row, None
    more = "正文多" if gap > 0 else "正文少"
    written, expected, difference = map(counted.quantity.show, (value, counted.total, abs(gap)))
    facts = {
        "label": figure.name,
        "unit": _unit(figure, counted.quantity),
        "more": more,
        "cause": f"；{told}",
        "expected": expected,
        **spoken(form.edition.length),
    }
    found = tell("W-PRT-01", place, value=figure.written, written=written, difference=difference, **facts)
    return row, found.between(value, counted.total, counted.quantity)


def _steps(figure: PrintedFigure, quantity: Quantity) -> int | None:
    """The figure in steps of what the tables count; None where it is none, or has more decimals than they have."""
    if figure.value is None:
        return None
    try:
        return quantity.read(Quantity(figure.unit).brought(1, quantity) * figure.value)
    except NoMultiple:  # people call one thing by several words
        return quantity.read(figure.value)


def _finer(figure: PrintedFigure, own: Quantity) -> Quantity:
    """What the figure and the tables are both told in: the tables' quantity, with the decimals that the text prints."""
    if figure.value is None:
        return own
    try:
        value = Quantity(figure.unit).brought(1, own) * figure.value
    except NoMultiple:
        value = figure.value
    return Quantity(own.unit, max(own.decimals, min(decimals_of(value), MOST_DECIMALS)))


def _rounded(figure: PrintedFigure, quantity: Quantity) -> int:
    """The last digit that the text prints in steps of the tables, where it had to round to a larger unit; else 0."""
    _, dot, digits = figure.written.partition(".")
    printed = Quantity(figure.unit, max(len(digits.strip()) if dot else 0, decimals_of(figure.value or Decimal())))
    try:
        larger = Quantity(figure.unit).brought(1, quantity) > 1
        return int(quantity.read(printed.brought(1, quantity)) or 0) if larger else 0
    except NoMultiple:
        return 0


def _unit(figure: PrintedFigure, quantity: Quantity) -> str:
    """What the text calls the unit, where it is as large as the tables' own."""
    try:
        return figure.unit if Quantity(figure.unit).is_as_large_as(quantity) else quantity.unit
    except NoMultiple:
        return figure.unit


def _cause(linear: Linear, form: Form, differences: Sequence[Difference]) -> str:
    """The returns whose own counts of these lines do not meet, or that there is none."""
    touching = {
        meeting.agreement.id
        for meeting in form.meetings
        if set(linear.refs) & {*meeting.left.refs, *meeting.right.refs}
    }
    behind = [d for d in differences if d.id.partition(".")[0] in touching and d.scope == "return"]
    called = spoken(form.edition.length)["report"]
    if not behind:
        return f"{called}的分项都对得上，这个差不是哪份{called}造成的"
    return f"{called}中有{len(behind)}份的有关数字对不上，见同表的逐份差额"


def _unjudged(figure: PrintedFigure, year: int) -> Difference:
    quantity = Quantity(figure.unit, 0 if figure.value is None else decimals_of(figure.value))
    value = None if figure.value is None else quantity.read(figure.value)
    return Difference(
        f"P-{figure.code}", f"年报正文：{figure.name}", "city", "", str(year), f"年报正文 {figure.at}", value,
        "", None, None, UNJUDGED, "表式里没有对应的指标，或数字读不出来。", quantity,
    )  # fmt: skip
