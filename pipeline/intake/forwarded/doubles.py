"""Who is counted twice: in two forwarded workbooks, or in one and by a return of its own."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.values.findings import Finding, Place, tell
from pipeline.values.forwarded import Slice
from schemas.period import in_words

FEW = 6  # periods in a sentence
Key = tuple[str, str]  # a unit and a period
ITSELF, WORKBOOK = "自己报的表", "上报的汇总"


class Counted(NamedTuple):
    """That a body is counted by what a unit sent."""

    unit: str
    how: str


class Double(NamedTuple):
    """That it is counted by what another sent too."""

    unit: str
    name: str
    first: str
    second: str


def doubles(slices: Mapping[Key, Slice], direct: Mapping[Key, str], names: Mapping[Key, str]) -> Iterator[Finding]:
    """A question for each body and two places in which it is counted, with the periods.

    ``slices`` are by unit and period, ``direct`` the names of the units that sent a return themselves, ``names`` those
    of all. A body is known by its code, or its full name.
    """
    seen: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for (unit, period), name in sorted(direct.items()):
        for known in (unit, name):
            seen[period, known].append(Counted(unit, ITSELF))
    for unit, period in slices:
        for known in (unit, names[unit, period]):
            seen[period, known].append(Counted(unit, WORKBOOK))
    told: dict[Double, list[str]] = defaultdict(list)
    for (unit, period), part in sorted(slices.items()):
        own = names[unit, period]
        if (unit, period) in direct:
            told[Double(unit, own, ITSELF, f"它{WORKBOOK}")].append(period)
        for code, name in part.bodies:
            other = next((one for key in (code, name) for one in seen[period, key] if one.unit != unit), None)
            if other:
                itself = names[other.unit, period] == name or other.unit == code
                first = f"它{other.how}" if itself else f"“{names[other.unit, period]}”{other.how}"
                told[Double(unit, name, first, f"“{own}”{WORKBOOK}")].append(period)
            for key in {code, name}:
                seen[period, key].append(Counted(unit, WORKBOOK))
    yield from (_tell(double, periods) for double, periods in told.items())


def _tell(double: Double, periods: list[str]) -> Finding:
    facts = {**double._asdict(), "periods": "、".join(map(in_words, periods[:FEW]))}
    del facts["unit"]
    facts["more"] = f"等{len(periods)}期" if len(periods) > FEW else ""
    value = " ".join((double.name, double.first, *periods))
    return tell("W-UPW-04", Place(double.unit, periods[0]), value=value, **facts)
