"""The quality of a year in figures, from what the run knows: coverage, punctuality, blanks, checks, revisions."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pipeline.tables.outcome import Outcome
from pipeline.values.findings import EXPLAINED, MENDED, PROVISIONAL, WAIVED

if TYPE_CHECKING:
    import pandas as pd

Line = tuple[str, str]  # table and code
CHECKED = ("must", "verify")
ENDS = (MENDED, EXPLAINED, WAIVED, PROVISIONAL)


@dataclass(frozen=True)
class LineQuality:
    """A line: how many of its numbers were asked and are lacking, what was found at it, how it was revised.

    ``up`` and ``down`` are how many numbers later versions raised and lowered, ``net`` what that comes to in its unit.
    """

    table: str
    code: str
    label: str
    unit: str
    asked: int
    blank: int
    found: int
    up: int
    down: int
    net: Decimal

    @property
    def says_something(self) -> bool:
        """Whether there is anything to say of it."""
        return bool(self.blank or self.found or self.up or self.down)


def settled(outcome: Outcome) -> dict[str, Counter[str]]:
    """By level of a check what became of what it found; what waits is 待办."""
    found: dict[str, Counter[str]] = {level: Counter() for level in CHECKED}
    for finding in outcome.findings:
        if finding.level in found:
            found[finding.level][finding.state if finding.state in ENDS else "待办" if finding.pending else "其他"] += 1
    return found


def by_line(outcome: Outcome) -> Iterator[LineQuality]:
    """Each line of the form that is filled in, in its order."""
    facts = outcome.facts
    own = facts[(facts["role"] == "input") & (facts["measure"] == "month") & (facts["cell_state"] != "not_applicable")]
    asked, blank = Counter(_keys(own)), Counter(_keys(own[own["value"].isna()]))
    found = Counter((f.number.table, f.number.line) for f in outcome.findings if f.level in CHECKED and f.number)
    moved = revised(outcome)
    for (table, code), entry in outcome.form.entries.items():
        if entry.is_input:
            up, down, net = moved.get((table, code), (0, 0, Decimal(0)))
            counts = asked[table, code], blank[table, code], found[table, code]
            yield LineQuality(table, code, entry.label, entry.unit, *counts, up, down, net)


def revised(outcome: Outcome) -> dict[Line, tuple[int, int, Decimal]]:
    """By line how many numbers newer versions of returns raised and lowered, and by how much together."""
    found: dict[Line, list[Decimal]] = defaultdict(list)
    changes = outcome.amended[outcome.amended["measure"] == "month"]
    for table, line, before, after in changes[["table", "line", "before", "after"]].itertuples(index=False, name=None):
        was, now = _number(before), _number(after)
        if was is not None and now is not None and was != now:
            found[table, line].append(now - was)
    return {
        line: (sum(one > 0 for one in moves), sum(one < 0 for one in moves), sum(moves, Decimal(0)))
        for line, moves in found.items()
    }


def _keys(facts: "pd.DataFrame") -> Iterator[Line]:
    """The lines that facts are of; the column of a matrix's cell stands in its code."""
    for table, line, column in facts[["table", "line", "column"]].itertuples(index=False, name=None):
        yield str(table), f"{line}_{column}" if column else str(line)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
