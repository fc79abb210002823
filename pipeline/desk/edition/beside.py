"""What an edition can only be wrong in beside others: those of its office, and those that its lines say they were."""

from collections.abc import Iterable, Iterator

from schemas.by_months import wrong_by_months
from schemas.continued import unknown, wrong_between, wrong_words
from schemas.document import Document, read_document, validated
from schemas.edition import Edition
from schemas.form import Form
from schemas.forms import lists_named, path_of, read_form
from schemas.lineage import Lineage, Was, parts_of
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.toml_lines import Location


def stop_beside(form: Form, document: Document, office: Office) -> None:
    """Nothing more is tried of an edition that cannot be used beside the others. Raises Mistake with file and line."""
    own, in_use = form.edition.id, office.settings.editions
    forms = [*_read((name for name in in_use if name != own), office), form]
    between = wrong_between if own in in_use else wrong_words
    wrong = [(n, at, what) for n, at, what in between(forms, office.known_editions)]
    wrong += wrong_by_months(forms)
    wrong += ((len(forms) - 1, at, what) for at, what in _never_was(form, office))
    for n, at, what in wrong:
        if forms[n] is form:
            raise document.mistake(at, what + "。")


def _read(names: Iterable[str], office: Office) -> Iterator[Form]:
    """These editions, but those that are wrong themselves: each has its own check."""
    for name in names:
        try:
            yield read_form(name, office)
        except CannotRun:
            continue


def _never_was(form: Form, office: Office) -> Iterator[tuple[Location, str]]:
    """What lines say that they were in editions no longer in use, and what does not stand there.

    What stands in a table of codes that this office has not cannot be known.
    """
    ended = set(office.known_editions) - {form.edition.id, *office.settings.editions}
    read: dict[str, Lineage] = {}
    for part in parts_of(form.edition):
        for was in (was for text in part.was or () if (was := Was.read(text)) and was.edition in ended):
            lineage = read.setdefault(was.edition, read.get(was.edition) or Lineage(_ended(was.edition, office)))
            if was.table not in _unlisted(lineage.form.edition, office):
                yield from (((*part.location, "was"), what) for what in unknown(lineage, was, part))


def _ended(name: str, office: Office) -> Form:
    """An edition that is no longer in use: its lines, whether or not its rules fit the office's lists of today."""
    edition = validated(read_document(path_of(name, office), *office.shelves), Edition)
    none = dict.fromkeys((codes for _, codes in lists_named(edition)), ())
    return Form(edition, {**none, **office.codes}, office.duties)


def _unlisted(edition: Edition, office: Office) -> set[str]:
    """The tables whose codes stand in a list that the office has not."""
    named = ((place, codes) for place, codes in lists_named(edition) if place[0] == "table")
    return {edition.tables[int(place[1])].id for place, codes in named if codes not in office.codes}
