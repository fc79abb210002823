"""The words by which the parts of a form are known that somebody drew in Excel, and how far each says what it is."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from schemas.document import read_document, validated
from schemas.reading import Frozen

OPEN = "# 待定："  # how a comment begins that a person must settle before the form is sent out
UNKNOWN = "待定"  # a unit of measure that the drawn form does not tell
DRAFTING = Path(__file__).parent / "drafting.toml"
_BESIDE = re.compile(r"[（(].*?[）)]|[\s\d□:：]+")

Words = Mapping[str, tuple[str, ...]]


class Drafting(Frozen):
    """What a column, a label, an answer and a title are, by their words; ``within`` is looked for inside a text."""

    columns: Words
    within: Words
    labels: Words
    asked: Words
    periods: Words
    usual: Mapping[str, str]

    def column(self, head: str) -> str:
        """What a column is by its whole head; "" where it is none of those with a name."""
        return _whole(self.columns, head)

    def label(self, text: str) -> str:
        """What a label asks for by its whole text; "" where it is none of those with a name."""
        return _whole(self.labels, text)

    def answer(self, label: str) -> str:
        """What kind of answer a label asks for."""
        return next((kind for kind, words in self.asked.items() if any(word in label for word in words)), "text")

    def period(self, title: str) -> str:
        """What period a title tells; "" where it does not."""
        return next((kind for kind, words in self.periods.items() if any(word in title for word in words)), "")

    def has(self, kind: str, text: str) -> bool:
        """Whether a text has a word of a kind within it."""
        return any(word in text for word in self.within[kind])


@cache
def drafting() -> Drafting:
    """The words as they are written."""
    return validated(read_document(DRAFTING), Drafting)


def _whole(words: Words, text: str) -> str:
    plain = _BESIDE.sub("", text)
    return next((kind for kind, known in words.items() if plain in known), "")


def questions(text: str) -> list[tuple[int, str]]:
    """What a draft leaves to a person: the line of each question (from 1), and what is asked."""
    found = []
    for n, line in enumerate(text.splitlines(), 1):
        before, mark, asked = line.partition(OPEN)
        if mark:
            found.append((n, asked.strip()))
        elif f'unit = "{UNKNOWN}"' in before:
            found.append((n, "计量单位"))
    return found
