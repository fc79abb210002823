"""A county whose towns send their yearly return on the national forms, as a clerk would type it in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.paper.templates import Filling
from pipeline.paper.templates.draft import Draft, Number, Prior
from pipeline.tables.outcome import Outcome
from pipeline.values.periods import Period
from schemas.office import Office, read_office
from schemas.period import period_of
from schemas.rules.terms import Ref
from tests.builders import Desk, ref
from tests.pipeline.overtype import overtype

HERE = Path(__file__).parent
COVER = {"zero": "否", "head": "甲", "filler": "丙", "phone": "0937-0000000", "date": "2022-01-20"}
# A town's year as reports print it: 25 applications and 1 carried over, 24 answered, 2 still open.
TOWN: Mapping[str, Number] = {
    "T21.2012_made": 3, "T21.2012_ended": 1, "T21.2012_valid": 12, "T22.2051_done": 40, "T23.2061_done": 6,
    "T24.2081_paid": 125_000, "T3.301_p": 20, "T3.301_c": 5, "T3.302_p": 1, "T3.311_p": 9, "T3.311_c": 3,
    "T3.312_p": 2, "T3.3131_p": 1, "T3.3141_p": 5, "T3.3151_p": 2, "T3.3161_p": 1, "T3.3163_c": 1,
    "T3.304_p": 1, "T3.304_c": 1, "T4.40_1": 2, "T4.41_4": 1,
}  # fmt: skip


def county(editions: Path | None = None) -> Office:
    """The county's office."""
    return read_office(HERE / "office", editions) if editions else read_office(HERE / "office")


def send(
    desk: Desk, unit: str, period: str, numbers: Mapping[str, Number | None],
    emptied: Sequence[str] = (), typed: Mapping[str, int] | None = None, cover: Mapping[str, str] | None = None,
) -> Path:  # fmt: skip
    """A unit sends a return with these numbers, everything else left empty; ``emptied`` are sums without a number.

    ``typed`` are numbers that were typed over what the form computes.
    """
    when = period_of(period)
    assert isinstance(when, Period)
    templates = desk.templates(period, unit)
    layout = templates.layout
    values = {ref(layout.form, text): value for text, value in numbers.items() if value is not None}
    filling = Filling(values, {**{f.code: COVER.get(f.code, "有") for f in layout.form.edition.cover}, **(cover or {})})
    path = desk.inbox / period / f"{unit}_{period}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    prior = Prior({}) if when.opens_year else desk.prior(unit, period)
    draft = Draft(layout, desk.office, desk.unit(unit, period), when, prior, filling)
    templates.write(path, draft)
    code = desk.unit(unit).code
    desk.cumulative[code, period] = {
        key: total
        for key, e in layout.form.entries.items()
        if e.is_input and isinstance(total := draft.cumulative(key), int)
    }
    changes: dict[str, dict[str, int | None]] = {}
    for text, value in (dict.fromkeys(emptied) | dict(typed or {})).items():
        place = layout.places[(at := ref(layout.form, text)).table, at.line]
        changes.setdefault(place.sheet, {})[layout.cell(Ref(at.table, at.line), sheet=place.sheet)] = value
    for sheet, cells in changes.items():
        overtype(sheet, **cells)(path)
    desk.receive(path, str(when.last.plus(1)) + "-20")
    return path


def told(outcome: Outcome) -> list[tuple[str, str, str]]:
    """What must be done something about: rule, sheet, cell."""
    return [(f.rule, f.sheet, f.cell) for f in outcome.findings if f.level in {"must", "verify"}]


def printed(outcome: Outcome, table: str, row: str, column: str) -> int | None:
    """A figure of an annual table, by its names."""
    found = next(one for one in outcome.tables if one.annual.id == table)
    at = [one.name for one in found.columns].index(column)
    return next(one for one in found.rows if one.label == row).answers[at].number
