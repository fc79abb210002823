"""Marks of secrecy: a word that is said of the text it stands in, unless it is spoken of secrets in general."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.values.leaks import Hit
from schemas.leaks import MarkKind, leaks

_GAP = r"[\s\u200b-\u200d\u2060\ufeff]{0,3}"  # 机　密: a mark is often spread


@cache
def marks() -> tuple[tuple[MarkKind, re.Pattern[str]], ...]:
    """Each kind of mark, with what finds its words."""
    kinds = (kind for kind in leaks().kinds if isinstance(kind, MarkKind))
    return tuple((kind, re.compile("|".join(_GAP.join(map(re.escape, word)) for word in kind.words))) for kind in kinds)


def find_marks(text: str) -> Iterator[Hit]:
    """The first mark of each kind in a text, as said of all of it."""
    for kind, form in marks():
        if any(_is_mark(kind, text, *found.span()) for found in form.finditer(text)):
            yield Hit(kind.id, kind.name, text, 0, len(text), kind.shown, whole=True)


def _is_mark(kind: MarkKind, text: str, start: int, end: int) -> bool:
    """Whether it marks the text; what stands around it says whether it is spoken of secrets in general."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if after.startswith(kind.always):
        return True
    return not (before.endswith(kind.ordinary_before) or after.startswith(kind.ordinary_after))
