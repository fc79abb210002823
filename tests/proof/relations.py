"""Passages with numbers drawn by chance: each is right as it is drawn, and wrong where one of its numbers is changed.

A file of ``relations`` tells of one relation. ``where`` draws the numbers of a passage in turn: ``a..b`` by chance,
anything else is worked out of those before it; ``share(a, b)`` is a hundred times a of b as it is printed. ``told``
are the numbers of which each, changed alone, must be told.
"""

import ast
import operator
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

from pipeline.proof.pasted import blocks_of
from pipeline.proof.proof import compare
from tests.proof.truth import numbers, told

RELATIONS = Path(__file__).parent / "relations"
YEAR = 2015
DRAWS = 4
WORKS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.FloorDiv: operator.floordiv}
Numbers = Mapping[str, int | Decimal]


@dataclass(frozen=True)
class Passage:
    """A passage with places for its numbers."""

    relation: str
    text: str
    where: str
    told: tuple[str, ...]

    def drawn(self, chance: random.Random) -> dict[str, int | Decimal]:
        """The numbers of the passage, drawn anew."""
        made: dict[str, int | Decimal] = {}
        for one in self.where.split(";"):
            name, how = (side.strip() for side in one.split("="))
            drawn = re.fullmatch(r"(\d+)\.\.(\d+)", how)
            made[name] = chance.randint(int(drawn[1]), int(drawn[2])) if drawn else worked_out(how, made)
        return made

    def printed(self, values: Numbers, *, commas: bool) -> str:
        """The passage with these numbers."""
        return self.text.format(**{name: f"{value:,}" if commas else str(value) for name, value in values.items()})


def worked_out(how: str, known: Numbers) -> int | Decimal:
    """What a term of numbers known before comes to."""
    return _value(ast.parse(how, mode="eval").body, known)


def _value(term: ast.expr, known: Numbers) -> int | Decimal:
    if isinstance(term, ast.BinOp):
        return WORKS[type(term.op)](_value(term.left, known), _value(term.right, known))
    if isinstance(term, ast.Call):
        part, whole = (_value(one, known) for one in term.args)
        return _share(part, whole)
    if isinstance(term, ast.Name):
        return known[term.id]
    assert isinstance(term, ast.Constant)
    return int(str(term.value))


def passages() -> Iterator[Passage]:
    """Every passage of every relation."""
    for path in sorted(RELATIONS.glob("*.toml")):
        for one in tomllib.loads(path.read_text("utf-8"))["passage"]:
            yield Passage(path.stem, one["text"], one["where"], tuple(one.get("told", ())))


def changed(value: int | Decimal, chance: random.Random) -> int | Decimal:
    """A number as a hurried hand writes it: two digits exchanged, or one of the first ones another."""
    digits = list(str(value))
    places = [n for n, digit in enumerate(digits) if digit.isdigit()]
    pairs = [(a, b) for a, b in pairwise(places) if digits[a] != digits[b] and digits[b] != "0"]
    if pairs and chance.random() < 0.5:
        a, b = chance.choice(pairs)
        digits[a], digits[b] = digits[b], digits[a]
    else:
        at = chance.choice(places[:2])
        digits[at] = chance.choice([d for d in "123456789" if d != digits[at]])
    return type(value)("".join(digits))


def said(text: str) -> list[str]:
    """What is said of a text."""
    return [told(doubt) for doubt in compare(blocks_of(text.split("\n")), YEAR).doubts]


def names(words: str, value: int | Decimal) -> bool:
    """Whether what is said names a number."""
    return Decimal(value).normalize() in numbers(words)


def _share(part: int | Decimal, whole: int | Decimal) -> Decimal:
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
