"""A return on the form of other years: told by its headings, whatever year stands in its head."""

from collections.abc import Sequence

from pipeline.intake.book import Book
from pipeline.intake.plan import Plan, bare, plan_of
from schemas.form import Form

ENOUGH = 2  # headings of another form, none of the right one's own, that tell it


def other_form(book: Book, form: Form, forms: Sequence[Form]) -> tuple[Form, str] | None:
    """The form of other years that a file is filled in on, with a heading by which it is known; None where it is not.

    What stands in both forms tells nothing; where a heading of the right form's own stands there too, it is that form.
    """
    own = _heads(plan_of(form))
    others = [one for one in forms if one is not form and one.edition.length == form.edition.length]
    apart = {id(one): _heads(plan_of(one)) - own for one in others}
    if not any(len(heads) >= ENOUGH for heads in apart.values()):
        return None
    there = [bare(cell) for rows in book.sheets.values() for row in rows for cell in row if isinstance(cell, str)]
    seen = dict.fromkeys(there)
    for one in others:
        known = [text for text in seen if text in apart[id(one)]]
        right = [text for text in seen if text in own - _heads(plan_of(one))]
        if len(known) >= ENOUGH and not right:
            return one, known[0]
    return None


def _heads(plan: Plan) -> frozenset[str]:
    """The headings of a form's own matrices, of more than a word that any table may have."""
    return frozenset(
        one.heading for line in plan.lines if line.entry.column for one in line.numbers if len(one.heading) > ENOUGH
    )
