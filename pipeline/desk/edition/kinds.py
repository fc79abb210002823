"""The templates of a form that ask differently: of which unit and month each is an example."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.values.periods import Month, parse_month
from schemas.codes import EVER, month_after
from schemas.form import Form
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.period import Period
from schemas.units import UnitRow

MOST_MONTHS = 48  # that are looked through for what is asked differently


class Kind(NamedTuple):
    """A template: whom it goes to, for which month, and what it asks."""

    unit: UnitRow
    month: Month
    asked: Form

    @property
    def words(self) -> str:
        """Whose and which, to be named."""
        return f"{self.unit.short}{self.month.words}"


def kinds_of(form: Form, office: Office) -> list[Kind]:
    """One template of each kind: what is asked, and which rules are judged.

    Where several months are of a kind, one with two months of its year before it. Raises CannotRun where nobody
    reports on the form.
    """
    found: dict[object, Kind] = {}
    months = list(months_of(form))
    for month in sorted(months, key=lambda month: (not _is_later(month, months), month)):
        rules = frozenset(s.key for s in form.statements if s.speaks_of(str(month)))
        for unit in (unit.at(str(month)) for unit in office.units if unit.valid(str(month))):
            asked = form.of(str(month), unit.code)
            kind = (frozenset(asked.entries.items()), rules, month.opens_year)
            found.setdefault(kind, Kind(unit, month, asked))
    if not found:
        raise CannotRun(f"表式“{form.edition.id}”的有效期内没有一个单位要报，没有可检查的。请核对 valid 和单位名录。")
    return sorted(found.values(), key=lambda kind: (kind.month, kind.unit.code))


def months_of(form: Form) -> Iterator[Month]:
    """The months of a form in which it may ask differently: a year from its start and from each change of codes."""
    first, last = form.edition.valid.first, form.edition.valid.last or EVER
    changes = _changes(form)
    begin = first or max(changes, default=f"{date.today().year}-01")  # noqa: DTZ011  # a form without a beginning
    starts = sorted({begin, *(month for month in changes if begin <= month <= last)})
    months = {month for start in starts for month in _year_from(start, form.edition.length) if str(month.last) <= last}
    yield from sorted(months)[:MOST_MONTHS]


def _changes(form: Form) -> set[str]:
    """The months in which a code, a unit or a rule begins, or is gone for the first time."""
    rows = [code for codes in form.codes.values() for code in codes]
    spans = [(row.valid_from, "" if row.valid_to == EVER else row.valid_to) for row in rows]
    spans += [(statement.first, statement.last) for statement in form.statements]
    return {first for first, _ in spans if first} | {month_after(last) for _, last in spans if last}


def _year_from(start: str, length: int) -> Sequence[Month]:
    month = parse_month(start)
    first = Period(month.year, -(-month.month // length) * length, length) if month else None
    return list(first.until(first.plus(12 // length - 1))) if first else []


def _is_later(month: Month, months: Sequence[Month]) -> bool:
    """Whether two months of its year come before it, so that it has months to be held against."""
    return len(month.so_far) > 2 and month.plus(-2) in months
