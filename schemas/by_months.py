"""What lines of a yearly form are told by lines of the monthly one: so that nothing is asked twice."""

from collections.abc import Iterator, Mapping, Sequence

from schemas.codes import EVER
from schemas.edition import Edition
from schemas.entry import Entry
from schemas.form import Form
from schemas.lineage import Key
from schemas.mistake import nearest
from schemas.quantity import NoMultiple, Quantity
from schemas.rules.parse import Misspelt
from schemas.rules.terms import Linear
from schemas.table import Table
from schemas.toml_lines import Location

KINDS = {"flow": "期内发生数（flow）", "stock": "期末数（stock）", "opening": "期初数（opening）"}


def sums_by_months(form: Form, shorter: Form) -> Mapping[Key, tuple[Linear, Quantity]]:
    """By line of a form what tells it of one of shorter periods, and what that is counted in. Raises Misspelt."""
    sums = {key: _sum(entry, shorter) for key, entry in form.entries.items() if entry.from_months}
    return {key: (linear, shorter.quantity(linear)) for key, linear in sums.items()}


def _sum(entry: Entry, shorter: Form) -> Linear:
    """The sum that tells a line. Raises Misspelt of several, of none, of another unit and of another kind."""
    text = entry.from_months
    sums = shorter.numbers(text)
    if len(sums) != 1:
        raise Misspelt(f"“{text}”是 {len(sums)} 个数，这里写一个数，合计写成 sum({text})")
    if not sums[0].refs:
        raise Misspelt(f"“{text}”里没有指标，要写较短表式的行，如 T2.10")
    try:
        entry.quantity.brought(1, shorter.quantity(sums[0]))
    except NoMultiple as error:
        raise Misspelt(str(error)) from None
    for other in map(shorter.entry, sums[0].refs):
        if other.kind != entry.kind:
            told = f"“{other.label}”（{other.table}.{other.code}）是{KINDS[other.kind]}，这里要{KINDS[entry.kind]}"
            raise Misspelt(f"{told}，由它推不出。请改成同一种数，或删去 from_months，仍请单位填")
    return sums[0]


def idle_months(edition: Edition) -> Iterator[tuple[Location, str]]:
    """What a form says is told by months, and cannot be: it is monthly itself, or has no such column."""
    for t, table in enumerate(edition.tables):
        columns = [column.code for column in table.columns]
        for n, row in enumerate(table.own_rows):
            for code in (code for code in row.from_months if code not in columns):
                what = f"“{row.name}”的 from_months 写了“{code}”栏，这张表没有，{nearest(code, columns)}"
                yield ("table", t, "row", n, "from_months"), what
        for place, text in _told(table) if edition.length == 1 else ():
            what = f"月报没有更短的表式可以推出它，用不上 from_months（写了“{text}”），请删去"
            yield ("table", t, *place, "from_months"), what


def _told(table: Table) -> Iterator[tuple[Location, str]]:
    """What a table, its lines and its rows say they are told by, with the place of each in the table."""
    yield from [((), table.from_months)] if table.from_months else ()
    yield from ((("line", n), line.from_months) for n, line in enumerate(table.lines) if line.from_months)
    for n, row in enumerate(table.own_rows):
        yield from ((("row", n), text) for text in row.from_months.values())


def shorter_of(forms: Sequence[Form], form: Form) -> list[Form]:
    """The forms of shorter periods that are in force while this one is, those of the shortest first."""
    found = [one for one in forms if one.edition.length < form.edition.length and _meet(one.edition, form.edition)]
    return sorted(found, key=lambda one: one.edition.length)


def _meet(one: Edition, other: Edition) -> bool:
    first = max(edition.valid.first or "" for edition in (one, other))
    return first <= min(edition.valid.last or EVER for edition in (one, other))


def wrong_by_months(forms: Sequence[Form]) -> Iterator[tuple[int, Location, str]]:
    """What is wrong in what editions say they are told by; without a form of shorter periods nothing is."""
    for n, form in enumerate(forms):
        shortest = shorter_of(forms, form)
        for shorter in (one for one in shortest if one.edition.length == shortest[0].edition.length):
            for t, table in enumerate(form.edition.tables):
                for entry in (one for one in form.table(table.id) if one.from_months):
                    try:
                        _sum(entry, shorter)
                    except Misspelt as error:
                        whose = "" if _is_own(table, entry) else f"（{entry.label}）"
                        yield n, ("table", t, *_place(table, entry)), f"表式 {shorter.edition.id}：{error}{whose}"


def _is_own(table: Table, entry: Entry) -> bool:
    """Whether a line says itself what tells it, not its table."""
    return entry.from_months != f"{table.from_months}.{entry.code}"


def _place(table: Table, entry: Entry) -> Location:
    """Where in its table it is said what tells a line."""
    if not _is_own(table, entry):
        return ("from_months",)
    codes = [row.code for row in table.own_rows] if entry.row else [line.code for line in table.lines]
    key, code = ("row", entry.row) if entry.row else ("line", entry.code)
    return (key, codes.index(code), "from_months", *([entry.column] if entry.row else []))
