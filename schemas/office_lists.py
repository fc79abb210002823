"""The lists of an office: codes, who has which duty, days that are otherwise than in the national calendar."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from schemas.codes import Code, read_codes
from schemas.mistake import Mistake, nearest
from schemas.naming import CODE
from schemas.reading import Frozen, read_csv


class Day(Frozen):
    """A day that the office adds to the national calendar: a holiday, or a working day at a weekend."""

    date: date
    kind: Literal["holiday", "workday"]
    name: str = ""


class Duty(Frozen):
    """A unit that has a duty, and is asked the lines that speak of it."""

    duty: str
    unit: str


def codes_in(path: Path, units: Sequence[str]) -> tuple[Code, ...]:
    """A code list whose owners are units."""
    seen: dict[str, list[Code]] = {}
    for line, row in read_csv(path, Code):
        if row.owner:
            _known(path, line, row.owner, units)
        for name in dict.fromkeys((row.name, *row.aliases)):
            for other in seen.setdefault(name, []):
                if other.code != row.code and row.meets(other):
                    raise Mistake(path, line, f"“{name}”同时是 {other.code} 和 {row.code} 的名称，请改其中一个。")
            seen[name].append(row)
        if not CODE.fullmatch(row.code):
            raise Mistake(path, line, f"代码“{row.code}”只能用英文字母和数字，如 101。名称写在 name 栏。")
    return read_codes(path, Code)


def _known(path: Path, line: int, unit: str, units: Sequence[str]) -> None:
    if unit not in units:
        raise Mistake(path, line, f"单位“{unit}”不在名录里，{nearest(unit, units)}。")


def days_in(path: Path) -> tuple[Day, ...]:
    """The days that the office adds to the calendar, each once."""
    found: dict[date, Day] = {}
    for line, row in read_csv(path, Day):
        if row.date in found:
            raise Mistake(path, line, f"{row.date} 写了两次，请只留一行：holiday 是放假，workday 是上班。")
        found[row.date] = row
    return tuple(found.values())


def duties_in(path: Path, units: Sequence[str]) -> dict[str, frozenset[str]]:
    """The units that have each duty."""
    found: dict[str, set[str]] = {}
    for line, row in read_csv(path, Duty):
        _known(path, line, row.unit, units)
        if row.unit in found.setdefault(row.duty, set()):
            raise Mistake(path, line, f"单位“{row.unit}”的职责“{row.duty}”写了两次，请删去一行。")
        found[row.duty].add(row.unit)
    return {duty: frozenset(names) for duty, names in found.items()}
