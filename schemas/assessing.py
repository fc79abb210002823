"""What an edition lets units be assessed by, bound to the lines and registers of its form."""

from schemas.entry import Entry
from schemas.form import Form
from schemas.rules.parse import Misspelt
from schemas.rules.terms import ITEM, Ref


def breadth_of(form: Form) -> tuple[Entry, ...]:
    """The lines of which it is counted how many a unit uses. Raises Misspelt."""
    asked = form.edition.assessment.breadth
    refs = [ref for linear in form.expression(asked.of) for ref in linear.refs] if asked else []
    return tuple(form.entry(ref) for ref in refs)


def delay_of(form: Form) -> tuple[Ref, Ref] | None:
    """The two dates of a register's items that a delay lies between, or None. Raises Misspelt."""
    asked = form.edition.assessment.delay
    if asked is None:
        return None
    lines = [ref for text in (asked.begins, asked.ends) for ref in form.expression(text)[0].refs]
    if len(lines) != 2:
        raise Misspelt("begins 和 ends 各写一个日期栏")
    begins, ends = lines
    if {begins.measure, ends.measure} != {ITEM} or begins.table != ends.table:
        raise Misspelt("要写同一张台账的两个日期栏")
    return begins, ends
