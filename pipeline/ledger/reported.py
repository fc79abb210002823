"""Which months are reported, and what was taken in for them."""

from collections.abc import Sequence
from datetime import date

from pipeline.values.periods import Month, due_day, parse_month
from pipeline.values.taken import Taken
from schemas.form import Form, form_for
from schemas.mistake import CannotRun
from schemas.office import Office


def reported(
    as_of: date, year: int | None, through: Month | None, office: Office, forms: tuple[Form, ...], everything: Taken
) -> tuple[list[Month], Form, Taken]:
    """The months that are reported, their form, and what was taken in for them."""
    months = _months(as_of, year, through, everything, office, forms)
    form = form_for(forms, str(months[-1]))
    if form is None:
        raise CannotRun(f"{months[-1].words}没有可用的月报表式，请在 office.toml 的 editions 里登记。")
    return months, form, of_year(everything, months, forms)


def of_year(taken: Taken, months: Sequence[Month], forms: Sequence[Form]) -> Taken:
    """The returns of the months that are reported, and those whose month is not known or has no form."""
    wanted = {*map(str, months), *(text for text in set(taken.returns["period"]) if not form_for(forms, text))}
    return taken.only(taken.returns[taken.returns["period"].isin(wanted)])


def _months(
    as_of: date, asked_year: int | None, through: Month | None, taken: Taken, office: Office, forms: Sequence[Form]
) -> list[Month]:
    """January to the month asked for; by default the latest received, or the latest that is due.

    A return for a month without a form or yet to come (a slip in its header) does not decide the year, unless there is
    nothing else.
    """
    told = [month for text in set(taken.returns["period"]) if (month := parse_month(text))]
    now = Month(as_of.year, as_of.month)
    seen = [month for month in told if form_for(forms, str(month)) and month <= now] or told
    if not seen and not through and not asked_year:
        raise CannotRun("收件夹里没有一份能认出报告期的月报。请用“templates”命令发出模板，收回后再放进收件夹。")
    year = through.year if through else asked_year or max(seen).year
    last = through or max([m for m in seen if m.year == year], default=Month(year, 1))
    if through is None:
        overdue = [
            m for m in Month(year, 1).until(Month(year, 12)) if due_day(m, office) < as_of and form_for(forms, str(m))
        ]
        last = max([last, *overdue])
    return list(Month(year, 1).until(last))
