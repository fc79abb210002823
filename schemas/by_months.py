"""What lines of a yearly form are told by lines of the monthly one: so that nothing is asked twice."""

from collections.abc import Iterator, Mapping, Sequence

from schemas.form import Form
from schemas.lineage import Key
from schemas.quantity import NoMultiple, Quantity
from schemas.rules.parse import Misspelt
from schemas.rules.terms import Linear
from schemas.toml_lines import Location


def sums_by_months(form: Form, shorter: Form) -> Mapping[Key, tuple[Linear, Quantity]]:
    """By line of a form what tells it of one of shorter periods, and what that is counted in. Raises Misspelt."""
    told = ((key, entry) for key, entry in form.entries.items() if entry.from_months)
    sums = {key: _sum(entry.from_months, entry.quantity, shorter) for key, entry in told}
    return {key: (linear, shorter.quantity(linear)) for key, linear in sums.items()}


def _sum(text: str, quantity: Quantity | None, shorter: Form) -> Linear:
    """The sum that tells a line. Raises Misspelt of several, and of another unit."""
    sums = shorter.numbers(text)
    if len(sums) != 1:
        raise Misspelt(f"“{text}”是 {len(sums)} 个数，这里写一个数，合计写成 sum({text})")
    try:
        if quantity is not None:
            quantity.brought(1, shorter.quantity(sums[0]))
    except NoMultiple as error:
        raise Misspelt(str(error)) from None
    return sums[0]


def wrong_by_months(forms: Sequence[Form]) -> Iterator[tuple[int, Location, str]]:
    """What is wrong in what editions say they are told by; without a form of shorter periods nothing is."""
    for n, form in enumerate(forms):
        shorter = next((other for other in forms if other.edition.length < form.edition.length), None)
        if shorter is None:
            continue
        yield from ((n, at, told) for at, told in _wrong_tables(form, shorter))
        for t, table in enumerate(form.edition.tables):
            for key, part, text in (
                *(("line", i, line.from_months) for i, line in enumerate(table.lines)),
                *(("row", i, text) for i, row in enumerate(table.own_rows) for text in row.from_months.values()),
            ):
                try:
                    _ = _sum(text, None, shorter) if text else None
                except Misspelt as error:
                    yield n, ("table", t, key, part, "from_months"), f"表式 {shorter.edition.id}：{error}"


def _wrong_tables(form: Form, shorter: Form) -> Iterator[tuple[Location, str]]:
    """The first number of a table that its table of the shorter form does not tell."""
    for t, table in enumerate(form.edition.tables):
        for entry in form.table(table.id) if table.from_months else ():
            try:
                _ = _sum(entry.from_months, entry.quantity, shorter) if entry.is_input else None
            except Misspelt as error:
                told = f"表式 {shorter.edition.id}：{error}（{entry.label}）"
                yield ("table", t, "from_months"), told
                break
