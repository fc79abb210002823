"""The vocabulary of report prose: how a yearly report counts, sums, compares and dates, and what proof says of it."""

import re
from functools import cache, cached_property
from pathlib import Path

from pydantic import Field, StrictBool

from schemas.document import read_toml
from schemas.proof_stocks import Balance, Flow
from schemas.proof_tables import Both, Tabular
from schemas.reading import Frozen

PROSE = Path(__file__).parent / "proof.toml"
Words = tuple[str, ...]


class Whole(Frozen):
    """A list that is whole when ``least`` of its members are named (0: all), where the total's words hold ``asks``.

    ``noun`` where a total must bear the noun of the parts: 人员 of 专职人员.
    """

    members: tuple[Words, ...]
    least: int = 0
    asks: str = ""
    noun: StrictBool = False


class Average(Frozen):
    """An average by the words before it, and of how many months or days it may be."""

    says: str
    of: tuple[int, ...]


class Kind(Frozen):
    """A kind of counts: the words in front of a total of it, and the labels of its lists ("": any)."""

    name: str
    totals: str
    parts: str = ""


class Overlap(Frozen):
    """What says that an item may run on several channels, and what names a channel."""

    says: Words
    here: Words
    disjoint: str
    once: str
    together: Words
    channels: Words


class Change(Frozen):
    """Shares, rates (by the words of what they count) and growth."""

    share: Words
    of_goal: Words
    heads: Words
    came: Words
    of_named: str
    of_what: str
    of_every: str
    of_all: Words
    rate: Words
    rates: dict[str, Words]
    rise: Words
    fall: Words
    new: Words
    times: Words
    to: Words
    before: str
    before_it: str
    beside: str
    since: str
    points: Words
    within: str
    multiple: str
    each: Words
    compares: Words


class Time(Frozen):
    """Years and spans, as regular expressions; what speaks of plans or of another span."""

    whole: Words
    halves: str
    split: str
    title: str
    terms: str
    span: str
    topic: str
    opens: str
    attribute: str
    onward: str
    alike: str
    reported: str
    presented: str
    nothing: str
    against: Words
    closing: str
    carried_on: str
    ahead: str
    plans: Words
    other: Words
    until: Words


class Labels(Frozen):
    """Words around a figure that do not say what it counts: empty ones, and those that say little in a list."""

    empty: Words
    plain: Words


class Saying(Frozen):
    """What is said of one kind of doubt."""

    title: str
    says: str
    remedy: str


class Prose(Frozen):
    """Everything that proof knows of report prose; see proof.toml for each word's meaning."""

    units: Words
    families: tuple[Words, ...]
    traditional: str
    over: Words
    upward: Words
    about: Words
    ordinal: Words
    threshold: str
    marks: str
    indivisible: Words
    averaged: str
    everywhere: str
    restates: str
    explained: str
    skip: Words
    dates: Words
    numbering: str
    begins: str
    first_heading: str
    second_heading: str
    parts: Words
    exhaustive: Words
    seen_whole: Words
    seen_by: Words
    listed: str
    of_these: str
    taken_up: str
    taken_up_bare: str
    attribute: str
    named: str
    tail: Words
    tail_or_not: Words
    tail_of: str
    tail_ends: str
    tail_verbs: str
    open: Words
    and_so_on: str
    enumeration: str
    leading: str
    acts: str
    bodies: str
    several: Words
    more: Words
    side_by_side: str
    remains: str
    rest: Words
    rest_open: str
    classes: Words
    breaks: Words
    apart: str
    over_years: str
    near: float
    near_from: int
    sides: Words
    wholes: tuple[Whole, ...] = Field(alias="whole")
    kinds: tuple[Kind, ...] = Field(alias="kind")
    balances: tuple[Balance, ...] = Field(alias="balance")
    flow: Flow
    per: str
    days: str
    averages: tuple[Average, ...] = Field(alias="average")
    overlap: Overlap
    change: Change
    time: Time
    words: Labels
    table: Tabular
    both: tuple[Both, ...]
    carried: tuple[tuple[str, str], ...]
    says: dict[str, Saying]

    @cached_property
    def simple(self) -> dict[int, int]:
        """The simple character for each traditional one, as text is translated."""
        signs = "".join(self.traditional.split())
        return {ord(one): ord(other) for one, other in zip(signs[::2], signs[1::2], strict=True)}

    @cached_property
    def letters(self) -> frozenset[str]:
        """The letters of the words that reports are made of."""
        return frozenset("".join([*self.parts, *self.words.empty, *self.words.plain, *self.change.heads, *self.rest]))

    @cached_property
    def another_span(self) -> re.Pattern[str]:
        """What speaks of another span than the year."""
        return re.compile("|".join([*self.dates, *map(re.escape, self.time.other)]))

    @cached_property
    def family_of(self) -> dict[str, frozenset[int]]:
        """The families of each unit, by their number."""
        every = {unit for family in self.families for unit in family}
        return {u: frozenset(n for n, family in enumerate(self.families) if u in family) for u in every}

    def alike(self, one: str, other: str) -> bool:
        """Whether counts in these units may stand in one list; one without a unit goes with any."""
        return one == other or not (one and other) or bool(self._families(one) & self._families(other))

    def _families(self, unit: str) -> frozenset[int]:
        return self.family_of.get(unit, frozenset())


@cache
def prose() -> Prose:
    """The vocabulary. Raises Mistake with file and line where it is not as it should be."""
    return read_toml(PROSE, Prose)
