"""What each rule of the edition is worth: how many returns it judged, in how many it fired, and what became of those.

Counted are versions of returns, not cells: a rule of many parts that breaks in five cells of a return fired once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from pipeline.values.findings import EXPLAINED, MENDED, WAIVED, Finding
from pipeline.values.tally import Tally
from schemas.form import Form

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


def worth(tally: Tally, returns: "pd.DataFrame", findings: Iterable[Finding], forms: Sequence[Form]) -> list[RuleMonth]:
    """Every rule of the forms by the months it speaks of, in their order. ``returns`` as ledger.settle gives them.

    Copies of a version are none; a return that breaks a rule in one part is judged, whatever its other parts lack.
    """
    own = returns[returns["version"].notna() & (returns["edition"] != "")]
    about = {int(ret): (period, file) for ret, period, file in own[["ret", "period", "file"]].itertuples(index=False)}
    states: dict[tuple[str, str], set[str]] = defaultdict(set)
    for finding in findings:
        states[finding.rule, finding.file].add(_BECAME.get(finding.state, "open"))
    found: list[RuleMonth] = []
    levels = {statement.rule: statement.level for form in forms for statement in form.judged}
    for rule, level in levels.items():
        there: dict[str, list[int]] = defaultdict(list)
        for ret in tally.spoken_of.get(rule, ()):
            if ret in about:
                there[about[ret][0]].append(ret)
        for period in sorted(there):
            broken = [ret for ret in there[period] if ret in tally.broken[rule]]
            lacking = sum(ret in tally.lacking[rule] and ret not in tally.broken[rule] for ret in there[period])
            became = [_became(states.get((rule, about[ret][1]), set())) for ret in broken]
            counts = {name: became.count(name) for name in (*_GRAVEST, "elsewhere")}
            judged = len(there[period]) - lacking
            found.append(RuleMonth(rule, level, period, judged, lacking, len(broken), **counts))
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
