"""What a form prints of who sends it out and until when: the office's own, where its form leaves it to the office."""

from collections.abc import Iterator

from schemas.edition import Edition, Head
from schemas.office import Office, Receipt
from schemas.reading import wrong_places
from schemas.spoken import names_of
from schemas.toml_lines import Location

ON_PAPER = "打印一份由单位负责人签字、加盖公章，电子件和纸质件于{due}前同时报送。"
ELECTRONIC = "电子件于{due}前报送。"
OF_THE_OFFICE = ("office", "area", "contact", "due", "sending")  # what the office fills in


def head_of(edition: Edition, office: Office) -> Head:
    """The legal block: what the office says of this form, else the form, else the office of all its forms.

    Without an authority the form is the office's own. Nothing is taken from another office.
    """
    settings = office.settings
    order = (settings.head.of.get(edition.id, Head()), edition.head, settings.head)
    found = {key: next(filter(None, (getattr(one, key) for one in order)), "") for key in Head.model_fields}
    return Head(**(found | {"authority": found["authority"] or settings.name}))


def instructions_of(edition: Edition, office: Office, due: str) -> tuple[str, ...]:
    """What to know when filling in the form, with what the office fills in; ``due`` is when its return is due."""
    settings = office.settings
    sending = sending_of(settings.receipt).format(due=due)
    own = {"office": settings.name, "area": settings.area, "contact": settings.contact, "due": due, "sending": sending}
    return tuple(text.format_map(names_of(edition) | own) for text in edition.words.instructions)


def sending_of(receipt: Receipt) -> str:
    """The sentence that says how and until when a return is sent, with {due} to be filled in."""
    return receipt.sending or (ON_PAPER if receipt.paper else ELECTRONIC)


def unfilled(edition: Edition) -> Iterator[tuple[Location, str]]:
    """What stands in braces in the instructions and nobody fills in."""
    known = (*OF_THE_OFFICE, *names_of(edition))
    for n, text in enumerate(edition.words.instructions):
        yield from ((("words", "instructions", n), what) for what in wrong_places(text, known))
