"""Find, for any rule of any form, a return that breaks it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from pipeline.templates import Draft
from schemas.rules.judge import judge
from schemas.rules.terms import Ref, Statement
from tests.templates.writing import FORMS, cover_of, draft_of, zeros_of


@dataclass(frozen=True)
class Case:
    """A statement of a form that its template checks, and a return that breaks it."""

    statement: Statement
    draft: Draft

    def __str__(self) -> str:
        return self.statement.key

    @property
    def broken(self) -> list[Statement]:
        """Every statement that the return breaks: one value may break several."""
        return [s for s in checked(self.draft) if judge(s, self.draft.numbers) is False]


def checked(draft: Draft) -> list[Statement]:
    """What a template can check: rules between the numbers of the month itself."""
    own = [s for s in draft.layout.form.statements if draft.month.month in s.months]
    return [s for s in own if all(r.measure == "month" and not r.shift for r in s.refs)]


def cases() -> Iterator[Case]:
    """A return that breaks it for every statement that the templates of all forms check and that can be broken."""
    for office, form in (param.values[0] for param in FORMS):
        blank = draft_of(office, form)
        asked = blank.layout.form
        sound = replace(blank.filling, values=zeros_of(asked), cover=cover_of(asked))
        for statement in checked(blank):
            found = _break(statement, replace(blank, filling=sound))
            if found:
                yield Case(statement, found)


def _break(statement: Statement, sound: Draft) -> Draft | None:
    """The return nearest to all zeros that breaks the statement, by trying small numbers in the cells it reads."""
    entries = sound.layout.form.entries
    parts = [(ref.table, code) for ref in statement.refs for code in entries[ref.table, ref.line].parts or (ref.line,)]
    cells = [Ref(*key) for key in dict.fromkeys(parts)][:6]
    for numbers in sorted(product((0, 1, 2), repeat=len(cells)), key=sum):
        values = {**sound.filling.values, **dict(zip(cells, numbers, strict=True))}
        draft = replace(sound, filling=replace(sound.filling, values=values))
        if judge(statement, draft.numbers) is False:
            return draft
    return None


CASES = tuple(cases())
