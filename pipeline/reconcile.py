"""Hold what is in force against itself: this month against the last, one count against another, print against table.

Nothing here can reject a return: what compares months or tables of different origin is a question (verify).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.differences import ACCOUNTED, AGREE, DIFFER, UNJUDGED, Difference
from pipeline.findings import EXPLAINED, Finding, Place, tell
from pipeline.periods import Month, parse_month
from pipeline.slips import slip
from pipeline.wide import shift
from schemas.form import Form, Meeting
from schemas.office import Office
from schemas.rules import words
from schemas.rules.judge import amounts
from schemas.rules.terms import Linear, Ref, Statement

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.printed import PrintedFigure


def month_to_month(form: Form, wide: "pd.DataFrame") -> tuple[tuple[Statement, ...], "pd.DataFrame"]:
    """The statements that compare months, and the returns in force with the months they name beside them."""
    statements = tuple(s for s in form.statements if s.spans_months)
    return statements, shift(wide, {ref for s in statements for ref in s.refs})


def copied(form: Form, wide: "pd.DataFrame", files: dict[int, str], office: Office) -> Iterator[Finding]:
    """Returns whose every number equals the month before, where enough of them are not 0 to be no coincidence."""
    inputs = [Ref(*key) for key, entry in form.entries.items() if not entry.is_total]
    before = shift(wide, {Ref(ref.table, ref.line, shift=-1) for ref in inputs})
    same = wide["unit"].notna()
    for ref in inputs:
        same &= wide[str(ref)].eq(before[f"{ref}@-1"]).fillna(False)
    busy = (wide[[str(ref) for ref in inputs]] > 0).sum(axis=1)
    for ret in wide.index[same & (busy >= office.settings.thresholds.identical_nonzero)]:
        unit, period = str(wide.loc[ret, "unit"]), str(wide.loc[ret, "period"])
        month = parse_month(period)
        expected = month.plus(-1).words if month else ""
        place = Place(unit, period, files[ret])
        yield tell("W-DUP-01", place, value=str(len(inputs)), count=len(inputs), expected=expected)


def meet(
    form: Form, wide: "pd.DataFrame", findings: Sequence[Finding], year: int, office: Office
) -> Iterator[Difference]:
    """Every agreement for the city, then each month, unit and return where its two sides differ."""
    notes = _notes(findings)
    for meeting in form.meetings:
        sides = _sides(meeting, wide)
        apart = sides[sides["left"] != sides["right"]]
        behind = [_behind(row, notes, meeting.agreement.id, office) for row in apart.itertuples(index=False)]
        settled = all(
            (meeting.agreement.id, u, p) in notes for u, p in zip(apart["unit"], apart["period"], strict=True)
        )
        rest = f"其余{len(sides) - len(apart)}份月报一致" if len(apart) else f"{len(sides)}份月报全部一致"
        why = f"差在{len(apart)}份月报：{'；'.join(behind)}。{rest}。" if len(apart) else f"{rest}。"
        yield _difference(meeting, form, "city", "", str(year), sides, why, settled)
        for scope, by in (("month", "period"), ("unit-year", "unit")):
            for key, group in apart.groupby(by):
                among = sides[sides[by] == key]
                told = "；".join(
                    _behind(row, notes, meeting.agreement.id, office) for row in group.itertuples(index=False)
                )
                unit, period = (str(key), str(year)) if by == "unit" else ("", str(key))
                explained = all(
                    (meeting.agreement.id, u, p) in notes for u, p in zip(group["unit"], group["period"], strict=True)
                )
                yield _difference(meeting, form, scope, unit, period, among, told, explained)
        for row in apart.itertuples(index=False):
            one = apart[(apart["unit"] == row.unit) & (apart["period"] == row.period)]
            note = notes.get((meeting.agreement.id, str(row.unit), str(row.period)))
            yield _difference(
                meeting, form, "return", str(row.unit), str(row.period), one, note or "", note is not None
            )


def against_report(
    form: Form,
    wide: "pd.DataFrame",
    printed: Sequence["PrintedFigure"],
    differences: Sequence[Difference],
    year: int,
    file: str,
) -> Iterator[tuple[Difference, Finding | None]]:
    """Every printed figure of the yearly report against the tables; where they differ, with a finding at its cell."""
    counted = {p.code: form.expression(p.of)[0] for p in form.edition.report.printed}
    for figure in printed:
        place = Place("", str(year), file, figure.sheet, figure.cell)
        linear = counted.get(figure.code)
        if linear is None or figure.value is None:
            facts = {"label": figure.name, "written": figure.written, "code": figure.code}
            yield _unjudged(figure, year), tell("W-PRT-02", place, value=figure.written, **facts)
            continue
        total = int(amounts(linear, wide).sum())
        yield _printed(figure, figure.value, total, linear, form, differences, year, place)


def _printed(
    figure: "PrintedFigure", value: int, total: int, linear: Linear, form: Form, differences: Sequence[Difference],
    year: int, place: Place,
) -> tuple[Difference, Finding | None]:  # fmt: skip
    likely, gap = slip(value, total), value - total
    cause = _cause(linear, form, differences) if gap else ""
    hint = f"；像是{likely}" if gap and likely else ""
    row = Difference(
        f"P-{figure.code}", f"年报正文：{figure.name}", "city", "", str(year), f"年报正文 {figure.at}", value,
        f"汇总 {words.side(linear, form.entries)}", total, gap, DIFFER if gap else AGREE,
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
    behind = [d for d in differences if d.id in touching and d.scope == "return"]
    if not behind:
        return "月报的分项都对得上，这个差不是哪份月报造成的"
    return f"月报中有{len(behind)}份的有关数字对不上，见同表的逐份差额"


def _sides(meeting: Meeting, wide: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(
        {
            "unit": wide["unit"],
            "period": wide["period"],
            "left": amounts(meeting.left, wide),
            "right": amounts(meeting.right, wide),
        }
    )


def _difference(
    meeting: Meeting, form: Form, scope: str, unit: str, period: str, sides: "pd.DataFrame", why: str, settled: bool
) -> Difference:
    left, right = int(sides["left"].sum()), int(sides["right"].sum())
    verdict = AGREE if left == right else ACCOUNTED if settled else DIFFER
    names = (words.side(meeting.left, form.entries), words.side(meeting.right, form.entries))
    agreement = meeting.agreement
    return Difference(
        agreement.id, agreement.title, scope, unit, period, names[0], left, names[1], right, left - right, verdict, why
    )


def _unjudged(figure: "PrintedFigure", year: int) -> Difference:
    return Difference(
        f"P-{figure.code}", f"年报正文：{figure.name}", "city", "", str(year), f"年报正文 {figure.at}", figure.value,
        "", None, None, UNJUDGED, "表式里没有对应的指标，或数字读不出来。",
    )  # fmt: skip


def _notes(findings: Sequence[Finding]) -> dict[tuple[str, str, str], str]:
    """The units' explanations, by rule, unit and month."""
    told = (f for f in findings if f.state == EXPLAINED)
    return {(f.rule, f.unit, f.period): f.message.partition("单位说明：")[2] for f in told}


def _behind(row: object, notes: dict[tuple[str, str, str], str], rule: str, office: Office) -> str:
    unit, period = str(row.unit), str(row.period)  # type: ignore[attr-defined]  # a named tuple of pandas
    month = parse_month(period) or Month(0, 1)
    gap = int(row.left) - int(row.right)  # type: ignore[attr-defined]  # as above
    note = notes.get((rule, unit, period), "未说明")
    return f"{office.short(unit)}{month.words} {gap:+,}（{note}）"
