"""Find, for any rule of any form, a return that breaks it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from pipeline.paper.templates import Draft
from pipeline.paper.templates.draft import Number
from pipeline.paper.templates.grounded import Grounded
from pipeline.paper.templates.grounds import Grounds
from pipeline.paper.templates.stated import stated
from schemas.rules.judge import judge
from schemas.rules.terms import Ref, Statement
from tests.templates.writing import KINDS, draft_of, filled


@dataclass(frozen=True)
class Case:
    """A statement of a form that a template of an office checks, and a return that breaks it."""

    office: str
    statement: Statement
    draft: Draft

    def __str__(self) -> str:
        return f"{self.office} {self.statement.key}"

    @property
    def broken(self) -> list[Statement]:
        """Every statement that the return breaks: one value may break several."""
        values = numbers_of(self.draft)
        return [s for s in checked(self.draft) if judge(s, values) is False]


def checked(draft: Draft) -> list[Statement]:
    """What a template can check: rules between the numbers that stand in it, are counted in it or were told it."""
    return list(stated(draft.layout))


def numbers_of(draft: Draft) -> dict[Ref, Number]:
    """Every number that the rules of a return can read."""
    return Grounded(Grounds(draft.layout, ""), draft).every


def cases() -> Iterator[Case]:
    """A return that breaks it for every statement that a template of an office checks and that can be broken."""
    seen: set[tuple[str, str]] = set()
    for kind in KINDS:
        blank = draft_of(kind)
        for statement in checked(blank):
            if (kind[0], statement.key) not in seen:
                seen.add((kind[0], statement.key))
                found = _break(statement, filled(blank))
                if found:
                    yield Case(kind[0], statement, found)


def is_typed(draft: Draft, ref: Ref) -> bool:
    """Whether a number follows from what is typed for the month."""
    return not ref.shift and ref.measure == "month" and (ref.table, ref.line) in draft.layout.places


def _break(statement: Statement, sound: Draft) -> Draft | None:
    """The return nearest to all zeros that breaks the statement, by trying small numbers in the cells it reads."""
    entries = sound.layout.form.entries
    groups = [entries[ref.table, ref.line].parts or (ref.line,) for ref in statement.refs]
    own = [(ref, codes) for ref, codes in zip(statement.refs, groups, strict=True) if is_typed(sound, ref)]
    cells = [Ref(ref.table, code) for ref, codes in own for code in codes[: max(1, 6 // len(groups))]]
    for numbers in sorted(product((0, 1, 2), repeat=len(dict.fromkeys(cells[:6]))), key=sum):
        values = {**sound.filling.values, **dict(zip(dict.fromkeys(cells[:6]), numbers, strict=True))}
        draft = replace(sound, filling=replace(sound.filling, values=values))
        if judge(statement, numbers_of(draft)) is False:
            return draft
    return None


CASES = tuple(cases())
