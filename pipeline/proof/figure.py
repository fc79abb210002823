"""A figure of the report: where it stands, what it says, and between which numbers its true value lies."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

FINE = 100  # times its rounding that a number of precision is

Role = Literal["count", "base", "change", "share", "growth", "rate", "other"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the report, or a row of one of its tables: its number in order, its text, its place."""

    number: int
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the report: its number in order, its place, the words above it, and its cells as they are seen.

    A cell that spans several has its words in each of them; ``aligned`` is False where blank cells may be missing.
    """

    number: int
    place: str
    title: str
    rows: tuple[tuple[str, ...], ...]
    aligned: bool = True


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A number with its unit, as printed from ``start`` to ``end`` of its paragraph.

    ``low`` and ``high`` hold the true value: both the value where it is exact, apart where it is rounded or says 余 or
    约. ``before`` and ``after`` are the words around it within its clause, ``gap`` all between it and the figure before
    it. A base is an earlier year's count, a change a difference to it. ``year`` and ``span`` say of when it speaks.
    ``scaled`` is its value without the 万 that is printed behind it, ``rough`` says that 余 or 约 stands beside it.
    ``cell`` names it where it stands in a table.
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
    scaled: Decimal | None = None
    cell: str = ""
    rough: bool = False

    @property
    def exact(self) -> bool:
        """Whether the text gives the number itself."""
        return self.low == self.high

    @property
    def precise(self) -> bool:
        """Whether it is exact, or rounded so little that a share of it is the same: 37,158万元."""
        return self.exact or (not self.rough and (self.high - self.low) * FINE <= self.value)

    @property
    def scale(self) -> Decimal:
        """What the 万 behind it stands for; 1 where there is none."""
        return self.value / self.scaled if self.scaled else Decimal(1)

    @property
    def digits(self) -> int:
        """The digits printed, as one whole number."""
        printed = self.value if self.scaled is None else self.scaled
        return int(printed.scaleb(-min(0, int(printed.as_tuple().exponent))))

    @property
    def written(self) -> str:
        """The number and its unit as printed."""
        return self.paragraph.text[self.start : self.end].strip()

    @property
    def words(self) -> str:
        """What is printed of it and before it in its clause."""
        printed = self.paragraph.text[max(0, self.start - len(self.before)) : self.end]
        return self.cell or printed.strip(" 、，,;；:：")

    @property
    def at(self) -> tuple[int, int]:
        """Where it stands, in the order of the report."""
        return self.paragraph.number, self.start

    def meets(self, low: Decimal, high: Decimal) -> bool:
        """Whether a value between these may be the figure's own."""
        return self.low <= high and low <= self.high


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence, or what stands in brackets behind its ``owner``, with its figures in order.

    ``unread`` are the numbers in it of which it is not plain what they count.
    """

    paragraph: Paragraph
    start: int
    text: str
    figures: tuple[Figure, ...]
    owner: Figure | None = None
    asides: tuple["Sentence", ...] = ()
    inside: bool = False
    unread: tuple[str, ...] = ()
    counts: tuple[Figure, ...] = field(init=False)  # the figures that count something now

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts", tuple(figure for figure in self.figures if figure.role == "count"))


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
