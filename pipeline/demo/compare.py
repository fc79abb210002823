"""Hold what a run found against what was planted."""

from collections import Counter
from collections.abc import Sequence

from pipeline.demo.build import Planted
from pipeline.outcome import Outcome

Key = tuple[str, str, str, str, str]  # rule, unit, period, sheet, cell


def compare(planted: Sequence[Planted], outcome: Outcome) -> tuple[list[str], bool]:
    """Lines that tell what was found and what not, and whether exactly the planted faults were found, each once.

    Besides the findings, the city's differences must be those that a planted fault explains.
    """
    wanted = Counter((p.rule, p.unit, p.period, p.sheet, p.cell) for p in planted)
    found = Counter((f.rule, f.unit, f.period, f.sheet, f.cell) for f in outcome.findings)
    apart = {d.id: d.difference for d in outcome.differences if d.scope == "city" and d.difference}
    expected = {p.difference_id: p.difference for p in planted if p.difference_id}
    lines = [f"预设差错 {len(planted)} 处，找出 {sum((wanted & found).values())} 处。"]
    lines += [f"  没有找出：{_told(key)}" for key in (wanted - found).elements()]
    lines += [f"  多报：{_told(key)}" for key in (found - wanted).elements()]
    if _sums(expected, planted) != apart:
        lines.append(f"  对账差额应为 {_sums(expected, planted)}，实为 {apart}。")
    return lines, wanted == found and _sums(expected, planted) == apart


def _sums(expected: dict[str, int], planted: Sequence[Planted]) -> dict[str, int]:
    return {key: sum(p.difference for p in planted if p.difference_id == key) for key in expected}


def _told(key: Key) -> str:
    rule, unit, period, sheet, cell = key
    return " ".join(filter(None, (rule, unit, period, f"{sheet}!{cell}" if cell else "")))
