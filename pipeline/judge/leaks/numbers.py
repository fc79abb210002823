"""Numbers that lead to a person, however they are written: runs of digits, and what follows a word that says so."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.judge.leaks.checks import CHECKS
from pipeline.values.leaks import Hit
from schemas.leaks import NumberKind, TokenKind, leaks

LONGEST = 24  # digits of a number together
MOST_GROUPS = 40  # groups of digits that are looked at together; a table of figures is none
_DAY = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}[-./年](?:0?[1-9]|1[0-2])[-./月](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])")
_GROUP = re.compile(r"[0-9]+[A-Z]?|[A-Z](?![0-9A-Z])", re.IGNORECASE)


@cache
def run() -> re.Pattern[str]:
    """Digits with what may stand between them, seven of them at least."""
    known = leaks().digits
    between = f"[{re.escape(known.between)}]{{0,{known.gap}}}"
    return re.compile(rf"(?<![0-9])[0-9](?:{between}[0-9]){{6,}}(?:{between}[0-9A-Z](?![0-9A-Za-z]))?", re.IGNORECASE)


@cache
def _numbers() -> tuple[tuple[NumberKind, re.Pattern[str]], ...]:
    kinds = (kind for kind in leaks().kinds if isinstance(kind, NumberKind))
    return tuple((kind, re.compile(kind.form)) for kind in kinds)


@cache
def tokens() -> tuple[tuple[TokenKind, re.Pattern[str]], ...]:
    """Each kind that is known by a word before it, with what finds both."""
    kinds = (kind for kind in leaks().kinds if isinstance(kind, TokenKind))
    return tuple((kind, re.compile(_after(kind), re.IGNORECASE)) for kind in kinds)


def _after(kind: TokenKind) -> str:
    words = "|".join(map(re.escape, sorted(kind.after, key=len, reverse=True)))
    return rf"(?:{words})[^0-9A-Za-z]{{0,{kind.near}}}(?P<own>{kind.form})(?![0-9A-Za-z])"


def find_numbers(text: str) -> Iterator[Hit]:
    """The numbers of a text folded to ASCII digits; what could be several kinds is the first, a day is none."""
    text = _DAY.sub(lambda day: "/" * len(day[0]), text)
    for found in run().finditer(text):
        groups = [m.span() for m in _GROUP.finditer(text, *found.span())]
        if len(groups) <= MOST_GROUPS and not _glued(text, found.start()):
            yield from _in_run(text, groups)


def _glued(text: str, start: int) -> bool:
    """Whether the digits belong to a code: letters and digits before them that are no plain word."""
    before = re.search(r"[0-9A-Za-z]*$", text[max(0, start - LONGEST) : start])
    word = before[0] if before else ""
    return len(word) == 1 or any(sign.isdigit() for sign in word)


def _in_run(text: str, groups: list[tuple[int, int]]) -> Iterator[Hit]:
    taken: list[tuple[int, int]] = []
    spans = sorted(_spans(groups), key=lambda span: span[0] - span[1])
    for kind, form in _numbers():
        for start, end in spans:
            if any(start < own_end and own_start < end for own_start, own_end in taken):
                continue
            number = re.sub(r"[^0-9A-Z]", "", text[start:end].upper())
            like = form.fullmatch(number)
            if like and _spoken_of(kind, text, start) and CHECKS[kind.check](number):
                taken.append((start, end))
                yield Hit(kind.id, kind.name, like.groupdict().get("own", number), start, end, kind.shown)


def _spans(groups: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Every number that a run of groups may be: some of them that follow each other."""
    for first in range(len(groups)):
        length = 0
        for start, end in groups[first:]:
            length += end - start
            if length > LONGEST:
                break
            yield groups[first][0], end


def _spoken_of(kind: NumberKind, text: str, start: int) -> bool:
    """Whether a word that must stand before it does."""
    if not kind.after:
        return True
    before = text[max(0, start - kind.near - max(map(len, kind.after))) : start]
    return any(before.rfind(word) >= 0 and len(before) - before.rfind(word) - len(word) <= kind.near
               for word in kind.after)  # fmt: skip


def find_tokens(text: str) -> Iterator[Hit]:
    """What stands after a word that says what it is."""
    for kind, form in tokens():
        for found in form.finditer(text):
            yield Hit(kind.id, kind.name, found["own"].upper(), *found.span("own"), kind.shown)
