"""The lists of an office: codes, who has which duty, days that are otherwise than in the national calendar."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from schemas.codes import Code, numbered_codes
from schemas.document import Document
from schemas.mistake import Mistake, nearest
from schemas.naming import CODE
from schemas.reading import Frozen
from schemas.units import Unit
from schemas.written_lists import CSV, XLSX, as_day, one_file, read_list

_KINDS = {"放假": "holiday", "上班": "workday"}  # as a workbook may say it


class Day(Frozen):
    """A day that the office adds to the national calendar: a holiday, or a working day at a weekend."""

    date: dt.date = Field(title="日期")
    kind: Literal["holiday", "workday"] = Field(title="放假或上班")
    name: str = Field(default="", title="名称")

    @field_validator("date", mode="before")
    @classmethod
    def _day(cls, written: object) -> object:
        return as_day(written) if isinstance(written, str) else written

    @field_validator("kind", mode="before")
    @classmethod
    def _kind(cls, written: object) -> object:
        return _KINDS.get(str(written), written)


class Duty(Frozen):
    """A unit that has a duty, and is asked the lines that speak of it; "" where no unit has it.

    ``about`` is for people only: what these lines ask.
    """

    duty: str = Field(title="职责")
    unit: str = Field(default="", title="单位")
    about: str = Field(default="", title="填报内容")


def code_lists(document: Document, files: Mapping[str, str], units: Sequence[Unit]) -> dict[str, tuple[Code, ...]]:
    """The code lists that an office's settings name, each with the file beside them. Raises Mistake."""
    folder = document.files[0].parent
    for name, file in files.items():
        if not (folder / file).exists():
            spare = [
                p.name for p in sorted(folder.iterdir()) if p.suffix in {CSV, XLSX} and p.name not in files.values()
            ]
            what = f"找不到文件“{file}”，请检查文件夹“{folder.name}”；{nearest(file, spare)}。"
            raise document.mistake(("codes", name), what)
    return {name: codes_in(one_file(folder / file), units) for name, file in files.items()}


def codes_in(path: Path, units: Sequence[Unit]) -> tuple[Code, ...]:
    """A code list whose owners are units."""
    seen: dict[str, list[Code]] = {}
    found = []
    for line, row in numbered_codes(path, Code):
        for name in dict.fromkeys((row.name, *row.aliases)):
            for other in seen.setdefault(name, []):
                if other.code != row.code and row.meets(other):
                    raise Mistake(path, line, f"“{name}”同时是 {other.code} 和 {row.code} 的名称，请改其中一个。")
            seen[name].append(row)
        if not CODE.fullmatch(row.code):
            raise Mistake(path, line, f"代码“{row.code}”只能用英文字母和数字，如 101。名称写在 name 栏。")
        owner = _unit(path, line, row.owner, units) if row.owner else ""
        found.append(row.model_copy(update={"owner": owner}))
    return tuple(found)


def _unit(path: Path, line: int, named: str, units: Sequence[Unit]) -> str:
    """The code of the unit that is named, by its code or as it was ever called. Raises Mistake."""
    codes = [unit.code for unit in units]
    if named in codes:
        return named
    called = dict.fromkeys(unit.code for unit in units for row in unit.rows if named in row.names)
    if len(called) > 1:
        raise Mistake(path, line, f"“{named}”可以是 {'、'.join(called)}，请写单位代码。")
    if not called:
        names = codes if any(code in named or named in code for code in codes) else [unit.short for unit in units]
        raise Mistake(path, line, f"单位“{named}”不在名录里，{nearest(named, [*names, *codes])}。")
    return next(iter(called))


def days_in(path: Path) -> tuple[Day, ...]:
    """The days that the office adds to the calendar, each once."""
    found: dict[dt.date, Day] = {}
    for line, row in read_list(path, Day):
        if row.date in found:
            raise Mistake(path, line, f"{row.date} 写了两次，请只留一行：holiday 是放假，workday 是上班。")
        found[row.date] = row
    return tuple(found.values())


def duties_in(path: Path, units: Sequence[Unit]) -> dict[str, frozenset[str]]:
    """The units that have each duty, none where nobody has it."""
    found: dict[str, set[str]] = {}
    for line, row in read_list(path, Duty):
        having = found.setdefault(row.duty, set())
        if not row.unit:
            continue
        unit = _unit(path, line, row.unit, units)
        if unit in having:
            raise Mistake(path, line, f"单位“{row.unit}”的职责“{row.duty}”写了两次，请删去一行。")
        having.add(unit)
    return {duty: frozenset(names) for duty, names in found.items()}
