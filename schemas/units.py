"""The register of units: each a unit in time, under one code whatever it was called and whatever became of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, field_validator

from schemas.codes import EVER, Code, listed, month_after, numbered_codes
from schemas.mistake import Mistake, nearest
from schemas.period import last_month


class UnitRow(Code):
    """What a unit was called for some time, of which kind it was, and who collected it.

    ``kind`` groups units in the annual tables, ``parent`` is the code of the unit above; ``successor`` is the unit that
    takes over its stocks and open cases when it ends with this row; several are those into which it is split.
    """

    kind: str = Field(title="类别")
    parent: str = Field(default="", title="上级单位代码")
    successor: tuple[str, ...] = Field(default=(), title="接替单位代码")

    @field_validator("successor", mode="before")
    @classmethod
    def _successors(cls, written: object) -> object:
        return listed(written)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that a return may call it."""
        return tuple(dict.fromkeys((self.code, self.name, self.short, *self.aliases)))


class Unit(NamedTuple):
    """One code with its ``rows`` in the order of time; there may be months between them in which it did not exist."""

    code: str
    rows: tuple[UnitRow, ...]

    @property
    def name(self) -> str:
        """Its name as it was last called."""
        return self.rows[-1].name

    @property
    def short(self) -> str:
        """Its short name as it was last called."""
        return self.rows[-1].short

    @property
    def kind(self) -> str:
        """Its kind as it was last."""
        return self.rows[-1].kind

    def valid(self, month: str) -> bool:
        """Whether the unit exists in that month ("2012-07")."""
        return any(row.valid(month) for row in self.rows)

    def at(self, month: str) -> UnitRow:
        """Its name, kind and parent in that month, or when it last existed before; before all of them, the first."""
        month = last_month(month)
        return next((row for row in reversed(self.rows) if row.valid_from <= month), self.rows[0])


class Succession(NamedTuple):
    """A unit that ended with a month, and one that took over of its stocks; ``split``: others took over of them too."""

    unit: str
    last: str
    successor: str
    split: bool = False


class History(NamedTuple):
    """Who took over whom, and when."""

    successions: tuple[Succession, ...]

    @property
    def divided(self) -> frozenset[str]:
        """The units that were split: what each of those that followed holds of their stocks, nobody wrote down."""
        return frozenset(own.unit for own in self.successions if own.split)

    def line_of(self, code: str, month: str) -> tuple[str, ...]:
        """The unit itself, and those whose stocks it had taken over by that month, with those that they had."""
        month = last_month(month)
        taken = [own for own in self.successions if own.successor == code and own.last < month]
        return tuple(dict.fromkeys([code, *(unit for own in taken for unit in self.line_of(own.unit, own.last))]))

    def changed(self, code: str, month: str) -> str:
        """The month in which a unit last took over another, up to a month; "" where it never did."""
        return max((month_after(own.last) for own in self._taken(code, month)), default="")

    def taken_over(self, code: str, month: str) -> tuple[str, ...]:
        """The units that a unit took over in the year of that month, up to it."""
        own = (one.unit for one in self._taken(code, month) if month_after(one.last)[:4] == month[:4])
        return tuple(dict.fromkeys(own))

    def _taken(self, code: str, month: str) -> list[Succession]:
        return [own for own in self.successions if own.successor == code and own.last < last_month(month)]


def units_of(rows: Sequence[UnitRow]) -> tuple[Unit, ...]:
    """The units that rows make, in the order in which each stands first."""
    by_code: dict[str, list[UnitRow]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    return tuple(Unit(code, tuple(sorted(own, key=lambda row: row.valid_from))) for code, own in by_code.items())


def read_units(path: Path) -> tuple[Unit, ...]:
    """The register of units. Raises Mistake with file and line where its rows cannot all be true."""
    numbered = numbered_codes(path, UnitRow)
    units = units_of([row for _, row in numbered])
    for line, what in (*_wrong_successors(numbered, units), *_wrong_parents(numbered, units), *_doubles(numbered)):
        raise Mistake(path, line, what)
    return units


def successions(units: Sequence[Unit]) -> tuple[Succession, ...]:
    """Every time that a unit took over of another's stocks."""
    rows = (row for unit in units for row in unit.rows)
    return tuple(
        Succession(row.code, row.valid_to, one, len(row.successor) > 1) for row in rows for one in row.successor
    )


def _wrong_successors(numbered: Sequence[tuple[int, UnitRow]], units: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """Successors that cannot take over in the month after."""
    by_code = {unit.code: unit for unit in units}
    for line, row, successor in ((n, own, one) for n, own in numbered for one in own.successor):
        told = f"“{row.short}”的 successor 写的是“{successor}”"
        after = month_after(row.valid_to)
        if successor == row.code:
            yield line, f"{told}，就是它自己。请写接替它的单位；没有的留空。"
        elif successor not in by_code:
            yield line, f"{told}，名录里没有这个代码，{nearest(successor, by_code)}。"
        elif row.valid_to == EVER:
            yield line, f"{told}，却没有写 valid_to。请写它存在的最后一个月；没有撤销的，successor 留空。"
        elif by_code[row.code].valid(after):
            yield line, f"{told}，但它自己从 {after} 起还在名录里。只改了名称的，successor 留空。"
        elif not by_code[successor].valid(after):
            yield line, f"{told}，但这个单位 {after} 不在名录里，接不上。请核对两个单位的 valid_from、valid_to。"


def _wrong_parents(numbered: Sequence[tuple[int, UnitRow]], units: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """Parents that are nobody, or the unit itself."""
    known = [unit.code for unit in units]
    for line, row in numbered:
        told = f"“{row.short}”的 parent 写的是“{row.parent}”"
        if row.parent == row.code:
            yield line, f"{told}，就是它自己。请写汇总它的单位；没有的留空。"
        elif row.parent and row.parent not in known:
            yield line, f"{told}，名录里没有这个代码，{nearest(row.parent, known)}。"


def _doubles(numbered: Sequence[tuple[int, UnitRow]]) -> Iterator[tuple[int, str]]:
    """Two units that a return of the same month could mean by one name."""
    seen: dict[str, list[UnitRow]] = {}
    for line, row in numbered:
        for name in row.names:
            for other in seen.setdefault(name, []):
                if other.code != row.code and row.meets(other):
                    yield (
                        line,
                        (
                            f"“{name}”同时是 {other.code} 和 {row.code} 的名称，月报上写它时分不清是哪个单位。"
                            "请改其中一个，或用 valid_from、valid_to 把两行的有效期分开。"
                        ),
                    )
            seen[name].append(row)
