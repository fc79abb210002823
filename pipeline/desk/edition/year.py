"""A year of a form, of a few units: from the inbox to workbook, drafts and report, in a folder of its own."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.desk.edition.kinds import Kind, months_of
from pipeline.desk.edition.returns import Maker
from pipeline.desk.edition.round_trip import UNSOUND, valid
from pipeline.desk.edition.subject import HEED, MUST, Concern, Subject, named
from pipeline.desk.edition.unknowns import Unknowns
from pipeline.paper.templates import Prior
from pipeline.values.periods import Month, due_day, whole_year
from pipeline.values.screen import Screen
from pipeline.values.table import Table
from schemas.forms import read_form
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.rules.terms import Linear, Ratio, Ref
from schemas.units import units_of

UNITS = 3  # that report for the year
Numbers = Mapping[tuple[str, str], Mapping[Ref, int]]  # by unit and month


def year(subject: Subject, folder: Path) -> Iterator[Concern]:
    """What goes wrong when a year of returns that satisfy every rule goes through a run."""
    months = _months(subject)
    office = _little(subject, months, folder)
    own = replace(subject, form=read_form(subject.form.edition.id, office), office=office)
    maker = Maker(own.form, office, folder / "inbox")
    filled: dict[tuple[str, str], Mapping[Ref, int]] = {}
    for unit in office.units:
        found = _unit(own, unit.at(str(months[0])).code, months, maker)
        if found is None:
            what = f"{unit.short}一年里的数填不下去：上一期的数使这一期怎么填都违反规则"
            yield subject.concern(HEED, ("id",), what, "请核对比较上一期的规则")
            return
        filled |= found
    yield from _run(subject, own, months, folder, filled)


def _months(subject: Subject) -> list[Month]:
    """The first whole year of the form that is looked through, or what there is of it."""
    months = list(months_of(subject.form))
    whole = [
        year for year in dict.fromkeys(m.year for m in months) if whole_year([m for m in months if m.year == year])
    ]
    year = (whole or [months[0].year])[0]
    return [month for month in months if month.year == year]


def _little(subject: Subject, months: Sequence[Month], folder: Path) -> Office:
    """The office with a few of its units and this edition alone."""
    office, editions = subject.office, _editions(subject, folder)
    keepers = {code.owner for codes in office.codes.values() for code in codes}
    there = [u for u in office.units if all(u.valid(str(month)) for month in months)] or list(office.units)
    units = [unit for unit in there if unit.code not in keepers][:UNITS] or there[:UNITS]
    rows = tuple(row for unit in units for row in unit.rows)
    settings = office.settings.model_copy(update={"editions": (subject.form.edition.id,)})
    codes = {**office.codes, "units": rows}
    return office._replace(units=units_of(rows), codes=codes, settings=settings, editions=editions)


def _editions(subject: Subject, folder: Path) -> Path:
    """A folder in which the edition lies under its id, with those that it extends: its own, or a copy of all."""
    own, name, shelves = subject.file.parent, subject.form.edition.id, subject.office.shelves
    if shelves == (own,) and subject.file == own / f"{name}.toml":
        return own
    editions, places = folder / "editions", dict.fromkeys((*reversed(shelves), own))
    for place in places:
        for path in place.glob("*.toml"):
            editions.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, editions)
    shutil.copy(subject.file, editions / f"{name}.toml")
    for path in (place / subject.form.edition.report.templates for place in places):
        if subject.form.edition.report.templates and path.is_dir():
            shutil.copytree(path, editions / path.name, dirs_exist_ok=True)
    return editions


def _unit(
    subject: Subject, code: str, months: Sequence[Month], maker: Maker
) -> dict[tuple[str, str], Mapping[Ref, int]] | None:
    """Write a unit's returns, month by month; each satisfies every rule with those before. None where one cannot."""
    before: dict[tuple[str, str], int] = {}
    sent: list[Mapping[Ref, int]] = []
    unit = next(unit for unit in subject.office.units if unit.code == code)
    for month in months:
        row, asked = unit.at(str(month)), subject.form.of(str(month), code)
        known = {
            Ref(ref.table, ref.line, ref.measure, -back): value
            for back, numbers in enumerate(reversed(sent), start=1)
            for ref, value in numbers.items()
        }
        unknowns = Unknowns(subject.form, {0: asked}, known, before)
        numbers = valid(unknowns, f"{subject.form.edition.id} {code} {month}")
        if numbers is None:
            return None
        last = {(r.table, r.line): v for r, v in (sent[-1] if sent else {}).items() if r.measure == "month"}
        draft = maker.draft(Kind(row, month, asked), numbers, unknowns, prior=Prior(before, last))
        maker.write(draft, f"{month}/{row.short}_{month}.xlsx")
        counted = {Ref(*key): sum(n * numbers[k] for n, k in unknowns.counted(Ref(*key)))
                   for key, entry in asked.entries.items() if entry.derived}  # fmt: skip
        sent.append({ref: numbers[ref] for ref in unknowns.refs} | counted)
        for ref in unknowns.refs:
            if ref.measure == "year_to_date":
                before[ref.table, ref.line] = numbers[ref]
    return {(code, str(month)): numbers for month, numbers in zip(months, sent, strict=True)}


def _run(subject: Subject, own: Subject, months: Sequence[Month], folder: Path, filled: Numbers) -> Iterator[Concern]:
    """Run the year, and hold what is found and what is added up against what was filled in."""
    from pipeline.story.run import Request, run

    day = due_day(months[-1], own.office)
    request = Request(folder / "inbox", folder / "outbox", own.office, day, months[-1].year, months[-1], 0, day)
    try:
        outcome, written, _ = run(request, Screen(quiet=True))
    except CannotRun as trouble:
        what, _, remedy = str(trouble).partition("。")
        yield subject.concern(MUST, ("id",), f"试运行一年时停下了：{what}", remedy.rstrip("。") or UNSOUND)
        return
    known = {statement.rule for statement in subject.form.statements}
    for finding in outcome.findings:
        if finding.level in {"must", "verify"}:
            at = subject.rule(finding.rule) if finding.rule in known else ("id",)
            where = f"{finding.unit}{finding.period} {finding.sheet}!{finding.cell}"
            what = f"试运行一年时，{where} 报了 {finding.rule}：{finding.message.rstrip('。')}"
            yield subject.concern(MUST, at, what, UNSOUND)
    kinds = {path.suffix for path in written}
    if not {".xlsx", ".docx", ".html"} <= kinds:
        yield subject.concern(MUST, ("id",), f"试运行一年只写出了 {named(sorted(kinds))}", UNSOUND)
    yield from _sums(subject, own, outcome.tables, filled)


def _sums(subject: Subject, own: Subject, tables: Iterable[Table], filled: Numbers) -> Iterator[Concern]:
    """Every figure of flows in the annual tables that is not what was filled in."""
    places = [annual.id for annual in subject.form.edition.annual]
    for table in tables:
        at = ("annual", places.index(table.annual.id))
        for row in table.rows:
            counts = row.counts or tuple(column.counts for column in table.columns if column.counts)
            for n, (counted, answer) in enumerate(zip(counts, row.answers, strict=True)):
                column, printed = table.columns[n], answer.number
                should = _counted(own, counted, column.months or row.months, row.units, filled)
                if printed is not None and should is not None and should != printed:
                    show = table.quantity(row, n).show
                    what = (
                        f"{table.annual.id} {row.label}“{column.name}”是 {show(printed)}，按填的数应是 {show(should)}"
                    )
                    yield subject.concern(MUST, at, what, UNSOUND)


def _counted(
    subject: Subject, counted: Linear | Ratio, months: Sequence[str], units: Sequence[str] | None,
    filled: Numbers,
) -> int | None:  # fmt: skip
    """What a figure of flows must be, from what was filled in; None of anything but flows, and of a ratio over 0."""
    if any(subject.form.entry(ref).kind != "flow" or ref.shift for ref in counted.refs):
        return None
    whose = [
        numbers
        for (unit, month), numbers in filled.items()
        if (not months or month in months) and (units is None or unit in units)
    ]
    sums = counted.sums[:2] if isinstance(counted, Ratio) else (counted,)
    totals = [sum(n * numbers.get(ref, 0) for numbers in whose for n, ref in one.terms) + one.constant for one in sums]
    if isinstance(counted, Ratio):
        return counted.steps(*totals) if totals[1] else None
    return totals[0]
