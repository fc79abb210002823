"""What does not meet, told where its figures are printed: 【待核对：…】, or 【已说明：…】 where the units say why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.tables.outcome import Outcome
from pipeline.values.differences import ACCOUNTED, DIFFER, Difference
from schemas.edition import Agreement
from schemas.form import Form
from schemas.rules.terms import Ref

SAYS = {DIFFER: "待核对", ACCOUNTED: "已说明"}


@dataclass(frozen=True)
class Apart:
    """Two figures that do not meet, and the lines that stand on either side of them."""

    difference: Difference
    sides: tuple[frozenset[Ref], ...]

    @property
    def text(self) -> str:
        """Both figures and how far they are apart."""
        d = self.difference
        values = (d.left_value or 0, d.right_value or 0, abs(d.difference or 0))
        left, right, gap = map(d.quantity.told, values)
        return f"{d.left}{left}，{d.right}{right}，相差{gap}"

    @property
    def mark(self) -> str:
        """As it stands behind a sentence."""
        return f"【{SAYS[self.difference.verdict]}：{self.text}】"

    def touches(self, refs: Iterable[Ref]) -> bool:
        """Whether a sentence with these lines prints one of the two figures."""
        there = set(refs)
        return any(side and side <= there for side in self.sides)


def apart(outcome: Outcome, month: str = "") -> tuple[Apart, ...]:
    """What does not meet over the year, or in a month: what is open first."""
    scope, period = ("month", month) if month else ("city", str(outcome.year))
    found = [d for d in outcome.differences if (d.scope, d.period) == (scope, period) and d.verdict in SAYS]
    sides = {key: tuple(own) for key, own in _sides(outcome.form)}
    made = [Apart(difference, sides.get(difference.id, ())) for difference in found]
    return tuple(sorted(made, key=lambda one: one.difference.verdict != DIFFER))


def _sides(form: Form) -> Iterator[tuple[str, list[frozenset[Ref]]]]:
    """By the id of a difference the lines of its sides."""
    for meeting in form.meetings:
        agreement, part = meeting.agreement, meeting.left.refs[0].line
        key = f"{agreement.id}.{part}" if agreement.each else agreement.id
        yield key, [frozenset(meeting.left.refs), frozenset(meeting.right.refs)]
    for agreement in form.edition.agreements:
        if agreement.mode == "owner":
            yield from _of_owners(agreement, form)
    for printed in form.edition.report.printed:
        yield f"P-{printed.code}", [frozenset(form.expression(printed.of)[0].refs)]


def _of_owners(agreement: Agreement, form: Form) -> Iterator[tuple[str, list[frozenset[Ref]]]]:
    for linear in form.expression(agreement.left):
        yield f"{agreement.id}.{linear.refs[0].line}", [frozenset(linear.refs)]
