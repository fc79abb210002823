"""Invented history: two years of returns by fifty units, in which nothing is wrong, or what was planted.

Sizes of units and levels of lines are log-normal, so that both are skewed; a third of the lines are rare (mostly 0),
and each unit never has anything in some of them. A month's count is negative binomial around size × level × the line's
season × the unit's trend; how much it scatters beyond Poisson differs from unit to unit and line to line. What is true
and looks odd is in it too: one unit in ten doubles or halves for good, one return in fifty is of a month two to four
times as busy, one number in five hundred is that of a single campaign.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.values.periods import Month
from schemas.form import Form
from schemas.forms import read_form
from schemas.office import read_office
from schemas.rules.terms import Ref

OFFICE = read_office()
TABLES = ("T1", "T2")
YEAR = 12


def lines(form: Form) -> list[Ref]:
    """The lines that are simulated, in printed order."""
    return [Ref(*key) for key, e in form.entries.items() if e.is_input and e.table in TABLES]


def clean(random: np.random.Generator, units: int, months: int, of: int) -> np.ndarray:
    """Counts by unit, month and line."""
    size = random.lognormal(0, 1, (units, 1, 1))
    level = random.lognormal(2.5, 1.5, (1, 1, of)) * random.lognormal(0, 0.7, (units, 1, of))
    season = random.lognormal(0, 0.25, (1, YEAR, of))[:, np.arange(months) % YEAR]
    trend = np.exp(random.normal(0, 0.2, (units, 1, 1)) * np.arange(months)[None, :, None] / YEAR)
    shape = random.uniform(4, 40, (units, 1, of))
    mean = size * level * season * trend * _true_changes(random, units, months, of)
    counts = random.poisson(random.gamma(shape, mean / shape))
    rare = (random.random((1, 1, of)) < 1 / 3) & (random.random((units, months, of)) < 0.8)
    never = random.random((units, 1, of)) < 0.3
    return np.where(rare | never, 0, counts).astype("float64")


def _true_changes(random: np.random.Generator, units: int, months: int, of: int) -> np.ndarray:
    """How many times its usual level each number is for reasons of its own."""
    since = np.arange(months)[None, :, None] >= random.integers(months, size=(units, 1, 1))
    for_good = np.where(since & (random.random((units, 1, 1)) < 0.1), random.choice([0.5, 2.0], (units, 1, 1)), 1.0)
    busy = np.where(random.random((units, months, 1)) < 0.02, random.uniform(2, 4, (units, months, 1)), 1.0)
    campaign = np.where(random.random((units, months, of)) < 0.002, random.uniform(2, 6, (units, months, of)), 1.0)
    return for_good * busy * campaign


def wide_of(counts: np.ndarray, form: Form, first: Month) -> pd.DataFrame:
    """The counts as pipeline.judge.wide gives them."""
    units, months, _ = counts.shape
    periods = [str(first.plus(n)) for n in range(months)]
    names = [str(ref) for ref in lines(form)]
    frame = pd.DataFrame(counts.reshape(units * months, -1), columns=names).astype("Int64")
    every = [str(Ref(*key)) for key, e in form.entries.items() if e.is_input and e.kind == "flow"]
    frame = frame.reindex(columns=every, fill_value=0)
    codes = np.repeat([unit.code for unit in OFFICE.units[:units]], months)
    return frame.assign(unit=codes, period=periods * units, calendar_month=[int(p[-2:]) for p in periods * units])


@dataclass(frozen=True)
class Fault:
    """What was planted in which return; ``line`` is -1 where it is the whole return."""

    kind: str
    unit: int
    month: int
    line: int = -1


Plant = Callable[[np.ndarray, np.random.Generator, int, int], int | None]


def _busy(counts: np.ndarray, random: np.random.Generator, unit: int, month: int, least: int) -> int | None:
    there = np.flatnonzero(counts[unit, month] >= least)
    return int(random.choice(there)) if len(there) else None


def times(factor: int) -> Plant:
    def plant(counts: np.ndarray, random: np.random.Generator, unit: int, month: int) -> int | None:
        line = _busy(counts, random, unit, month, 3)
        if line is not None:
            counts[unit, month, line] *= factor
        return line

    return plant


def swapped(counts: np.ndarray, random: np.random.Generator, unit: int, month: int) -> int | None:
    """The first two digits swapped, as 19 for 91."""
    line = _busy(counts, random, unit, month, 10)
    if line is None:
        return None
    digits = str(int(counts[unit, month, line]))
    turned = int(digits[1] + digits[0] + digits[2:])
    counts[unit, month, line], same = turned, digits[0] == digits[1]
    return None if same else line


def last_month(counts: np.ndarray, random: np.random.Generator, unit: int, month: int) -> int | None:
    counts[unit, month] = counts[unit, month - 1]
    return -1


def another_unit(counts: np.ndarray, random: np.random.Generator, unit: int, month: int) -> int | None:
    counts[unit, month] = counts[(unit + 1 + random.integers(len(counts) - 1)) % len(counts), month]
    return -1


def shifted(counts: np.ndarray, random: np.random.Generator, unit: int, month: int) -> int | None:
    """Eight rows of one table one row down; the first has what it had."""
    first = int(random.choice([0, 7, 15, 16]))
    own = counts[unit, month]
    if (own[first : first + 8] > 0).sum() < 4:
        return None
    own[first + 1 : first + 8] = own[first : first + 7].copy()
    return -1


def year_so_far(counts: np.ndarray, random: np.random.Generator, unit: int, month: int) -> int | None:
    """The year to date reported as the month, from March on."""
    first = month - month % YEAR
    if month - first < 2:
        return None
    counts[unit, month] = counts[unit, first : month + 1].sum(axis=0)
    return -1


def silent(counts: np.ndarray, random: np.random.Generator, unit: int, month: int) -> int | None:
    counts[unit, month] = 0
    return -1


FAULTS: dict[str, Plant] = {
    "×10": times(10), "×10,000": times(10_000), "copy of last month": last_month, "copy of another unit": another_unit,
    "row shifted": shifted, "year to date as month": year_so_far, "silent": silent, "digits swapped": swapped,
}  # fmt: skip


def planted(counts: np.ndarray, random: np.random.Generator, each: int) -> list[Fault]:
    """Plant faults of every kind in returns of the last year, at most one a unit; those planted are listed."""
    months, found = counts.shape[1], []
    units = list(random.permutation(len(counts)))
    for kind, plant in FAULTS.items():
        for _ in range(each):
            line = None
            while line is None and units:
                unit, month = int(units.pop()), int(random.integers(months - YEAR, months))
                before = counts[unit, month].copy()
                line = plant(counts, random, unit, month) if (before > 0).sum() >= 5 else None
                if line is None:
                    counts[unit, month] = before
            found += [] if line is None else [Fault(kind, unit, month, line)]
    return found


def form_and_lines() -> tuple[Form, list[Ref]]:
    form = read_form("jyg-2012", OFFICE)
    return form, lines(form)
