"""Which months are reported, and what was taken in for them."""

from collections.abc import Sequence
from datetime import date

from pipeline.values.periods import Month, due_day, span_of
from pipeline.values.taken import Taken
from schemas.form import Form, form_for
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.period import WORDS, length_of, period_of, periods_of

NAMED = 3  # files named in a sentence


class NothingReported(CannotRun):
    """Nothing was received of the months that were to be reported; the text says what was, and what to do."""


def reported(
    as_of: date, year: int | None, through: Month | None, office: Office, forms: tuple[Form, ...], everything: Taken
) -> tuple[list[Month], tuple[Form, ...], Taken]:
    """The months that are reported, their forms, the last of which is that of the tables, and what was taken in.

    The same whether the year is asked for or found. Raises CannotRun where the months have no form or are of two
    years, NothingReported where no file says that it is of one of them.
    """
    if through and year not in {None, through.year}:
        raise CannotRun(f"年度写的是 {year}，月份写的是 {through.words}，不是同一年。请改成同一年，或只写一个。")
    months = _months(as_of, year, through, everything, office, forms)
    if form_for(forms, str(months[-1])) is None:
        raise CannotRun(f"{months[-1].words}没有可用的表式，请在 office.toml 的 editions 里登记。")
    told = _told(everything)
    if told.isdisjoint(months):
        raise NothingReported(
            f"收件夹里没有{span_of(months)}的报表，最近的一份是{max(told).words}的。"
            "请把收到的报表放进收件夹再运行；要看别的报告期，请用 --year 或 --through 写明。"
        )
    return months, forms_in(forms, months), of_year(everything, months, forms)


def lengths_of(forms: Sequence[Form]) -> tuple[int, ...]:
    """How many months the returns of each of an office's series are about, in the order in which it names its forms."""
    return tuple(dict.fromkeys(form.edition.length for form in forms))


def series(
    forms: tuple[Form, ...], length: int, through: Month | None, everything: Taken
) -> tuple[tuple[Form, ...], Taken]:
    """The forms of one of the series and what was taken in of it: of that length, of what is asked for, the first.

    Raises CannotRun where no form is of that length.
    """
    length = length or (through.length if through else lengths_of(forms)[0])
    own = tuple(form for form in forms if form.edition.length == length)
    if not own:
        raise CannotRun(f"没有可用的{WORDS[length]}表式，请在 office.toml 的 editions 里登记。")
    return own, _of_series(everything, forms, length)


def _of_series(taken: Taken, forms: Sequence[Form], length: int) -> Taken:
    """What was taken in of returns about so many months; what says no period is of the first series.

    The files that belong to another series are no matter here, nor is what was found in them.
    """
    lengths = lengths_of(forms)
    if len(lengths) == 1:
        return taken
    first = length == lengths[0]
    own = [length_of(text) == length if text else first for text in taken.returns["period"]]
    return taken.only(taken.returns[own])


def forms_in(forms: Sequence[Form], months: Sequence[Month]) -> tuple[Form, ...]:
    """The forms of these months, in their order."""
    own = (form_for(forms, str(month)) for month in months)
    return tuple({id(form): form for form in own if form}.values())


def of_year(taken: Taken, months: Sequence[Month], forms: Sequence[Form]) -> Taken:
    """The returns of the months that are reported, and those whose month is not known or has no form."""
    wanted = {*map(str, months), *(text for text in set(taken.returns["period"]) if not form_for(forms, text))}
    return taken.only(taken.returns[taken.returns["period"].isin(wanted)])


def _months(
    as_of: date, year: int | None, through: Month | None, everything: Taken, office: Office, forms: Sequence[Form]
) -> list[Month]:
    """January to the month asked for; by default the latest received, or the latest that is due.

    A return for a month without a form or yet to come (a slip in its header) decides nothing, unless there is nothing
    else.
    """
    told = _told(everything)
    if not told:
        raise NothingReported(_nobody_says(everything))
    if through:
        return list(through.so_far)
    now, length = Month(as_of.year, as_of.month), forms[0].edition.length
    sound = [period for period in told if form_for(forms, str(period)) and period.first <= now]
    year = max(sound or told).year if year is None else year
    received = [month for month in sound if month.year == year] or [month for month in told if month.year == year]
    asked = [month for month in periods_of(year, length) if form_for(forms, str(month))]
    overdue = [month for month in asked if due_day(month, office) < as_of]
    return list(max([*received, *overdue], default=periods_of(year, length)[0]).so_far)


def _told(everything: Taken) -> set[Month]:
    """The months that the files say they are of."""
    return {month for text in set(everything.returns["period"]) if (month := period_of(text))}


def _nobody_says(everything: Taken) -> str:
    """That no file says of which month it is, with what is wrong with the first of them."""
    wrong = {finding.file: finding.message for finding in reversed(everything.findings) if finding.level == "must"}
    first = [wrong[file] for file in sorted(wrong)[:NAMED]]
    more = f"还有{len(wrong) - NAMED}个文件也不能用。" if len(wrong) > NAMED else ""
    told = f"收件夹里没有一份能认出报告期的报表。{''.join(first)}{more}"
    return f"{told}请用“templates”命令发出模板，收回后再放进收件夹。"
