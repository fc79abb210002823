"""What needs one quantity though several sums make it: a column of an annual table by codes, a headline figure."""

from collections.abc import Sequence

from schemas.annual import Column, Headline
from schemas.edition import Agreement, Rule
from schemas.form import Form
from schemas.quantity import NoMultiple, Quantity
from schemas.rules.parse import Misspelt
from schemas.rules.terms import ITEM, Linear, Ref

ROW = "{row}"  # what stands for the code in a column's ``of``


def by_code(form: Form, column: Column, codes: Sequence[str]) -> list[tuple[Quantity, tuple[Linear, ...]]]:
    """The columns that one of an annual table by codes makes: its quantity, and its sum in each row.

    Raises Misspelt where the rows cannot be added up.
    """
    if ROW not in column.of + column.over:
        raise Misspelt(f"按代码分的表，各行用 {ROW} 区分，如 T8.{ROW}_charged；没有它，每一行都是同一个数")
    return [form.together(sums) for sums in sums_by_row(form, column.of, codes)]


def sums_by_row(form: Form, text: str, codes: Sequence[str]) -> list[tuple[Linear, ...]]:
    """What an expression comes to, by column its sum in the row of each code. Raises Misspelt."""
    rows = [form.numbers(text.replace(ROW, code)) for code in codes]
    if len(set(map(len, rows))) > 1:
        raise Misspelt("各行的栏数不同")
    return list(zip(*rows, strict=True))


def headline_of(form: Form, headline: Headline) -> tuple[Quantity, Linear]:
    """A headline figure: what it is counted in, and its sum; it is told in the unit of its lines, as everywhere else.

    Raises Misspelt where the form calls it by a unit of another size.
    """
    linear = form.numbers(headline.of)[0]
    own = form.quantity(linear)
    try:
        alike = Quantity(headline.unit, own.decimals).is_as_large_as(own)
    except NoMultiple:  # a word for the same thing
        alike = True
    if not alike:
        raise Misspelt(f"“{headline.of}”以“{own.unit}”计，这里的单位写了“{headline.unit}”，请改成“{own.unit}”")
    return own, linear


def answered(form: Form, rule: Rule) -> None:
    """Raises Misspelt where a rule about numbers is to be answered at a date of a register."""
    ref = form.expression(rule.at)[0].refs[0]
    if ref.measure == ITEM and not rule.holds.startswith("each row"):
        raise Misspelt("at 要写表里填数的一行，不能写台账的日期栏")


def unlike(form: Form, agreement: Agreement) -> None:
    """Raises Misspelt where an agreement compares what its mode has no comparison for."""
    left, right = form.expression(agreement.left), agreement.right
    refs = {ref for linear in left for ref in linear.refs}
    if agreement.remainder and (agreement.each or agreement.mode != "equal"):
        raise Misspelt("remainder 只用于总数和各部分之和的核对，请删去")
    if agreement.mode == "months":
        months = {ref for linear in form.expression(right) for ref in linear.refs}
        if {ref.measure for ref in refs} != {"year_to_date"} or {ref.measure for ref in months} != {"month"}:
            raise Misspelt('mode = "months" 左边写本年累计（如 T1.*:year_to_date），右边写各月的数（如 T1.*）')
    owned_codes = (
        {e.column for e in form.table(right)} if agreement.mode == "owner" else set()
    )  # none where nobody owns
    if owned_codes and owned_codes.isdisjoint(ref.line for ref in refs):
        raise Misspelt(f"表 {right} 的各栏里没有“{agreement.left}”的代码，左边要写那张表记的是哪些行")


def owned(form: Form, agreement: Agreement, claim: Linear) -> Quantity:
    """What a claim and the record of the unit that owns its code are compared in. Raises Misspelt of unlike units."""
    cells = (e for e in form.table(agreement.right) if e.column == claim.refs[0].line)
    return form.quantity(claim, Linear(tuple((1, Ref(e.table, e.code)) for e in cells)))
