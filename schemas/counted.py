"""What needs one quantity though several sums make it: a column of an annual table by codes, a headline figure."""

from collections.abc import Sequence

from schemas.annual import Column, Headline
from schemas.edition import Agreement
from schemas.form import Form
from schemas.quantity import NoMultiple, Quantity
from schemas.rules.parse import Misspelt
from schemas.rules.terms import Linear, Ref

ROW = "{row}"  # what stands for the code in a column's ``of``


def by_code(form: Form, column: Column, codes: Sequence[str]) -> list[tuple[Quantity, tuple[Linear, ...]]]:
    """The columns that one of an annual table by codes makes: its quantity, and its sum in each row.

    Raises Misspelt where the rows cannot be added up.
    """
    return [form.together(sums) for sums in sums_by_row(form, column.of, codes)]


def sums_by_row(form: Form, text: str, codes: Sequence[str]) -> list[tuple[Linear, ...]]:
    """What an expression comes to, by column its sum in the row of each code. Raises Misspelt."""
    rows = [form.numbers(text.replace(ROW, code)) for code in codes]
    if len(set(map(len, rows))) > 1:
        raise Misspelt("各行的栏数不同")
    return list(zip(*rows, strict=True))


def headline_of(form: Form, headline: Headline) -> tuple[Quantity, Linear]:
    """A headline figure: what it is called and counted in, and its sum. Raises Misspelt of a unit of another size."""
    linear = form.numbers(headline.of)[0]
    own = form.quantity(linear)
    quantity = Quantity(headline.unit, own.decimals)
    try:
        alike = quantity.is_as_large_as(own)
    except NoMultiple:  # a word for the same thing
        alike = True
    if not alike:
        raise Misspelt(f"“{headline.of}”以“{own.unit}”计，这里的单位写了“{headline.unit}”，请改成“{own.unit}”")
    return quantity, linear


def owned(form: Form, agreement: Agreement, claim: Linear) -> Quantity:
    """What a claim and the record of the unit that owns its code are compared in. Raises Misspelt of unlike units."""
    cells = (e for e in form.table(agreement.right) if e.column == claim.refs[0].line)
    return form.quantity(claim, Linear(tuple((1, Ref(e.table, e.code)) for e in cells)))
