"""A finding: one sentence that somebody can act on, at the cell, the file or the unit and month where it arises."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Protocol

from schemas.day import in_words
from schemas.edition import TRIAL
from schemas.messages import catalogue
from schemas.period import length_of, spoken
from schemas.quantity import Quantity
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Findings

OPEN = {"must": "待改", "verify": "待说明", "trial": "试行", "ask": "请留意", "note": "知悉"}
MENDED, EXPLAINED, UNCONFIRMED = "已改", "已说明", "待确认"
WAIVED, PROVISIONAL, EXCLUDED, COVERED = "核实通过", "暂列", "作废", "已遮盖"  # what the office's rulings make of one
PENDING = {"must": ("待改",), "verify": ("待说明", UNCONFIRMED), "trial": (), "ask": ("请留意",), "note": ()}
STATES = (
    OPEN["must"], *PENDING["verify"], OPEN["trial"], OPEN["ask"], OPEN["note"], WAIVED, EXPLAINED, PROVISIONAL,
    EXCLUDED, COVERED, MENDED,
)  # fmt: skip
SIGNS = {"must": "×", "verify": "!", "trial": "~", "ask": "?", "note": "·"}  # what tells a level without colour

ATTACHED = "N-FIL-03"  # a scan or a text beside a return

CONFIRM = "差额较大，请办公室核对后在处理意见里写“核实通过”；不属实的退回单位。"
CONFIRM_WORD = "单位已经答复，请办公室看过后在处理意见里定。"


class CellRow(Protocol):
    """The row of a number's cell as taken in (schemas.frames.Rows)."""

    table: Any
    line: Any
    measure: Any
    sheet: Any
    cell: Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding arises; what is not known stays empty.

    ``content`` is the SHA-256 of the file, where the finding is about a file whose unit or month is not known, or told
    by its name alone; ``ret``
    is the return's number, ``number`` which of its numbers (or fields of its cover) it is about.
    """

    unit: str = ""
    period: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    content: str = ""
    ret: int | None = None
    number: Ref | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from other places, wherever the file lies: unit and month, or the content of the file.

        A number is told by its place in the form, which stays when rows are inserted; anything else by its cell.
        """
        known = self.unit and self.period and not self.content
        where = ("", str(self.number)) if self.number else (self.sheet, self.cell)
        return self.unit, self.period, "" if known else self.content or self.file, *where

    def at(self, row: CellRow) -> "Place":
        """A number of this return, by the row of its cell."""
        number = Ref(str(row.table), str(row.line), str(row.measure))
        return replace(self, sheet=str(row.sheet), cell=str(row.cell), number=number)


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of findings.csv, and the return and number it is about. Its id names rule, place and value.

    ``also`` are the findings about further numbers that have the same cause, which are told with this one; ``sides``
    are the two numbers that do not meet, in steps of what they are counted in.
    ``alone``: the unit's own word settles it, unless it is ``large``; ``asked`` are other units that it is about, whose
    numbers are the other side; ``reply`` is what the unit answered beside its return.

    It falls when the value changes, and stays when the file is moved, when rows of it move, or when the unit sends the
    same again in another one.
    """

    id: str
    level: str
    rule: str
    unit: str
    period: str
    file: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str
    state: str
    ret: int | None = None
    number: Ref | None = None
    also: tuple["Finding", ...] = ()
    sides: tuple[int, int, Quantity] | None = None
    alone: bool = False
    large: bool = False
    asked: tuple[str, ...] = ()
    reply: str = ""

    def each(self) -> "Iterator[Finding]":
        """What is found at each of the numbers that it is about."""
        yield self
        yield from self.also

    @property
    def spot(self) -> tuple[object, ...]:
        """The number or cell of one file that it is about; the finding itself where it is about neither."""
        file = self.file if self.ret is None else self.ret
        return (file, self.number or (self.sheet, self.cell)) if self.cell else (file, self.id)

    @property
    def pending(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in PENDING[self.level]

    @property
    def withholds(self) -> bool:
        """Whether nothing at all is forwarded as long as it is open, for it would leave with what is forwarded."""
        message = catalogue().get(self.rule)
        return bool(message and message.withholds)

    def between(self, left: int, right: int, quantity: Quantity) -> "Finding":
        """The finding with the two numbers that it is about."""
        return replace(self, sides=(left, right, quantity))

    def explained(self, note: str) -> "Finding":
        """The finding with the unit's explanation, which settles it."""
        return replace(self, state=EXPLAINED, message=f"{self.message}单位说明：{note}")

    def answered(self, note: str, gap: Decimal, limit: int) -> "Finding":
        """The finding with the unit's explanation, if any; of a gap above ``limit`` the office has to confirm it.

        Both are in the line's unit.
        Of a rule on trial there is nothing to confirm.
        """
        own = replace(self, alone=True, large=abs(gap) > limit and self.level != TRIAL)
        if not note:
            return own
        told = own.explained(note)
        return replace(told, state=UNCONFIRMED, remedy=CONFIRM) if own.large else told

    def replied(self, note: str) -> "Finding":
        """The finding with the unit's reply that it is so: as its explanation in the return, where one settles it."""
        told = replace(self.explained(note), reply=note)
        if self.alone and not self.large:
            return told
        return replace(told, state=UNCONFIRMED, remedy=CONFIRM if self.large else f"{self.remedy}{CONFIRM_WORD}")

    def told_by(self, words: str, why: str) -> "Finding":
        """The finding with a reply of the unit that settles nothing, and why."""
        return replace(self, reply=words, remedy=f"{self.remedy}{words}{f'没有采用：{why}。' if why else ''}")

    def beside(self, words: str) -> "Finding":
        """The finding with the word of the unit on its other side."""
        told = f"另一方答复：{words}。"
        return self if told in self.remedy else replace(self, remedy=f"{self.remedy}{told}")

    def ruled(self, state: str, words: str) -> "Finding":
        """The finding with the office's ruling."""
        return replace(self, state=state, message=f"{self.message}办公室{state}：{words}")


def make(level: str, rule: str, place: Place, value: str, message: str, remedy: str) -> Finding:
    """An open finding."""
    identity = "\x1f".join([rule, *place.identity, value])
    digest = hashlib.sha256(identity.encode("utf-8")).hexdigest()
    return Finding(
        f"h{digest[:12]}", level, rule, place.unit, place.period, place.file, place.sheet, place.cell,
        value, message, remedy, OPEN[level], place.ret, place.number,
    )  # fmt: skip


def tell(kind: str, place: Place, *, value: str = "", **facts: object) -> Finding:
    """A finding in the words of the catalogue; ``facts`` fill in its sentences, and the names that the form uses.

    A day among them is said in words.
    """
    message = catalogue()[kind]
    said = {name: in_words(fact) if isinstance(fact, date) else fact for name, fact in facts.items()}
    told = spoken(length_of(place.period) if place.unit and place.period else 0) | said
    return make(message.level, kind, place, value, message.says.format_map(told), message.advice(told))


def to_frame(findings: Iterable[Finding]) -> "DataFrame[Findings]":
    """Findings as a frame, in the order given, each once in a file."""
    from schemas.frames import Findings, columns_of, frame_of

    once = {(finding.id, finding.file): finding for finding in findings}
    row = attrgetter(*columns_of(Findings))
    return frame_of(Findings, map(row, once.values()))
