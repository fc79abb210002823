"""Questions in words, at their cells."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.judge.plausibility.panel import Panel
from pipeline.judge.plausibility.question import Question
from pipeline.judge.plausibility.usual import FEW
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.reasons import no_reason, reason_in
from schemas.entry import Entry
from schemas.form import Form
from schemas.office import Office
from schemas.period import spoken
from schemas.rules.terms import Ref
from schemas.spoken import names_of

if TYPE_CHECKING:
    import pandas as pd

TENFOLD = 9.95  # from here on a ratio is told in whole numbers


def told(
    questions: Iterable[Question], panel: Panel, rows: "pd.DataFrame", files: dict[int, str], form: Form, office: Office
) -> Iterator[Finding]:
    """Each question as a finding; one whose line has a 说明 is explained by it."""
    questions = list(questions)
    asked = {int(panel.rets[q.unit, q.month]) for q in questions}
    own = rows[rows["ret"].isin(asked) & (rows["measure"] == "month")]
    cells: dict[tuple[int, str, str], Any] = {
        (int(str(row.ret)), str(row.table), str(row.line)): row for row in own.itertuples(index=False)
    }
    for question in questions:
        ret = int(panel.rets[question.unit, question.month])
        place = Place(panel.units[question.unit], str(panel.months[question.month]), files[ret], ret=ret)
        cell = cells[ret, question.ref.table, question.ref.line] if question.ref else None
        if cell is not None:
            place = place.at(cell)
        finding = tell(question.rule, place, value=_value(question, form), **_facts(question, form, office))
        note = cell.note if cell is not None else ""
        reason = reason_in(note)
        yield (
            finding.explained(reason)
            if reason
            else replace(finding, remedy=finding.remedy + no_reason(note, form.edition.words.note))
        )


def _value(question: Question, form: Form) -> str:
    """What is asked about: the number that was written, or how many are."""
    if question.ref and question.written is not None:
        return str(form.entry(question.ref).quantity.exact(question.written))
    return str(question.facts["count"])


def _facts(question: Question, form: Form, office: Office) -> dict[str, object]:
    """What fills in the sentence."""
    facts = {**question.facts, **names_of(form.edition), "other": office.short(str(question.facts.get("other", "")))}
    until = question.facts.get("until")
    if isinstance(until, Ref):
        facts |= {"last_label": form.entry(until).label, "last_code": form.entry(until).line}
    if question.ref:
        entry = form.entry(question.ref)
        facts |= {"label": entry.label, "code": entry.line, **_compared(question, entry, form)}
    return facts


def _compared(question: Question, entry: Entry, form: Form) -> dict[str, object]:
    """The number with what it is held against: last month's where that was usual, else what is usual."""
    if question.written is None:
        return {}
    base, expected = int(str(question.facts["base"])), int(str(question.facts["expected"]))
    what = spoken(form.edition.length)["last_period"] if question.facts["last"] else _usually(question)
    times, part = question.written / max(base, 1), base / max(question.written, 1)
    return {
        "written": entry.quantity.show(question.written), "expected": entry.quantity.show(expected),
        "base": f"{what} {entry.quantity.show(base)} {entry.quantity.unit}", "unit": entry.quantity.unit,
        "times": _times(times), "part": f"{_times(part)} 分之一",
    }  # fmt: skip


def _usually(question: Question) -> str:
    """How what it is held against is called: of few other months nothing is usual."""
    others = int(str(question.facts["others"]))
    return "通常" if others >= FEW else f"照其他 {others} 期的数推算的"


def _times(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= TENFOLD else f"{ratio:.1f}"
