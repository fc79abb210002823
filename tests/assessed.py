"""Four months of three departments: two send what is right and in time, the third does not."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from pipeline.tables.outcome import Outcome
from pipeline.values.periods import Month
from schemas.form import Form
from schemas.office import Office, read_office
from tests.builders import Desk, sound, sound_items

MONTHS = ("2012-01", "2012-02", "2012-03", "2012-04")


@cache
def small_office() -> Office:
    """An office of three departments, which four months are enough to assess."""
    office = read_office()
    limits = office.settings.thresholds.model_copy(update={"assessed_returns": 4})
    settings = office.settings.model_copy(update={"thresholds": limits})
    units = [unit for unit in office.units if unit.short in {"市教育局", "市科技局", "市卫生局"}]
    return office._replace(settings=settings, units=tuple(units))


def slow(form: Form, month: Month, days: int) -> list[Mapping[str, str | date]]:
    """The items of a sound return, disclosed so many days after they were made."""
    items = sound_items(form, month, sound(form))
    return [{**item, "disclosed": date(month.year, month.month, 12 + days)} for item in items]


def four_months(folder: Path) -> Outcome:
    """市卫生局 is late, sent back once, missing, and leaves a question open; 市科技局 discloses slowly. May is not due."""
    desk = Desk(folder, small_office())
    for n, month in enumerate(MONTHS):
        own = {"T2.05": 100 + n}  # no two months are the same
        desk.send("市教育局", month, own)
        desk.send("市科技局", month, own, items=slow(desk.form(), Month(2012, 1 + n), 1 + n))
    desk.send("市卫生局", "2012-01", received="2012-02-09")
    desk.send("市卫生局", "2012-02", {"T2.02": 11, "T2.05": 101}, name="first.xlsx")
    desk.send("市卫生局", "2012-02", {"T2.05": 101}, name="second.xlsx", received="2012-03-20")
    desk.send("市卫生局", "2012-04", {"T2.05": 0, "T1.202": 6, "T1.204": 1}, received="2012-05-03")
    outcome, _ = desk.run("2012-05-20", "2012-05")
    return outcome
