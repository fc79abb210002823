"""Returns with given numbers: written as the templates are, and read back and judged as an office does."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.desk.edition.kinds import Kind
from pipeline.desk.edition.unknowns import Unknowns
from pipeline.paper.templates import Draft, Filling, Layout, Prior, Templates
from pipeline.paper.templates.draft import Value
from pipeline.values.findings import Finding
from schemas.edition import CoverField
from schemas.form import Form
from schemas.office import Office
from schemas.period import calendar_month
from schemas.rules.terms import Ref
from schemas.spoken import YES
from schemas.table import RegisterField, Table

if TYPE_CHECKING:
    from pipeline.values.taken import Taken

Numbers = Mapping[Hashable, int]
Dates = Mapping[Ref, int]  # the fields of a register, as days after the first of the month

ANSWERS = {"text": "试填", "person": "试填人", "phone": "0931-8000000", "prose": "本期没有需要说明的情况。"}


@dataclass(frozen=True)
class Overtyped(Draft):
    """A return in which numbers that the form computes were typed over."""

    typed: Mapping[Ref, int] = field(default_factory=dict)

    def value(self, ref: Ref) -> Value | None:
        """What stands in a number's cell."""
        return self.typed[ref] if ref in self.typed else super().value(ref)


@dataclass(frozen=True)
class Read:
    """A return as it was read back: what was found, and each number that is not what was written."""

    findings: tuple[Finding, ...]
    unequal: tuple[tuple[Ref, Value | None, int | None], ...]


class Maker:
    """Makes returns, and keeps what writes those that are asked the same."""

    def __init__(self, form: Form, office: Office, folder: Path) -> None:
        self.form, self.office, self.folder = form, office, folder
        self._templates: dict[int, tuple[Form, Templates]] = {}
        self._made = 0

    def layout(self, asked: Form) -> Layout:
        """Where everything stands in a template."""
        return self._maker(asked).layout

    def draft(
        self, kind: Kind, numbers: Numbers | None, unknowns: Unknowns, shift: int = 0, prior: Prior | None = None,
        dates: Dates | None = None,
    ) -> Draft:  # fmt: skip
        """A return with these numbers, by the unknowns that they are of; without numbers it is blank."""
        month = kind.month.plus(shift)
        asked = unknowns.forms[shift]
        before = prior or (Prior({}) if month.opens_year else Prior())
        values, items, cover = {}, {}, {}
        if numbers is not None:
            values = {Ref(r.table, r.line, r.measure): numbers[r] for r in unknowns.refs if r.shift == shift}
            items = {t.id: self._items(unknowns, shift, t, numbers, dates or {}) for t in self.layout(asked).registers}
            cover = {f.code: _answer(f, date(month.year, month.first.month, 1)) for f in asked.edition.cover}
        filled = {ref: value for ref, value in values.items() if self.form.entry(ref).is_input}
        filling = Filling(filled, cover, {}, items)
        plain = Draft(self.layout(asked), self.office, kind.unit, month, before, filling)
        typed = {ref: value for ref, value in values.items() if plain.value(ref) != value}
        return (
            Overtyped(plain.layout, plain.office, plain.unit, month, before, filling, plain.known, typed)
            if typed
            else plain
        )

    def write(self, draft: Draft, name: str = "") -> Path:
        """Write a return."""
        self._made += 1
        path = self.folder / (name or f"r{self._made:05d}.xlsx")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._maker(draft.layout.form).write(path, draft)
        return path

    def read(self, drafts: Sequence[Draft]) -> list[Read]:
        """Write returns, read them back and judge each by itself."""
        from pipeline.story.alone import judge

        taken, rets = self.take(drafts)
        alone = judge(taken, self.form, self.office)
        by_ret: dict[int | None, list[Finding]] = {}
        for finding in alone.findings:
            by_ret.setdefault(finding.ret, []).append(finding)
        return [
            Read((*by_ret.get(ret, ()), *by_ret.get(None, ())), tuple(self._unequal(draft, taken, ret)))
            for draft, ret in zip(drafts, rets, strict=True)
        ]

    def take(self, drafts: Sequence[Draft]) -> tuple["Taken", list[int]]:
        """Write returns and take them in; with each one's number there."""
        from pipeline.intake import Receipts, list_files, take_in

        paths = {path.name: path for path in map(self.write, drafts)}
        files, _ = list_files(paths, 0)
        taken = take_in(files, Receipts(), (self.form,), self.office, 0, _untold)
        by_name = dict(zip(taken.returns["file"], taken.returns["ret"], strict=True))
        return taken, [int(by_name[name]) for name in paths]

    def _maker(self, asked: Form) -> Templates:
        if id(asked) not in self._templates:
            self._templates[id(asked)] = asked, Templates(Layout(asked))
        return self._templates[id(asked)][1]

    def _unequal(self, draft: Draft, taken: "Taken", ret: int) -> list[tuple[Ref, Value | None, int | None]]:
        """The numbers that were read as others."""
        own = taken.rows[taken.rows["ret"] == ret]
        values = own["value"].astype(object).where(own["value"].notna(), None)
        keys = zip(own["table"], own["line"], own["measure"], strict=True)
        found = {Ref(*key): number for key, number in zip(keys, values, strict=True)}
        every = (ref for _, refs in draft.layout.form.filled_in for ref in refs)
        numbers = [(ref, draft.value(ref), found.get(ref)) for ref in every]
        items = taken.items[(taken.items["ret"] == ret) & (taken.items["field"] != "")]
        for table, rows in draft.filling.items.items():
            there = items.loc[items["table"] == table, "row"].nunique()
            numbers.append((Ref(table, "rows"), len(rows), int(there)))
        return [(ref, written, read) for ref, written, read in numbers if written != read]

    def _items(
        self, unknowns: Unknowns, shift: int, table: Table, numbers: Numbers, dates: Dates
    ) -> list[dict[str, str | date]]:
        """The items of a register that are counted as the numbers say; the first has these ``dates``."""
        month = unknowns.forms[shift].month or ""
        rows: list[dict[str, str]] = []
        for at, own, combos in unknowns.groups:
            if (at, own.id) == (shift, table.id):
                several = [dict(zip(c[3], c[4], strict=True)) for c in combos for _ in range(numbers[c])]
                rows = [{**row, **more} for row, more in zip(rows or [{} for _ in several], several, strict=True)]
        first = date(int(month[:4]), calendar_month(month), 1)
        days = {ref.line: day for ref, day in dates.items() if ref.table == table.id}
        return [
            {f.code: self._text(f, row, n, first, days) for f in table.fields} for n, row in enumerate(rows, start=1)
        ]

    def _text(
        self, asked: RegisterField, row: Mapping[str, str], n: int, first: date, days: Mapping[str, int]
    ) -> str | date:
        if asked.kind == "date":
            return date.fromordinal(first.toordinal() + (days.get(asked.code, 0) if n == 1 else 0))
        if asked.kind == "text":
            return f"{asked.name}{n}"
        month = f"{first:%Y-%m}"
        names = {code.code: code.name for code in self.form.codes[asked.codes] if code.valid(month)}
        return names.get(row.get(asked.code, ""), "")


def _untold(*_: int) -> None:
    """How far the reading is, which nobody is told."""


def _answer(asked: CoverField, day: date) -> str:
    """Something that a field of the cover takes."""
    if asked.choices:
        usable = [choice for choice in asked.choices if not asked.role or choice != YES]
        return usable[0] if usable else ""
    return day.isoformat() if asked.kind == "date" else ANSWERS[asked.kind]
