"""What number of one edition a number of another continues: how a year, or a rule, spans several forms."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from schemas.codes import EVER
from schemas.entry import Entry
from schemas.family import Family
from schemas.form import Form
from schemas.lineage import Key
from schemas.quantity import NoMultiple, Quantity

Terms = tuple[tuple[int, Key], ...]  # numbers of another form, and how many steps one step of each comes to
MOST = 18  # decimals: a step that small no longer fits into a number


class Crosswalk:
    """Several forms brought onto one of them; ``form`` is that one with what the others change in its lines.

    A line is counted so finely that whatever comes onto it is a whole number of its steps, and is not asked in the
    months of an edition that had nothing of the kind.
    """

    def __init__(self, target: Form, others: Sequence[Form] = ()) -> None:
        rest = list({id(form): form for form in others if form is not target}.values())
        self._forms = (*sorted(rest, key=lambda form: form.edition.valid.first or ""), target)
        self._in_time = sorted(self._forms, key=lambda form: form.edition.valid.first or "")
        self.target = target
        self.form = self._brought(target) if rest else target

    @property
    def forms(self) -> tuple[Form, ...]:
        """All of them as they are, in the order of time."""
        return tuple(self._in_time)

    @cached_property
    def family(self) -> Family:
        """The forms with what their numbers continue of each other."""
        return Family(self._in_time)

    def sources(self, form: Form) -> Mapping[Key, Terms]:
        """By line of ``self.form`` what it is in one of the forms; one that has no counterpart there is not in it."""
        return self._by_form[self._place(form)]

    def named(self, edition: str) -> Form | None:
        """The form of an edition by its id, the newest of that name."""
        return next((form for form in reversed(self._forms) if form.edition.id == edition), None)

    def listed(self, edition: str, table: str, line: str) -> bool:
        """Whether a line of ``self.form`` has a counterpart in that edition."""
        form = self.named(edition)
        return form is None or (table, line) in self.sources(form)

    def back(self, form: Form) -> Mapping[Key, Key]:
        """By line of ``self.form`` the first line that it is in one of the forms."""
        return {key: terms[0][1] for key, terms in self.sources(form).items()}

    def rounding(self, key: Key) -> int:
        """How many steps of ``self.form`` one step of the line in its own edition is: what a cell of it rounds to."""
        return self.form.entries[key].quantity.steps_of(self.target.entries[key].quantity)

    def gone(self, form: Form) -> tuple[Entry, ...]:
        """The lines of a form that nothing here continues, in printed order."""
        used = {key for terms in self.sources(form).values() for _, key in terms}
        return tuple(entry for key, entry in form.entries.items() if key not in used)

    def field(self, form: Form, table: str, field: str) -> Key | None:
        """The table and field of a register of ``self.form`` that one of a form is."""
        target, other = self._place(self.target), self._place(form)
        if target == other:
            return table, field
        pairs = self.family.parts(max(target, other), min(target, other))
        same = (ends if target > other else ends[::-1] for ends in pairs)
        return next(((own[0], own[2]) for own, its in same if its == (table, "field", field)), None)

    @cached_property
    def _by_form(self) -> tuple[Mapping[Key, Terms], ...]:
        return tuple(map(self._terms, self._in_time))

    def _terms(self, form: Form) -> Mapping[Key, Terms]:
        quantities = {key: entry.quantity for key, entry in self.form.entries.items()}
        if len(self._forms) == 1:
            return {key: ((1, key),) for key in quantities}
        return {
            key: tuple((quantities[key].steps_of(form.entries[own].quantity), own) for own in found)
            for key in quantities
            if (found := self._found(key, form))
        }

    def _found(self, key: Key, form: Form) -> tuple[Key, ...]:
        return self.family.sources((self._place(self.target), key), self._place(form))

    def _place(self, form: Form) -> int:
        return next(n for n, one in enumerate(self._in_time) if one is form)

    def _brought(self, target: Form) -> Form:
        """The target as it is printed and judged with the numbers of all."""
        brought = {}
        for key, entry in target.entries.items():
            found = {id(form): self._found(key, form) for form in self._forms}
            quantities = [form.entries[own].quantity for form in self._forms for own in found[id(form)]]
            spans = tuple(_span(form) for form in self._forms if not found[id(form)])
            quantity = _finest(entry.quantity, quantities)
            if spans or quantity != entry.quantity:
                brought[key] = {"quantity": quantity, "unlisted": spans}
        if not brought:
            return target
        return Form(target.edition, target.codes, target.duties, roots=target.roots, brought=brought)


def _span(form: Form) -> tuple[str, str]:
    return form.edition.valid.first or "", form.edition.valid.last or EVER


def _finest(own: Quantity, others: Sequence[Quantity]) -> Quantity:
    """The quantity in its own unit with as many decimals as a step of every other needs."""
    for decimals in range(own.decimals, MOST):
        quantity = Quantity(own.unit, decimals)
        if all(_is_whole(quantity, other) for other in others):
            return quantity
    return own


def _is_whole(quantity: Quantity, other: Quantity) -> bool:
    try:
        return quantity.steps_of(other) > 0
    except NoMultiple:
        return False
