"""What is printed in a cell: a number, or the reason why there is none; and how many returns it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NoReturn

from schemas.quantity import Quantity
from schemas.rules.terms import Ratio

NAMED = 3  # numbers that one sentence says of that they lack returns: of more, these and how many


class Why(IntEnum):
    """Why a number is not there, the lightest reason first: of several the gravest is told."""

    NOT_ASKED = 0
    NOT_LISTED = 1
    BLANK = 2
    PENDING = 3
    SENT_BACK = 4
    MISSING = 5

    @property
    def words(self) -> str:
        """As it is printed."""
        return _WORDS[self]

    @property
    def told(self) -> str:
        """As it stands in a sentence."""
        return "不适用" if self is Why.NOT_ASKED else self.words


_WORDS = ("—", "当时未列", "未填", "待核实", "退回", "未报")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question about returns, in steps of what it is counted in.

    ``owed`` counts the returns that were asked, ``there`` those that gave all they were asked; ``some`` says that any
    number is there. ``why`` is the gravest reason why one is not. Answers add up in any order, and ``Answer()``, which
    nobody was asked, adds nothing: a zero, a number that is missing and one that was not asked never become each other.
    """

    steps: int = 0
    there: int = 0
    owed: int = 0
    some: bool = False
    why: Why = Why.NOT_ASKED

    def __add__(self, other: "Answer") -> "Answer":
        return Answer(
            self.steps + other.steps,
            self.there + other.there,
            self.owed + other.owed,
            self.some or other.some,
            max(self.why, other.why),
        )

    def __bool__(self) -> NoReturn:
        raise TypeError("an answer is neither true nor false: ask for its number")

    @property
    def number(self) -> int | None:
        """The number in steps; None where there is none."""
        return self.steps if self.some else None

    @property
    def is_whole(self) -> bool:
        """Whether every return gave what it was asked."""
        return self.there == self.owed

    def show(self, quantity: Quantity) -> str:
        """As it is printed, with thousands apart: the number, or why there is none."""
        return quantity.show(self.steps) if self.some else self.why.words

    def told(self, quantity: Quantity) -> str:
        """As it stands in a sentence, a number with its unit."""
        return quantity.told(self.steps) if self.some else self.why.told

    def shown(self, quantity: Quantity) -> float | str:
        """What stands in a cell: the number, or why there is none."""
        return quantity.number(self.steps) if self.some else self.why.words

    @property
    def coverage(self) -> str:
        """How many of the returns that were asked it rests on, 11/12; "" where nobody was."""
        return f"{self.there}/{self.owed}" if self.owed else ""

    @property
    def partly(self) -> str:
        """The same where there is a number that lacks some of them, else ""."""
        return self.coverage if self.some and not self.is_whole else ""

    @property
    def lacking(self) -> str:
        """What must be said with a number that lacks returns, with its share, rank and growth; "" of a whole one."""
        return f"未收齐，应报{self.owed}份，有数{self.there}份" if self.partly else ""

    def marked(self, quantity: Quantity) -> str:
        """As it stands in a sentence, with what it lacks behind it."""
        return f"{self.told(quantity)}（{self.lacking}）" if self.lacking else self.told(quantity)


def lacking(named: Iterable[tuple[str, Answer]]) -> str:
    """What must be said once of several numbers that lack returns, by name where not all lack the same; "" of whole."""
    told: dict[str, list[str]] = {}
    for name, answer in named:
        told.setdefault(answer.lacking, []).append(name)
    if len(told) == 1:
        return next(iter(told))
    return "；".join(f"{_named(names)}{words}" for words, names in told.items() if words)


def _named(names: list[str]) -> str:
    return "、".join(names) if len(names) <= NAMED else f"{'、'.join(names[:NAMED])}等{len(names)}项"


def known(number: int) -> Answer:
    """The answer of one number that is there for itself."""
    return Answer(number, 1, 1, some=True)


def divided(ratio: Ratio, top: Answer, bottom: Answer, both: Answer) -> Answer:
    """The answer of a ratio, from those of its two sums and of the lines of both as one (Ratio.sums).

    It rests on the returns that gave all of both. Over a sum that has no number, and over 0, there is none.
    """
    lacking = [part.why for part in (top, bottom) if not part.some]
    if lacking or not bottom.steps:
        return replace(both, steps=0, some=False, why=max(lacking, default=Why.NOT_ASKED))
    return replace(both, steps=ratio.steps(top.steps, bottom.steps), some=True)
