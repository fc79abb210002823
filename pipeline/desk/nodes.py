"""节点检查: what a level forwarded is the sum of what its children forwarded, line by line, all the way down."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pipeline.desk.lower import Lower, Row, Version
from pipeline.values.files import short
from pipeline.values.forwarded import Forwarded
from pipeline.values.machine import MONTH
from schemas.period import in_words

FEW = 5  # lines of one child and period that are named
Line = tuple[str, str]  # table and heading


@dataclass(frozen=True)
class Checked:
    """What was tried: how many versions, how many numbers of how many children, and what breaks, a sentence each."""

    versions: int
    numbers: int
    wrong: list[str]
    absent: list[str]


def check_nodes(top: Version, lower: Lower) -> Checked:
    """Every number that a version has of a child against what the child forwarded, and the same of that child.

    Besides: a child that corrected itself since, a child of which a month is missing, a child that nobody has at hand.
    """
    wrong: list[str] = []
    absent: list[str] = []
    versions, numbers, waiting, seen = 0, 0, [top], {top.manifest.digest}
    while waiting:
        above = waiting.pop(0)
        versions += 1
        absent += _absent(above)
        for (unit, period), rows in _by_child(above).items():
            version = _behind(rows, lower)
            if version is None:
                continue
            tried, broken = _compared(above.manifest, rows, version, unit, period)
            numbers, wrong = numbers + tried, wrong + broken
            wrong += _corrected(above.manifest, rows, version, lower, period)
            if version.manifest.digest not in seen:
                seen.add(version.manifest.digest)
                waiting.append(version)
    return Checked(versions, numbers, list(dict.fromkeys(wrong)), absent)


def _by_child(above: Version) -> Mapping[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in above.rows:
        if row.table and row.measure == MONTH:
            found[row.unit, row.period].append(row)
    return found


def _behind(rows: list[Row], lower: Lower) -> Version | None:
    """The version that the rows of a child rest on, where it is at hand."""
    return next((found for row in rows if (found := lower.by_short(row.source))), None)


def _sums(rows: list[Row]) -> dict[Line, Fraction]:
    found: dict[Line, Fraction] = defaultdict(Fraction)
    for row in rows:
        for heading, number in row.numbers.items():
            found[row.table, heading] += Fraction(str(number))
    return found


def _compared(above: Forwarded, rows: list[Row], child: Version, unit: str, period: str) -> tuple[int, list[str]]:
    """What a child's rows above come to against the sum of its own rows, which stand for its children."""
    own = [row for row in child.rows if row.table and row.measure == MONTH and row.period == period]
    there, sums = _sums([row for row in rows if lower_source(row, child)]), _sums(own)
    broken = [key for key in sorted({*there, *sums}) if there.get(key, 0) != sums.get(key, 0)]
    whose = rows[0].name or unit
    told = [
        f"“{above.area or above.office}”{above.name}里“{whose}”{in_words(period)}的 {table}.{heading} 是 "
        f"{_told(there.get((table, heading)))}，“{whose}”{child.manifest.name}里各单位相加是 "
        f"{_told(sums.get((table, heading)))}。"
        for table, heading in broken[:FEW]
    ]
    more = len(broken) - FEW
    return len({*there, *sums}), told + ([f"“{whose}”{in_words(period)}另有 {more} 个数不等。"] if more > 0 else [])


def lower_source(row: Row, child: Version) -> bool:
    """Whether a row comes from the child's workbook, and not from a ruling of the office above."""
    return row.source == short(child.manifest.digest)


def _corrected(above: Forwarded, rows: list[Row], used: Version, lower: Lower, period: str) -> Iterator[str]:
    """That the child has corrected what the level above still counts."""
    newest = lower.newest(used.manifest)
    if newest is None or newest.manifest.digest == used.manifest.digest:
        return
    before, now = (
        _sums([row for row in one.rows if row.table and row.measure == MONTH and row.period == period])
        for one in (used, newest)
    )
    moved = [key for key in sorted({*before, *now}) if now and before.get(key, 0) != now.get(key, 0)]
    if moved:
        (table, heading), whose = moved[0], rows[0].name
        yield (
            f"“{whose}”已经更正：{newest.manifest.name}里{in_words(period)}的 {table}.{heading} 是 "
            f"{_told(now.get(moved[0]))}（共 {len(moved)} 个数不同），“{above.area or above.office}”{above.name}里还是 "
            f"{used.manifest.name}的 {_told(before.get(moved[0]))}。"
        )


def _absent(above: Version) -> Iterator[str]:
    """The children that owed something and gave nothing."""
    for row in above.rows:
        if row.is_absence:
            whose = above.manifest.area or above.manifest.office
            yield f"“{whose}”{above.manifest.name}里“{row.name or row.unit}”{in_words(row.period)}没有入汇。"


def _told(value: Fraction | None) -> str:
    if value is None:
        return "空白"
    return str(value.numerator) if value.denominator == 1 else str(float(value))
