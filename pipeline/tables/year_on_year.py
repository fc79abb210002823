"""The year's figures beside the year before (同比), and the months of the headline beside the month before (环比)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.judge.last_year import LAST_YEAR, LastYear
from pipeline.tables.answers import Answers
from pipeline.values.growth import Growth, GrowthRow, GrowthTables
from pipeline.values.periods import Month, whole_span
from schemas.period import month_run, spoken
from schemas.rules.terms import Linear

NAMED = 2  # units that a reason names one by one


def year_on_year(answers: Answers, last: LastYear) -> GrowthTables:
    """Everything the edition compares: the year's figures beside the year before."""
    comparing = _Comparing(answers, answers.months, last)
    yearly, monthly, same_months = comparing.yearly(), comparing.monthly(), dict(comparing.same_months())
    return GrowthTables(tuple(yearly), tuple(monthly), same_months, _sources(last))


@dataclass(frozen=True)
class _Comparing:
    answers: Answers
    months: Sequence[Month]
    last: LastYear

    def yearly(self) -> Iterator[GrowthRow]:
        """The span that is reported beside the same months of the year before."""
        then = [month.year_ago for month in self.months]
        spans = self.months[0].short if len(self.months) == 1 else whole_span(self.months)
        for compared in self.last.form.edition.report.compared:
            sums = self.last.form.expression(compared.of)
            for linear in sums:
                entry = self.last.form.entry(linear.refs[0])
                label = f"{compared.name}：{entry.label}" if len(sums) > 1 and compared.name else compared.name
                growth = self._growth(linear, self._now(linear, self.months), self.last.value(linear, then))
                yield self._row(linear, label or entry.label, f"{spans}比上年", growth, part=len(sums) > 1)

    def monthly(self) -> Iterator[GrowthRow]:
        """Each month of the headline beside the month before; January beside last year's December."""
        for headline in self.last.form.edition.report.headline:
            linear = self.last.form.expression(headline.of)[0]
            for month in self.months:
                before = month.plus(-1)
                across = before.year < month.year
                base = self.last.value(linear, [before]) if across else self._now(linear, [before])
                growth = self._growth(linear, self._now(linear, [month]), base, month)
                spans = f"{month.short}比{'上年' if across else ''}{before.short}"
                yield self._row(linear, headline.name, spans, growth, part=month != self.months[0])

    def same_months(self) -> Iterator[tuple[str, tuple[Growth, ...]]]:
        """The months of each headline figure beside the same months of the year before."""
        for headline in self.last.form.edition.report.headline:
            linear = self.last.form.expression(headline.of)[0]
            pairs = ((self._now(linear, [m]), self.last.value(linear, [m.year_ago])) for m in self.months)
            yield headline.name, tuple(self._growth(linear, now, base) for now, base in pairs)

    def _row(self, linear: Linear, label: str, spans: str, growth: Growth, *, part: bool) -> GrowthRow:
        return GrowthRow(label, spans, self.last.form.quantity(linear), part, growth)

    def _now(self, linear: Linear, months: Sequence[Month]) -> int | None:
        """The figure; None where no return of these months is in force, or nobody was asked."""
        return self.answers.of(linear, months).number

    def _units(self, months: Sequence[Month]) -> frozenset[str]:
        return self.answers.units(months)

    def _growth(self, linear: Linear, now: int | None, then: int | None, month: Month | None = None) -> Growth:
        """A figure beside its base, with why the two cannot be compared: of the whole span, or of a month."""
        before = month.plus(-1) if month else None
        in_last_year = before is None or before.year == self.last.year
        months = [month] if month else self.months
        then_months = [before] if before else [m.year_ago for m in self.months]
        this, base = _called(month)
        spans = (("上年" if in_last_year else base, then_months), (this, months))
        unlisted = "，".join(f"{when}{span}" for when, own in spans if (span := self._unlisted(linear, own)))
        apart = unlisted or self._apart(linear, months, then_months, in_last_year=in_last_year)
        rests = self.last.answer(linear, then_months) if in_last_year else self.answers.of(linear, then_months)
        return Growth(now, then, apart, base, not unlisted, this, self.answers.of(linear, months).partly, rests.partly)

    def _apart(
        self, linear: Linear, months: Sequence[Month], then_months: Sequence[Month], *, in_last_year: bool
    ) -> str:
        """Why two spans cannot be compared: other units among those that are asked."""
        then = self.last.units(then_months) if in_last_year else self._units(then_months)
        asked = [entry.asked_of for ref in linear.refs if (entry := self.last.form.entry(ref))]
        every = frozenset().union(*(units for units in asked if units)) if None not in asked else None
        now = self._units(months)
        now, then = (units if every is None else units & every for units in (now, then))
        now, then = self._heirs(now, months, every), self._heirs(then, then_months, every)
        month = len(months) == len(then_months) == 1 and months[0] == then_months[0].plus(1)
        this, base = _called(months[0] if month else None)
        words = ((this, months, then - now), (base, then_months, now - then))
        return "，".join(self._gone(*one) for one in words if one[-1])

    def _gone(self, when: str, months: Sequence[Month], units: frozenset[str]) -> str:
        """Who is not in a span: who owed a return in it is lacking, who did not exist in it is not."""
        owing = units & frozenset(self.last.owing(months))
        told = ((f"{when}缺", owing), (f"{when}没有", units - owing))
        return "，".join(
            f"{words}{self._names(some)}{'（不在名录）' * (some != owing)}" for words, some in told if some
        )

    def _unlisted(self, linear: Linear, months: Sequence[Month]) -> str:
        """In which of the months a line of the sum was not in the form: 1—6月的表式没有这一项; "" where in none."""
        entries = [self.last.form.entry(ref) for ref in linear.refs]
        lacking = [month for month in months if not all(entry.listed(str(month)) for entry in entries)]
        if not lacking:
            return ""
        first, last = lacking[0].month, lacking[-1].month
        span = "" if len(lacking) == len(months) else month_run(first, last)
        return f"{span}的表式没有这一项"

    def _heirs(self, units: frozenset[str], months: Sequence[Month], asked: frozenset[str] | None) -> frozenset[str]:
        """The units as they are at the end of what is reported: who was taken over is in its successor.

        A successor is there when all those are that it took over and that were there to report in these months.
        """
        office, last = self.last.office, str(self.months[-1])
        if not office.history.successions:
            return units
        owing = frozenset(self.last.owing(months))
        absent = (owing if asked is None else owing & asked) - units
        heirs = {code: frozenset(office.heirs(code, last)) for code in units | absent}
        there = frozenset().union(*(heirs[code] for code in units))
        return there - frozenset().union(*(heirs[code] for code in absent))

    def _names(self, units: frozenset[str]) -> str:
        names = [self.last.office.short(unit.code) for unit in self.last.office.units if unit.code in units]
        return "、".join(names) if len(names) <= NAMED else f"{names[0]}等{len(names)}个单位"


def _called(period: Month | None) -> tuple[str, str]:
    """What a period and the one before it are called; None: the year and the one before."""
    said = spoken(period.length) if period else {"own_period": "今年", "last_period": "上年"}
    return said["own_period"], said["last_period"]


def _sources(last: LastYear) -> str:
    """What last year's figures are taken from, in words."""
    there = [f"{last.year}年的{spoken(last.form.edition.length)['report']}"] if len(last.returns) else []
    there += [f"“{LAST_YEAR}”"] if last.file.figures else []
    return "；其余取自".join(there)
