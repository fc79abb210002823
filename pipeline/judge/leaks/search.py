"""Everything in a text that must not leave unnoticed; one quick look says of most texts that there is nothing."""

import re
from functools import cache

from pipeline.judge.leaks.checks import CHECKS
from pipeline.judge.leaks.fold import digits, plain
from pipeline.judge.leaks.marks import find_marks, marks
from pipeline.judge.leaks.numbers import find_numbers, find_tokens, run, tokens
from pipeline.judge.leaks.persons import find_persons, ways
from pipeline.values.leaks import Hit
from schemas.leaks import TextKind, leaks


@cache
def _worth_it() -> re.Pattern[str]:
    """What a text has that gives anything away by its words."""
    words = {word for kind, _ in tokens() for word in kind.after}
    words |= {word for way in ways() for word in (*way.kind.before, *way.kind.behind)}
    shortest = [w for w in words if not any(other != w and other in w for other in words)]
    forms = [form.pattern for _, form in marks()]
    return re.compile("|".join([*map(re.escape, sorted(shortest)), *forms, *(form.pattern for _, form in _texts())]))


@cache
def _texts() -> tuple[tuple[TextKind, re.Pattern[str]], ...]:
    kinds = (kind for kind in leaks().kinds if isinstance(kind, TextKind))
    return tuple((kind, re.compile(kind.form)) for kind in kinds)


def search(text: str) -> tuple[Hit, ...]:
    """What a text gives away, in its order; characters that two kinds claim are the longer one's."""
    words, numbers = plain(text), digits(text)
    found = list(find_numbers(numbers)) if run().search(numbers) else []
    if _worth_it().search(words):
        found += [*find_tokens(numbers), *find_persons(words), *find_marks(words)]
        found += [
            Hit(kind.id, kind.name, re.sub(r"\s", "", own[0]), *own.span(), kind.shown)
            for kind, form in _texts()
            for own in form.finditer(words)
            if CHECKS[kind.check](own[0])
        ]
    return _apart(found)


def _apart(found: list[Hit]) -> tuple[Hit, ...]:
    """Those that do not overlap, but for what is said of the whole text."""
    kept: list[Hit] = []
    for hit in found:
        if hit.whole or not any(hit.start < one.end and one.start < hit.end for one in kept if not one.whole):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: (hit.start, hit.end)))
