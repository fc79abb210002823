"""What a form calls the things that the messages speak of, and what it must have for a message to arise at all."""

from collections.abc import Iterable

from schemas.edition import CoverField, Edition
from schemas.form import Form
from schemas.messages import Need
from schemas.period import spoken

YES = "是"  # the choice of a zero report's field that turns blanks into zeros


def zero_report_of(edition: Edition) -> CoverField | None:
    """The field of the cover that turns blanks into zeros; None where the form has none."""
    return next((field for field in edition.cover if field.role == "zero_report"), None)


def prose_of(edition: Edition) -> CoverField | None:
    """The field of the cover where a unit tells about its return as a whole; None where the form has none."""
    return next((field for field in edition.cover if field.kind == "prose"), None)


def names_of(edition: Edition) -> dict[str, str]:
    """What stands in messages for the form's own names; what the form has not is not there.

    ``remarks`` is where a unit tells about its return as a whole.
    """
    zero = zero_report_of(edition)
    fields = {"zero_report": zero, "remarks": prose_of(edition)}
    own = {"note_column": edition.words.note, "month_column": edition.words.month}
    return {**spoken(edition.length), **own, **{key: field.name for key, field in fields.items() if field}}


def there_is(forms: Iterable[Form]) -> frozenset[Need]:
    """What the forms have of what messages need."""
    forms = tuple(forms)
    found: set[Need] = {need for form in forms for need in _in(form)}
    return frozenset(found | {"forms"} if len(forms) > 1 else found)


def _in(form: Form) -> Iterable[Need]:
    edition, entries = form.edition, form.entries.values()
    known: dict[Need, bool] = {
        "cover": bool(edition.cover),
        "choices": any(field.choices for field in edition.cover),
        "zero_report": zero_report_of(edition) is not None,
        "register": any(table.shape == "register" for table in edition.tables),
        "decimals": any(entry.quantity.decimals for entry in entries),
        "owner": any(agreement.mode == "owner" for agreement in edition.agreements),
        "months": any(agreement.mode == "months" for agreement in edition.agreements),
        "printed": bool(edition.report.printed),
        "stock": any(entry.kind in {"stock", "opening"} for entry in entries),
    }
    return (need for need, there in known.items() if there)
