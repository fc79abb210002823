"""A figure of the text: where it stands, what it says, and between which numbers its true value lies."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Role = Literal["count", "base", "change", "share", "growth", "rate", "other"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the report, or a row of one of its tables: its number as people count, its text, its place."""

    number: int
    text: str
    place: str


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number with its unit, as printed from ``start`` to ``end`` of its paragraph.

    ``low`` and ``high`` hold the true value: both the value where it is exact, apart where it is rounded or says 余 or
    约. ``before`` and ``after`` are the words around it within its clause, ``gap`` all between it and the figure before
    it. A base is an earlier year's count, a change a difference to it. ``year`` and ``span`` say of when it speaks.
    """

    paragraph: Paragraph
    start: int
    end: int
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    before: str
    after: str
    gap: str
    role: Role
    year: int
    span: tuple[str, ...]
    section: tuple[int, int]

    @property
    def exact(self) -> bool:
        """Whether the text gives the number itself."""
        return self.low == self.high

    @property
    def written(self) -> str:
        """The number and its unit as printed."""
        return self.paragraph.text[self.start : self.end].strip()

    @property
    def words(self) -> str:
        """What is printed of it and before it in its clause."""
        return self.paragraph.text[max(0, self.start - len(self.before)) : self.end].strip(" 、，,;；:：")

    def meets(self, low: Decimal, high: Decimal) -> bool:
        """Whether a value between these may be the figure's own."""
        return self.low <= high and low <= self.high


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence, or what stands in brackets behind its ``owner``, with its figures in order."""

    paragraph: Paragraph
    start: int
    text: str
    figures: tuple[Figure, ...]
    owner: Figure | None = None
    asides: tuple["Sentence", ...] = ()

    @property
    def counts(self) -> tuple[Figure, ...]:
        """The figures that count something now."""
        return tuple(figure for figure in self.figures if figure.role == "count")


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A total and its parts; ``closed`` where the text leaves nothing out, ``overlap`` where an item may count twice.

    ``sure`` is one whose total the text itself names, and not only a paragraph before.
    """

    total: Figure
    parts: tuple[Figure, ...]
    closed: bool
    overlap: bool
    sure: bool


@dataclass(frozen=True, slots=True, eq=False)
class Doubt:
    """Something that does not fit: its kind (a saying of proof.toml), where it shows, and the figures it is about.

    ``facts`` fill in the saying. ``suspects`` are figures that may be wrong, each with the number that would mend it;
    ``words`` what is printed where it is no figure.
    """

    kind: str
    place: Paragraph
    figures: tuple[Figure, ...]
    facts: dict[str, str]
    suspects: tuple[tuple[Figure, int], ...] = ()
    words: str = ""
