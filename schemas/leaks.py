"""What must not leave for the level above unnoticed: its kinds, and the words by which they are known."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from schemas.document import read_toml
from schemas.reading import Frozen

Shown = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]
Check = Literal["", "resident", "old_resident", "trader", "card", "landline"]


class Digits(Frozen):
    """What may stand between two digits of one number, how much of it, and the words for digits."""

    between: str
    gap: int = Field(ge=0)
    numerals: dict[str, int]


class _Kind(Frozen):
    """One kind: ``shown`` of it is how many characters at its ends the office sees, ``source`` is what it rests on."""

    id: str
    name: str
    shown: Shown
    source: str


class NumberKind(_Kind):
    """Digits that look like ``form``, come out right by ``check``, and stand after a word of ``after``, if any."""

    method: Literal["number"]
    form: str
    check: Check = ""
    after: tuple[str, ...] = ()
    near: int = 0


class TokenKind(_Kind):
    """Letters and digits that look like ``form`` after a word of ``after``."""

    method: Literal["token"]
    form: str
    after: tuple[str, ...] = Field(min_length=1)
    near: int


class TextKind(_Kind):
    """What a regular expression finds."""

    method: Literal["text"]
    form: str
    check: Check = ""


def _words(written: str) -> list[str]:
    return written.split()


class PersonKind(_Kind):
    """A person's name between words of ``before`` and ``follows``, or where a name may start in front of ``behind``.

    ``ordinary`` words are none.
    """

    method: Literal["person"]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    starts: tuple[str, ...]
    follows: tuple[str, ...]
    compound: tuple[str, ...]
    surnames: str
    given_never: str
    ordinary: Annotated[frozenset[str], BeforeValidator(_words)]


class MarkKind(_Kind):
    """A mark of secrecy, which is said of the whole text, unless it is spoken of secrets in general."""

    method: Literal["mark"]
    words: tuple[str, ...]
    always: tuple[str, ...] = ()
    ordinary_before: tuple[str, ...] = ()
    ordinary_after: tuple[str, ...] = ()


Kind = Annotated[NumberKind | TokenKind | TextKind | PersonKind | MarkKind, Field(discriminator="method")]


class Leaks(Frozen):
    """leaks.toml as written: where two kinds claim the same characters, the one that stands first has them."""

    digits: Digits
    kinds: tuple[Kind, ...] = Field(alias="kind")


@cache
def leaks() -> Leaks:
    """What is searched for. Raises Mistake where leaks.toml is not as it should be."""
    return read_toml(Path(__file__).parent / "leaks.toml", Leaks)
