"""The rules that a template can ask: those of which it has, or is told, every number."""

from pipeline.paper.templates.layout import Layout
from schemas.rules.terms import Ref, Statement


def stated(layout: Layout) -> tuple[Statement, ...]:
    """The statements about a return of the layout's month, of which every number stands in it or is counted there.

    What compares it with another period has to have all its lines in this one too: a sum without one is another.
    """
    form, month = layout.form, layout.form.month
    whole = {statement.key: statement for statement in form.whole.statements if statement.spans_months}
    own = (s for s in form.statements if s.scope == "return" and month and s.speaks_of(month))
    return tuple(
        s
        for s in own
        if all(_is_here(layout, ref) for ref in s.refs)
        and (not s.spans_months or len(s.refs) == len(whole[s.key].refs))
    )


def _is_here(layout: Layout, ref: Ref) -> bool:
    entry = layout.form.entries.get((ref.table, ref.line))
    if entry is None or (ref.measure != "month" and ref.measure not in entry.measures):
        return False
    return bool(ref.shift) or entry.derived or (ref.table, ref.line) in layout.places
