"""What a register's sheet asks about its rows: one mark, as a formula and as computed here for its cached value.

The same that intake asks of each item: filled in, chosen from its list, a day; and the rules between the dates of a
row. Whole columns are only compared and counted: that much every spreadsheet does alike.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import count, product
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from schemas.form import Form
from schemas.period import Period
from schemas.rules import words
from schemas.rules.judge import judge
from schemas.rules.terms import ITEM, Linear, Ref, Statement
from schemas.table import RegisterField, Table

EMPTY = ("无", "没有", "未发生", "/", "-", "—", "0")  # of a row that says only this, nothing is asked
FIRST_ITEM, LAST_ROW = 3, 5000  # rows that are checked
WRITTEN = ("????-*-*", "????.*.*", "????/*/*", "????年*月*")  # a text that may be a day, as spreadsheets match it
EPOCH = date(1899, 12, 30).toordinal()

Item = Mapping[str, str | date]


def mark_at(table: Table) -> tuple[int, int]:
    """Row and column of a register's mark: above its last heading."""
    return 0, len(table.fields) - 1


class Asked(NamedTuple):
    """One thing that is asked of every row: how many rows it is wrong in, as a formula and now; what is said then."""

    formula: str
    wrong: int
    before: str
    after: str


@dataclass(frozen=True)
class RegisterChecks:
    """The checks of one register of a form for a month."""

    form: Form
    table: Table
    month: Period

    def mark(self, items: Sequence[Item]) -> str:
        """What the mark shows for these items."""
        for asked in self.asked(items):
            if asked.wrong:
                return f"{asked.before}{asked.wrong}{asked.after}"
        return "√"

    def asked(self, items: Sequence[Item]) -> Iterator[Asked]:
        """Everything that is asked, in the order in which it is said."""
        items = [item for item in items if self.is_item(item)]
        yield from self.cells(items)
        yield from self._between(items, "must")
        yield from self._late(items)
        yield from self._as_text(items)
        yield from self._between(items, "verify")

    def cells(self, items: Sequence[Item]) -> Iterator[Asked]:
        """What is asked of single cells: while one of them cannot be read, nothing is counted."""
        items = [item for item in items if self.is_item(item)]
        for field in self.table.fields:
            area = self._areas[field.code]
            if field.required:
                lacks = sum(not item.get(field.code, "") for item in items)
                yield Asked(f'SUMPRODUCT({self._item}*({area}=""))', lacks, "× 有", f"行没有填“{field.name}”")
            if field.kind == "code":
                known = {said.lower() for said in self.words(field)}
                odd = sum(bool(said := self._says(item, field)) and said not in known for item in items)
                formula = f"COUNTA({area})-({self._matches(field, self.words(field))})"
                yield Asked(formula, odd, "× 有", f"行的“{field.name}”请从下拉框选")
            if field.kind == "date":
                texts = [one for item in items if isinstance(one := item.get(field.code, ""), str) and one]
                odd = sum(not _like_a_day(text) for text in texts)
                formula = f"COUNTA({area})-COUNT({area})-({_days_as_text(area)})"
                yield Asked(formula, odd, "× 有", f"行的“{field.name}”不是日期")

    def _between(self, items: Sequence[Item], level: str) -> Iterator[Asked]:
        """The rules between the dates of a row."""
        for statement in self.statements:
            if statement.level == level:
                sign, told = ("×" if level == "must" else "!"), words.sentence(statement, self.form.named)
                wrong = sum(judge(statement, self._days(item)) is False for item in items)
                yield Asked(self._broken(statement), wrong, f"{sign} 有", f"行不符：{told.removeprefix('每一行的')}")

    def _late(self, items: Sequence[Item]) -> Iterator[Asked]:
        """Days beyond the month after the period."""
        after = self.month.last.plus(2)
        begins = date(after.year, after.month, 1)
        for field in self.table.fields:
            if field.kind == "date":
                area, day = self._areas[field.code], begins.toordinal() - EPOCH
                late = sum(isinstance(one := item.get(field.code), date) and one >= begins for item in items)
                formula = f'COUNTIF({area},">={day}")'
                yield Asked(formula, late, "! 有", f"行的“{field.name}”比报告期晚一个月以上")

    def _as_text(self, items: Sequence[Item]) -> Iterator[Asked]:
        """Days that were typed as text: they are read where they come in, but no spreadsheet compares them."""
        for field in self.table.fields:
            if field.kind == "date":
                texts = [item.get(field.code, "") for item in items]
                count = sum(isinstance(text, str) and _like_a_day(text) for text in texts)
                formula = _days_as_text(self._areas[field.code])
                yield Asked(formula, count, "! 有", f"行的“{field.name}”是文字，请改成日期，才查得出先后")

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The rules about each row."""
        own = (s for s in self.form.statements if s.scope == "row" and s.at.table == self.table.id)
        return tuple(statement for statement in own if statement.speaks_of(str(self.month)))

    def _broken(self, statement: Statement) -> str:
        """In how many rows a rule is broken: all its dates are there, its guards hold and its claim does not."""
        parts = [f'({self._areas[ref.line]}<"")' for ref in statement.refs]  # a number is less than any text
        parts += [f"({self._side(g.left)}{g.operator}{self._side(g.right)})" for g in statement.guards]
        claim = statement.claim
        return f"SUMPRODUCT({'*'.join(parts)}*(1-({self._side(claim.left)}{claim.operator}{self._side(claim.right)})))"

    def _side(self, side: Linear) -> str:
        terms = "".join(f"{n:+d}*{self._areas[ref.line]}" for n, ref in side.terms)
        alone = len(side.terms) == 1 and side.terms[0][0] == 1 and not side.constant
        return self._areas[side.terms[0][1].line] if alone else f"({terms}{side.constant:+d})"

    def words(self, field: RegisterField) -> dict[str, str]:
        """The code of everything that may be written for it in the month."""
        codes = (code for code in self.form.codes[field.codes] if code.valid(str(self.month)))
        return {said: c.code for c in codes for said in (c.name, c.short, c.code, *c.aliases) if said}

    def counted(self, *wanted: tuple[RegisterField, str]) -> str:
        """How many rows have these codes, as a formula."""
        said = [[said for said, own in self.words(field).items() if own == code] for field, code in wanted]
        if len(wanted) == 1:
            return self._matches(wanted[0][0], said[0])
        areas = [self._areas[field.code] for field, _ in wanted]
        pairs = (",".join(f"{a},{_quoted(w)}" for a, w in zip(areas, words, strict=True)) for words in product(*said))
        return "+".join(f"COUNTIFS({pair})" for pair in pairs)

    def rows(self) -> str:
        """How many rows are items, as a formula."""
        return f"SUMPRODUCT({self._item}*1)"

    def count(self, items: Sequence[Item], *wanted: tuple[RegisterField, str]) -> int:
        """How many items have these codes."""
        known = {field.code: {said.lower(): code for said, code in self.words(field).items()} for field, _ in wanted}
        own = [item for item in items if self.is_item(item)]
        return sum(all(known[f.code].get(self._says(item, f)) == code for f, code in wanted) for item in own)

    def is_item(self, item: Item) -> bool:
        """Whether a row is one: something is filled in besides a word for nothing at its head."""
        filled = sum(bool(item.get(field.code, "")) for field in self.table.fields)
        return filled > (item.get(self.table.fields[0].code, "") in EMPTY)

    def _matches(self, field: RegisterField, said: Iterable[str]) -> str:
        area = self._areas[field.code]
        return "+".join(f"COUNTIF({area},{_quoted(word)})" for word in said) or "0"

    @cached_property
    def _item(self) -> str:
        """Whether each row is an item, as an array."""
        areas = list(self._areas.values())
        there = "+".join(f'({area}<>"")' for area in areas)
        none = "+".join(f'({areas[0]}="{word}")' for word in EMPTY)
        return f"({there}>{none})"

    @cached_property
    def _areas(self) -> dict[str, str]:
        names = zip(self.table.fields, count(), strict=False)
        return {field.code: self._area(n) for field, n in names}

    def _area(self, column: int) -> str:
        letter = xl_col_to_name(column)
        return f"'{self.table.sheet}'!${letter}${FIRST_ITEM + 1}:${letter}${LAST_ROW + 1}"

    @staticmethod
    def _says(item: Item, field: RegisterField) -> str:
        """What a field says, as a spreadsheet compares it."""
        value = item.get(field.code, "")
        return value.isoformat() if isinstance(value, date) else value.lower()

    def _days(self, item: Item) -> dict[Ref, int | None]:
        days = {field.code: item.get(field.code) for field in self.table.fields if field.kind == "date"}
        return {
            Ref(self.table.id, code, ITEM): day.toordinal() if isinstance(day, date) else None
            for code, day in days.items()
        }


def _days_as_text(area: str) -> str:
    """How many cells hold a text that is written as days are.

    Dates as LibreOffice shows them match such a pattern, in Excel no number does; they are taken away again.
    """
    return "+".join(f'COUNTIF({area},"{own}")-COUNTIFS({area},"{own}",{area},">=0")' for own in WRITTEN)


def _like_a_day(text: str) -> bool:
    return any(fnmatchcase(text, pattern) for pattern in WRITTEN)


def _quoted(word: str) -> str:
    """A word as a condition that nothing but itself meets."""
    return '"' + re.sub(r"([*?~])", r"~\1", word).replace('"', '""') + '"'
