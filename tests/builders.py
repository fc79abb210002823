"""Builders: a desk to which units send returns, and the demonstration year."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pipeline.desk.demo import build_demo, read_plan
from pipeline.intake.receipts import COPY
from pipeline.paper.templates import Draft, Filling, Layout, Prior, Templates
from pipeline.story.run import Request, examine, run
from pipeline.tables.outcome import Outcome
from pipeline.values.files import sha256
from pipeline.values.known import Known
from pipeline.values.periods import Month, due_day
from schemas.form import Form, form_for
from schemas.forms import forms_of
from schemas.office import Office, read_office
from schemas.period import period_of
from schemas.rules.terms import Ref
from schemas.units import UnitRow, units_of

COVER = {
    "zero": "否", "secrecy": "已逐条审查", "analysis": "本月无特殊情况", "head": "甲", "reviewer": "乙",
    "filler": "丙", "phone": "0937-6320000", "date": "2012-02-03",
}  # fmt: skip


# What many desks have in common, by the identity of the office or the form, which is kept with it.
BOUND: dict[int, tuple[Office, tuple[Form, ...]]] = {}
MAKERS: dict[int, tuple[Form, Templates]] = {}
OTHERS: dict[tuple[int, str], tuple[Office, Office]] = {}


@cache
def the_city() -> Office:
    """The office that a desk is of unless another is given; nobody changes it, but for a copy."""
    return read_office()


@cache
def a_little_office() -> Office:
    """The city with two units and the two first tables of its form, for what does not depend on what is asked."""
    city = read_office(editions=Path(__file__).parent / "little")
    settings = city.settings.model_copy(update={"editions": ("little",)})
    return city._replace(units=city.units[:2], settings=settings)


class Quiet:
    """A screen that shows nothing."""

    @contextmanager
    def stage(self, title: str) -> Iterator[Callable[[int, int], object]]:
        yield lambda done, whole: None


def sound(form: Form) -> dict[Ref, int | str]:
    """The values of a return that satisfies every rule."""
    values: dict[Ref, int | str] = {Ref(*key): 0 for key, entry in form.entries.items() if entry.is_input}
    category = "T1.208" if ("T1", "208") in form.entries else "T1.203"
    for text, value in (
        ("T1.102", 4), ("T1.103", 6), ("T1.202", 7), (category, 3), ("T2.01", 10), ("T2.02", 8), ("T2.03", 1),
        ("T2.04", 5), ("T2.05", 120), ("T2.06", 9), ("T2.07", 2), ("T2.08", 7),
    ):  # fmt: skip
        values[ref(form, text)] = value
    return values


def sound_items(form: Form, month: Month, values: Mapping[Ref, int | str]) -> list[dict[str, str | date]]:
    """The items of a register that counts to the numbers of the return (to none where they are no numbers)."""
    categories = _names(form, "T1.categories", values)
    channels = _names(form, "T1.channels", values) + [""] * len(categories)
    day = date(month.year, month.month, 12)
    return [
        {"title": f"第{n}号", "category": category, "channel": channel, "made": day, "disclosed": day,
         "reviewer": "丁", "reviewed": day}
        for n, (category, channel) in enumerate(zip(categories, channels, strict=False), start=1)
    ]  # fmt: skip


def _names(form: Form, block: str, values: Mapping[Ref, int | str]) -> list[str]:
    counted = [(form.entry(r).name, values.get(r)) for r in form.expression(f"sum({block})")[0].refs]
    return [name for name, count in counted if isinstance(count, int) for _ in range(count)]


def ref(form: Form, text: str) -> Ref:
    """The line that a text names, as T2.01, T2.01:year_to_date or T7.620200-025_102."""
    name, _, measure = text.partition(":")
    table, _, line = name.partition(".")
    return Ref(table, line, measure or "month") if (table, line) in form.entries else form.expression(text)[0].refs[0]


@dataclass
class Desk:
    """An office's desk below ``folder``: units send returns, then the office runs the pipeline."""

    folder: Path
    office: Office = field(default_factory=the_city)
    receipts: list[tuple[str, str, str, str]] = field(default_factory=list)
    cumulative: dict[tuple[str, str], dict[tuple[str, str], int]] = field(default_factory=dict)

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def outbox(self) -> Path:
        return self.folder / "outbox"

    def forms(self) -> tuple[Form, ...]:
        """The office's forms, bound once for all of its desks."""
        if id(self.office) not in BOUND:
            BOUND[id(self.office)] = self.office, forms_of(self.office)
        return BOUND[id(self.office)][1]

    def form(self, month: str = "2012-01") -> Form:
        form = form_for(self.forms(), month)
        assert form
        return form

    def layout(self, month: str = "2012-01", unit: str = "市卫生局") -> Layout:
        return self.templates(month, unit).layout

    def templates(self, month: str = "2012-01", unit: str = "市卫生局") -> Templates:
        """What writes the unit's return; made once for all units that are asked the same."""
        asked = self.form(month).of(month, self.unit(unit).code)
        if id(asked) not in MAKERS:
            MAKERS[id(asked)] = asked, Templates(Layout(asked))
        return MAKERS[id(asked)][1]

    def unit(self, name: str, month: str = "") -> UnitRow:
        """The unit that was called so at some time, as it was called in the month, by default as it was called so."""
        called = ((unit, row) for unit in self.office.units for row in unit.rows)
        unit, row = next((unit, row) for unit, row in called if name in row.names)
        return unit.at(month) if month else row

    def cell(self, text: str, month: str = "2012-01", unit: str = "市卫生局") -> tuple[str, str]:
        """Sheet and cell of a line: desk.cell("T2.10") == ("基本情况", "D17")."""
        layout, at = self.layout(month, unit), ref(self.form(month), text)
        sheet = layout.places[at.table, at.line].sheet
        return sheet, layout.cell(at, sheet=sheet)

    def send(
        self,
        unit: str = "市卫生局",
        month: str = "2012-01",
        changes: Mapping[str, int | str | None] | None = None,
        *,
        cover: Mapping[str, str] | None = None,
        notes: Mapping[str, str] | None = None,
        received: str = "",
        name: str = "",
        prior: Prior | None = None,
        edit: Callable[[Path], object] | None = None,
        items: Sequence[Mapping[str, str | date]] | None = None,
        known: Known | None = None,
    ) -> Path:
        """A unit sends a return: sound but for ``changes`` (by line; None leaves the cell blank) and ``edit``.

        Without ``items`` its register counts to its numbers.

        Without ``prior`` the office knows the cumulative figures of what was sent before.
        """
        period, layout = period_of(month), self.layout(month, unit)
        assert period
        values = sound(layout.form)
        for text, value in (changes or {}).items():
            values.pop(ref(layout.form, text), None)
            if value is not None:
                values[ref(layout.form, text)] = value
        before = prior or self.prior(unit, month)
        told = {(r.table, r.line): note for text, note in (notes or {}).items() if (r := ref(layout.form, text))}
        listed = {"T6": sound_items(layout.form, period, values) if items is None else items}
        filling = Filling(values, {**COVER, **(cover or {})}, told, listed)
        draft = Draft(layout, self.office, self.unit(unit, month), period, before, filling, known or Known())
        path = self.inbox / (name or f"{month}/{unit}_{month}.xlsx")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.templates(month, unit).write(path, draft)
        if before.cumulative is not None:
            self.cumulative[self.unit(unit).code, month] = {
                key: value
                for key, entry in layout.form.entries.items()
                if entry.is_input and isinstance(value := draft.cumulative(key), int)
            }
        if edit:
            edit(path)
        self.receive(path, received or due_day(period, self.office).isoformat())
        return path

    def prior(self, unit: str, month: str) -> Prior:
        """The unit's cumulative figures as of the latest return sent for an earlier month of the year."""
        code = self.unit(unit).code
        sent = [m for u, m in self.cumulative if u == code and m[:4] == month[:4] and m < month]
        return Prior(self.cumulative[code, max(sent)] if sent else {})

    def receive(self, path: Path, day: str) -> None:
        """Enter a file of the inbox in the receipts book: a run a day, which saw all that came on that day together."""
        data = path.read_bytes()
        self.receipts.append((sha256(data), path.relative_to(self.inbox).as_posix(), day, str(len(data))))
        copy = self.outbox / COPY
        seen = len(copy.read_text("utf-8-sig").split()) - 1 if copy.exists() else 0
        self.receipts[seen:] = sorted(self.receipts[seen:], key=itemgetter(2))
        lines = ["sha256,name,first_seen,bytes"]
        for _, rows in groupby(self.receipts, key=itemgetter(2)):
            lines += ["", *(",".join(row) for row in rows)]
        (self.inbox / "收件登记.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8-sig", newline="")

    def request(self, as_of: str = "2012-01-31", through: str = "") -> Request:
        request = Request(
            self.inbox, self.outbox, self.office, date.fromisoformat(as_of),
            through=period_of(through) if through else None, workers=0, today=date.fromisoformat(as_of),
        )  # fmt: skip
        vars(request)["forms"] = self.forms()  # as a run would bind them, but once
        return request

    def examine(self, as_of: str = "2012-01-31", through: str = "") -> Outcome:
        """What a run on that day finds. As of the last of January nothing is overdue, so only what was sent is spoken of."""
        return examine(self.request(as_of, through), Quiet())

    def run(self, as_of: str = "2012-01-31", through: str = "") -> tuple[Outcome, Path]:
        """A whole run; the outcome and the workbook."""
        outcome, written, _ = run(self.request(as_of, through), Quiet())
        return outcome, written[0]


def office_of(office: Office, rows: Iterable[UnitRow]) -> Office:
    """The office with other units: the same office for the same ones, whose forms are bound once."""
    units = tuple(rows)
    known = id(office), repr(units)
    if known not in OTHERS:
        other = office._replace(units=units_of(units), codes={**office.codes, "units": units})
        OTHERS[known] = office, other
    return OTHERS[known][1]


def complaints(outcome: Outcome) -> list[tuple[str, str, str]]:
    """The findings as (rule, sheet, cell), in order."""
    return [(f.rule, f.sheet, f.cell) for f in outcome.findings]


def settled(outcome: Outcome) -> bool:
    """Whether nothing waits of what has come: what is lacking is not due yet."""
    return not outcome.open_findings and not outcome.open_differences


def demo_year(folder: Path, office: Office | None = None) -> Outcome:
    """Build and run an office's demonstration year in ``folder``: by default that of the office jyg."""
    office = office or read_office()
    plan = read_plan(office)
    form = form_for(forms_of(office), f"{plan.year}-12")
    assert form
    build_demo(folder, plan, form, office, lambda done, whole: None)
    outcome, *_ = run(Request(folder / "inbox", folder / "outbox", office, plan.as_of, workers=0), Quiet())
    return outcome
