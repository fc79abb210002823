"""Hold what a run found against what was planted."""

from collections import Counter
from collections.abc import Sequence

from pipeline.desk.demo.year import Planted
from pipeline.tables.outcome import Outcome

Key = tuple[str, str, str, str, str]  # rule, unit, period, sheet, cell


def compare(planted: Sequence[Planted], outcome: Outcome) -> tuple[list[str], bool]:
    """Lines that tell what was found and what not, and whether exactly the planted faults were found, each once.

    Besides the findings, the city's differences must be those that planted faults make.
    """
    wanted = Counter((p.rule, p.unit, p.period, p.sheet, p.cell) for p in planted)
    found = Counter((f.rule, f.unit, f.period, f.sheet, f.cell) for f in outcome.findings)
    expected: Counter[str] = Counter()
    for fault in planted:
        expected[fault.difference_id] += fault.difference
    due = {key: difference for key, difference in expected.items() if difference}
    apart = {d.id: d.difference for d in outcome.differences if d.scope == "city" and d.difference}
    lines = [f"预设差错 {len(planted)} 处，找出 {(wanted & found).total()} 处，多报 {(found - wanted).total()} 处。"]
    lines += [f"  没有找出：{_told(key)}" for key in (wanted - found).elements()]
    lines += [f"  多报：{_told(key)}" for key in (found - wanted).elements()]
    lines += [f"  对账差额应为 {due}，实为 {apart}。"] if due != apart else []
    return lines, wanted == found and due == apart


def _told(key: Key) -> str:
    rule, unit, period, sheet, cell = key
    return " ".join(filter(None, (rule, unit, period, f"{sheet}!{cell}" if cell else "")))
