"""Code lists: rows with dates of validity, kept by the office as a workbook or CSV."""

import re
from pathlib import Path
from typing import TypeVar

from pydantic import Field, field_validator

from schemas.mistake import Mistake
from schemas.period import last_month
from schemas.reading import Frozen, Month
from schemas.written_lists import as_month, read_list

EVER = "9999-12"  # the last month of what has no end


class Code(Frozen):
    """A row of a code list, valid from ``valid_from`` to ``valid_to``.

    Aliases are names met in returns; ``owner`` is the unit that keeps its own record of what falls under the code.
    ``was`` are the codes that it continues of another list, which stood in its place in an earlier edition.
    """

    code: str = Field(title="代码")
    name: str = Field(title="名称")
    short: str = Field(title="简称")
    valid_from: Month = Field(default="", title="起始月份")
    valid_to: Month = Field(default=EVER, title="最后月份")
    aliases: tuple[str, ...] = Field(default=(), title="别名")
    owner: str = Field(default="", title="主管单位")
    was: tuple[str, ...] = Field(default=(), title="原代码")

    @field_validator("valid_from", "valid_to", mode="before")
    @classmethod
    def _month(cls, written: object) -> object:
        return as_month(written) if isinstance(written, str) else written

    @field_validator("aliases", "was", mode="before")
    @classmethod
    def _split(cls, written: object) -> object:
        return listed(written)

    def valid(self, month: str) -> bool:
        """Whether the code is in use in that month ("2012-07"), or at the end of that period."""
        return self.valid_from <= last_month(month) <= self.valid_to

    def meets(self, other: "Code") -> bool:
        """Whether there is a month in which both are in use."""
        return self.valid_from <= other.valid_to and other.valid_from <= self.valid_to


def listed(written: object) -> object:
    """What stands in one cell with semicolons between, as a tuple; anything but text as it is."""
    return tuple(filter(None, map(str.strip, re.split("[;；]", written)))) if isinstance(written, str) else written


Row = TypeVar("Row", bound=Code)


def read_codes(path: Path, model: type[Row]) -> tuple[Row, ...]:
    """A code list in the order of its file. Raises Mistake as numbered_codes does."""
    return tuple(row for _, row in numbered_codes(path, model))


def numbered_codes(path: Path, model: type[Row]) -> list[tuple[int, Row]]:
    """A code list with the line of each row.

    Raises Mistake where a code stands twice for the same month, or ends before it begins.
    """
    rows = list(read_list(path, model))
    seen: dict[str, list[Row]] = {}
    for line, row in rows:
        if len(row.code.split()) > 1:
            raise Mistake(path, line, f"代码“{'␣'.join(row.code.split())}”里有空格或换行，请去掉。")
        if row.valid_from > row.valid_to:
            told = f"代码“{row.code}”从 {row.valid_from} 到 {row.valid_to}，还没有开始就结束了"
            raise Mistake(path, line, f"{told}。请核对 valid_from、valid_to。")
        if any(row.meets(earlier) for earlier in seen.setdefault(row.code, [])):
            raise Mistake(
                path, line, f"代码“{row.code}”出现了两次。请删去一行，或用 valid_from、valid_to 把两行的有效期分开。"
            )
        seen[row.code].append(row)
    return rows


def month_after(month: str) -> str:
    """The month that follows ("2012-12": "2013-01")."""
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"
