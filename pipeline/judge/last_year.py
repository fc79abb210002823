"""What is known of the year before: its returns where they are in the inbox, and the office's own 上年数据.xlsx."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.judge.wide import combined
from pipeline.values.answer import Answer
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from schemas.form import Form
from schemas.office import Office
from schemas.period import periods_of
from schemas.rules.terms import Linear, Ref

if TYPE_CHECKING:
    import pandas as pd

LAST_YEAR = "上年数据.xlsx"
CITY = ""  # the unit of a figure of all units together
# The columns of 上年数据.xlsx, in their order, with what each holds.
HEADINGS = {
    "单位代码": "填报单位代码；全部单位合计的不填",
    "单位": "填报单位；全部单位合计的不填，填了单位代码的可以不填",
    "报告期": "上年的年份或月份，如 2011年、2011年9月；期末数的年份是年末数",
    "表": "表号，如 T2；数据字典里指标编号的点号前面部分",
    "代码": "行代码，如 01；数据字典里指标编号的点号后面部分；年内换了表式的，用1月表式的代码",
    "指标": "指标名称，供人核对；一个代码在上年的表式里是另一个指标的，按它认是哪一个",
    "数值": "上年报出的数，以这一行的计量单位计；没有发生的填 0，不知道的不填",
    "出处": "数字的来源，供人核对",
}


@dataclass(frozen=True, slots=True)
class LastFigure:
    """One figure of 上年数据.xlsx, in steps of its line: of a unit or CITY, of a year ("2011") or month ("2011-09").

    ``edition`` is whose line it names.
    """

    unit: str
    period: str
    ref: Ref
    value: int
    sheet: str
    cell: str
    edition: str = ""


@dataclass(frozen=True, slots=True)
class LastFile:
    """上年数据.xlsx as read, with what is wrong in it; nothing of either where there is no such file."""

    figures: tuple[LastFigure, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class LastYear:
    """One year, to hold the next against: ``returns`` are those in force, one wide row each, in order of months.

    ``consolidated`` are the same with the office's adjustments, as they were reported; ``file`` is the office's own.
    All are in the lines of ``form``, onto which they were brought (pipeline.judge.block).
    """

    year: int
    form: Form
    office: Office
    returns: "pd.DataFrame"
    consolidated: "pd.DataFrame"
    file: LastFile = LastFile()

    def value(self, linear: Linear, months: Sequence[Month], unit: str = CITY) -> int | None:
        """What was reported over these months: by the returns where all months are there, or else by the file.

        None where neither knows.
        """
        if not self.is_known:
            return None
        counted = self.counted(linear, months, unit)
        return self.given(linear, months, unit) if counted is None else counted

    @cached_property
    def is_known(self) -> bool:
        """Whether anything at all is."""
        return bool(len(self.returns) or self.file.figures)

    def counted(self, linear: Linear, months: Sequence[Month], unit: str = CITY) -> int | None:
        """What the returns come to; None where there is a month without any, or nobody was asked."""
        if not self.form.asks(linear, map(str, months)):
            return None
        span = self._span(months, linear.refs)
        span = span[span["unit"] == unit] if unit else span
        if set(span["period"]) != set(map(str, months)):
            return None
        kinds = {ref: self.form.entry(ref).kind for ref in linear.refs}
        parts = (times * combined(span, ref, kinds[ref], months, self.office) for times, ref in linear.terms)
        return sum(parts, linear.constant)

    def answer(self, linear: Linear, months: Sequence[Month]) -> Answer:
        """On how many returns the city's figure rests, where returns are what is known of it."""
        if not self.is_known or self.counted(linear, months) is None:
            return Answer()
        owed = {place for _, ref in linear.terms for place in self._owed(ref, months)}
        own = self.consolidated
        given = own[[*dict.fromkeys(map(str, linear.refs))]].notna().all(axis=1)
        there = {
            place
            for place, all_of_it in zip(zip(own["unit"], own["period"], strict=True), given, strict=True)
            if all_of_it
        }
        return Answer(0, len(owed & there), len(owed), some=True)

    def _owed(self, ref: Ref, months: Sequence[Month]) -> Iterator[tuple[str, str]]:
        """The units and months whose returns a line is taken from."""
        entry = self.form.entry(ref)
        for month in map(str, {"stock": months[-1:], "opening": months[:1]}.get(entry.kind, months)):
            units = (unit.code for unit in self.office.units_in(month) if entry.asked(month))
            yield from ((code, month) for code in units if entry.asked_of is None or code in entry.asked_of)

    def given(self, linear: Linear, months: Sequence[Month], unit: str = CITY) -> int | None:
        """What the file comes to; None where it does not say."""
        whole = linear.constant
        for times, ref in linear.terms:
            value = self._given(ref, months, unit)
            if value is None:
                return None
            whole += times * value
        return whole

    def units(self, months: Sequence[Month]) -> frozenset[str]:
        """The units that reported in these months; where only the file speaks of them, those that owed a return."""
        if not len(self.returns):
            return frozenset(self.owing(months))
        span = self._span(months)
        if set(span["period"]) == set(map(str, months)):
            return frozenset(span["unit"])
        return frozenset(self.owing(months))

    def owing(self, months: Sequence[Month]) -> tuple[str, ...]:
        """The units that existed in one of these months, whatever form there was for them then."""
        return tuple(unit.code for unit in self.office.units if any(unit.valid(str(month)) for month in months))

    @property
    def months(self) -> list[Month]:
        """The months of that year."""
        return list(periods_of(self.year, self.form.edition.length))

    @cached_property
    def by_place(self) -> dict[tuple[str, str, Ref], LastFigure]:
        """The file's figures by unit, period and line; the year's end of a stock also as that of its last month."""
        ends = {"stock": str(self.months[-1]), "opening": str(self.months[0])}
        places = {}
        for figure in self.file.figures:
            kind = self.form.entry(figure.ref).kind
            if figure.period == str(self.year) and kind in ends:
                places[figure.unit, ends[kind], figure.ref] = figure
        return places | {(f.unit, f.period, f.ref): f for f in self.file.figures}

    @cached_property
    def before(self) -> "pd.DataFrame":
        """What January's returns are held against: unit, period and a column a line, of returns or else of the file."""
        import pandas as pd

        there = set(zip(self.returns["unit"], self.returns["period"], strict=True))
        known: dict[tuple[str, str], dict[str, int]] = {}
        for (unit, period, ref), figure in self.by_place.items():
            if unit and len(period) == len("2011-09") and (unit, period) not in there:
                known.setdefault((unit, period), {})[str(ref)] = figure.value
        if not known:
            return self.returns
        rows = [{"unit": unit, "period": period, **values} for (unit, period), values in known.items()]
        given = pd.DataFrame(rows)
        numbers = dict.fromkeys(given.columns.difference(["unit", "period"]), "Int64")
        return pd.concat([self.returns, given.astype(numbers)], ignore_index=True)

    def _span(self, months: Sequence[Month], refs: Sequence[Ref] = ()) -> "pd.DataFrame":
        """Who reported in these months, with some lines: to take all costs more than what is done with them."""
        columns = self.consolidated[["unit", "period", *dict.fromkeys(map(str, refs))]]
        return columns[columns["period"].isin([str(month) for month in months])]

    def _given(self, ref: Ref, months: Sequence[Month], unit: str) -> int | None:
        """One line of the file: as it stands there, of its months, or (the city's) of its units."""
        value = self._stands(ref, months, unit)
        value = self.of_months(ref, months, unit) if value is None else value
        return self.of_units(ref, months) if value is None and not unit else value

    def _stands(self, ref: Ref, months: Sequence[Month], unit: str) -> int | None:
        period = str(self.year) if list(months) == self.months else str(months[0]) if len(months) == 1 else ""
        figure = self.by_place.get((unit, period, ref))
        return figure.value if figure else None

    def of_months(self, ref: Ref, months: Sequence[Month], unit: str) -> int | None:
        """What the file's months come to: a flow sums, a stock is the last month's, an opening the first's."""
        kind = self.form.entry(ref).kind
        wanted = {"stock": months[-1:], "opening": months[:1]}.get(kind, months)
        found = [self.by_place.get((unit, str(month), ref)) for month in wanted]
        return sum(f.value for f in found if f) if all(found) else None

    def of_units(self, ref: Ref, months: Sequence[Month]) -> int | None:
        """What the file's units come to, where all that are asked the line are in it."""
        entry = self.form.entry(ref)
        there = {"stock": months[-1:], "opening": months[:1]}.get(entry.kind, months)
        codes = [code for code in self.owing(there) if entry.asked_of is None or code in entry.asked_of]
        found = [self._given(ref, months, code) for code in codes]
        known = [value for value in found if value is not None]
        return sum(known) if known and len(known) == len(found) else None
