"""The yearly report's printed figures against the tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.differences import AGREE, DIFFER, UNJUDGED, Difference
from pipeline.findings import Finding, Place, tell
from pipeline.printed import PrintedFigure
from pipeline.slips import slip
from schemas.form import Form
from schemas.rules import words
from schemas.rules.judge import amounts
from schemas.rules.terms import Linear

if TYPE_CHECKING:
    import pandas as pd


def against_report(
    form: Form,
    wide: "pd.DataFrame",
    printed: Sequence[PrintedFigure],
    differences: Sequence[Difference],
    year: int,
    file: str,
) -> Iterator[tuple[Difference, Finding | None]]:
    """Every printed figure of the yearly report against the tables; where they differ, with a finding at its cell."""
    counted = {p.code: form.expression(p.of)[0] for p in form.edition.report.printed}
    floors = {p.code for p in form.edition.report.printed if p.at_least}
    for figure in printed:
        place = Place("", str(year), file, figure.sheet, figure.cell)
        linear = counted.get(figure.code)
        if linear is None or figure.value is None:
            facts = {"label": figure.name, "written": figure.written, "code": figure.code}
            yield _unjudged(figure, year), tell("W-PRT-02", place, value=figure.written, **facts)
            continue
        total = int(amounts(linear, wide).sum())
        money = form.entry(linear.refs[0]).number == "money"
        figure = replace(figure, value=figure.value * 100, unit="分") if money else figure
        yield _printed(figure, figure.value, total, linear, form, differences, year, place, figure.code in floors)


def _printed(
    figure: PrintedFigure, value: int, total: int, linear: Linear, form: Form, differences: Sequence[Difference],
    year: int, place: Place, floor: bool,
) -> tuple[Difference, Finding | None]:  # fmt: skip
    gap = max(0, value - total) if floor else value - total
    likely = slip(value, total)
    cause = _cause(linear, form, differences) if gap else ""
    hint = f"；像是{likely}" if gap and likely else ""
    row = Difference(
        f"P-{figure.code}", f"年报正文：{figure.name}{'（以上）' if floor else ''}", "city", "", str(year),
        f"年报正文 {figure.at}", value, f"汇总 {words.side(linear, form.entries)}", total, gap, DIFFER if gap else AGREE,
        f"{cause}{hint}。" if gap else "",
    )  # fmt: skip
    if not gap:
        return row, None
    facts = {"label": figure.name, "unit": figure.unit, "more": "正文多" if gap > 0 else "正文少"}
    return row, tell(
        "W-PRT-01", place, value=figure.written, written=f"{value:,}", expected=f"{total:,}",
        difference=f"{abs(gap):,}", cause=f"；{cause}{hint}", **facts,
    )  # fmt: skip


def _cause(linear: Linear, form: Form, differences: Sequence[Difference]) -> str:
    """The returns whose own counts of these lines do not meet, or that there is none."""
    touching = {
        meeting.agreement.id
        for meeting in form.meetings
        if set(linear.refs) & {*meeting.left.refs, *meeting.right.refs}
    }
    behind = [d for d in differences if d.id.partition(".")[0] in touching and d.scope == "return"]
    if not behind:
        return "月报的分项都对得上，这个差不是哪份月报造成的"
    return f"月报中有{len(behind)}份的有关数字对不上，见同表的逐份差额"


def _unjudged(figure: PrintedFigure, year: int) -> Difference:
    return Difference(
        f"P-{figure.code}", f"年报正文：{figure.name}", "city", "", str(year), f"年报正文 {figure.at}", figure.value,
        "", None, None, UNJUDGED, "表式里没有对应的指标，或数字读不出来。",
    )  # fmt: skip
