"""What stands in a unit's returns in force: how wide its work is, how quick, and what waits for its answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pipeline.values.findings import OPEN, PROVISIONAL, Finding
from schemas.assessing import breadth_of, delay_of
from schemas.form import Form

if TYPE_CHECKING:
    import pandas as pd

TO_ANSWER = (OPEN["must"], OPEN["verify"], PROVISIONAL)  # what 待确认 is about, waits for the office


def waiting(findings: Iterable[Finding], returns: "pd.DataFrame", as_of: date) -> dict[str, list[int]]:
    """By unit, for each finding about a return that waits for its answer, the days since that return came."""
    came = dict(zip(returns["file"], returns["received"], strict=True))
    found: dict[str, list[int]] = defaultdict(list)
    for finding in findings:
        if finding.state in TO_ANSWER and came.get(finding.file):
            found[finding.unit].append(max(0, (as_of - date.fromisoformat(came[finding.file])).days))
    return found


def breadth(facts: "pd.DataFrame", form: Form, periods: Sequence[str]) -> dict[str, int]:
    """By unit, how many of the lines that the edition counts as its breadth were not 0 in one of the periods."""
    lines = {(entry.table, entry.line, entry.column) for entry in breadth_of(form)}
    own = facts[(facts["measure"] == "month") & (facts["role"] == "input") & facts["period"].isin(periods)]
    used = own[(own["value"] > 0).fillna(False)][["unit", "table", "line", "column"]].drop_duplicates()
    found: dict[str, int] = defaultdict(int)
    for unit, *line in used.itertuples(index=False, name=None):
        found[unit] += tuple(line) in lines
    return found


def delays(items: "Mapping[str, pd.DataFrame]", form: Form, periods: Sequence[str]) -> dict[str, list[int]]:
    """By unit, the days between the two dates of the edition's delay, one an item that has both."""
    found: dict[str, list[int]] = defaultdict(list)
    delay = delay_of(form)
    if delay is None:
        return found
    begins, ends = delay
    register = items[begins.table]
    own = register[register["period"].isin(periods) & (register[begins.line] != "") & (register[ends.line] != "")]
    for unit, begun, ended in zip(*(own[name].tolist() for name in ("unit", begins.line, ends.line)), strict=True):
        found[unit].append((date.fromisoformat(ended) - date.fromisoformat(begun)).days)
    return found
