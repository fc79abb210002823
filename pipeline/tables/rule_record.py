"""The record of each rule of the edition: how many returns it judged, in how many it fired, and what became of those.

Counted are versions of returns, not cells: a rule of many parts that breaks in five cells of a return fired once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from pipeline.values.findings import EXPLAINED, MENDED, WAIVED, Finding
from pipeline.values.tally import Tally
from schemas.form import Form
from schemas.rules.terms import Statement

if TYPE_CHECKING:
    import pandas as pd

_BECAME = {WAIVED: "passed", EXPLAINED: "explained", MENDED: "mended"}
_GRAVEST = ("open", "passed", "explained", "mended")


@dataclass(frozen=True)
class RuleMonth:
    """A rule and a month (or, summed, a year), in returns.

    Of those that it fired in: still open, mended by a later version, explained by the unit, passed by the office's
    ruling, or told elsewhere, by a stronger finding at the same cell. ``level`` is must, verify or trial.
    """

    rule: str
    level: str
    period: str
    judged: int
    not_judged: int
    fired: int
    open: int
    mended: int
    explained: int
    passed: int
    elsewhere: int

    @property
    def always_explained(self) -> bool:
        """Whether nothing that it found was a mistake: every return was explained or passed."""
        return self.fired > 0 and self.fired == self.explained + self.passed


COUNTS = tuple(field.name for field in fields(RuleMonth))[3:]


def rule_record(
    tally: Tally, returns: "pd.DataFrame", findings: Iterable[Finding], forms: Sequence[Form]
) -> list[RuleMonth]:
    """Every rule of the forms by the months it speaks of, in their order. ``returns`` as ledger.settle gives them.

    Copies of a version are none; a return that breaks a rule in one part is judged, whatever its other parts lack. A
    rule between months judges what is in force; every other version counts as not judged, so that judged and not judged
    are all that there are.
    """
    own = returns[returns["version"].notna() & (returns["edition"] != "")]
    about = dict(zip(map(int, own["ret"]), zip(own["period"], own["edition"], strict=True), strict=True))
    states: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    for finding in findings:
        states[finding.rule, finding.ret].add(_BECAME.get(finding.state, "open"))
    spoken, found = _of_returns(forms), list[RuleMonth]()
    for rule, level in {statement.rule: statement.level for form in forms for statement in form.judged}.items():
        spoken_of, broken = tally.spoken_of.get(rule, set()) & about.keys(), tally.broken.get(rule, set())
        asked = spoken_of | {
            ret for ret, (period, edition) in about.items() if any(s.speaks_of(period) for s in spoken[edition, rule])
        }
        lacking = (asked - spoken_of) | (tally.lacking.get(rule, set()) - broken)
        for period in sorted({about[ret][0] for ret in asked}):
            there = {ret for ret in asked if about[ret][0] == period}
            became = [_became(states.get((rule, ret), set())) for ret in there & broken]
            counts = {name: became.count(name) for name in (*_GRAVEST, "elsewhere")}
            judged, not_judged = len(there - lacking), len(there & lacking)
            found.append(RuleMonth(rule, level, period, judged, not_judged, len(became), **counts))
    return found


def _of_returns(forms: Iterable[Form]) -> dict[tuple[str, str], list[Statement]]:
    """By edition and rule what it says of every return; one about items speaks of the returns with any."""
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for form in forms:
        for statement in form.judged:
            if statement.scope == "return":
                found[form.edition.id, statement.rule].append(statement)
    return found


def by_rule(months: Iterable[RuleMonth]) -> Iterator[RuleMonth]:
    """The months of each rule summed up; the period is the year."""
    rules: dict[str, list[RuleMonth]] = defaultdict(list)
    for month in months:
        rules[month.rule].append(month)
    for rule, own in rules.items():
        sums = {name: sum(getattr(month, name) for month in own) for name in COUNTS}
        yield RuleMonth(rule, own[0].level, own[0].period[:4], **sums)


def _became(states: set[str]) -> str:
    """What became of a return: the gravest of what became of the rule's findings in it."""
    return next((state for state in _GRAVEST if state in states), "elsewhere")
