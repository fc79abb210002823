"""Every text of an outcome that came from outside and would travel: where the files for the level above get theirs.

What the form and the office's lists say is our own. A column or an attribute that is new is walked by itself; those
that hold codes, days and hashes of our own are named here, and who sent a mail, which stands in no file that leaves.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from pipeline.tables.outcome import Outcome
from pipeline.values.revisions import Revisions
from schemas.draft import TEXTS, read_texts

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
LEAST = 2  # characters of a text that can give anything away
NAMES = frozenset({"file", "from_file", "to_file"})  # names of files, with their folders
FRAMES = ("returns", "receipts", "amended", "facts")
VALUES = ("findings", "questions", "differences", "replies")
ABOUT = frozenset({"unit", "period", "return_sha256"})  # of a register, whose other columns are the form's
OURS = ABOUT | {
    "id", "level", "rule", "cell", "state", "sha256", "digest", "received", "edition", "kind", "due", "closed",
    "accepted", "table", "line", "column", "measure", "role", "unit_of_measure", "cell_state", "quality", "ruling",
    "reply", "scope", "verdict", "published", "before_state", "after_state", "finding", "until", "day",
    "typed", "sender", "sent_on", "message_id",
}  # fmt: skip


class Change(Protocol):
    """What makes another text of one, and another name of a file's."""

    def __call__(self, text: str) -> str:
        """A text."""

    def name(self, name: str) -> str:
        """The name of a file, with its folders."""


@dataclass(slots=True)
class Spoken:
    """A text, and where it stands: in a value, in a column of a frame (its first row there), or in a file's name."""

    text: str
    value: Any = None
    frame: "pd.DataFrame | None" = None
    column: str = ""
    file: str = ""

    @property
    def about(self) -> Mapping[str, Any]:
        """What else is told there, by its name."""
        if self.frame is not None:
            there = self.frame[self.column] == (self.file or self.text)
            return {str(name): value for name, value in self.frame[there].iloc[0].items()}
        own = fields(self.value) if self.value is not None else ()
        return {one.name: getattr(self.value, one.name) for one in own} | ({"file": self.file} if self.file else {})


def spoken(outcome: Outcome) -> Iterator[Spoken]:
    """Each text, in the order of where a person would look for it; of a file's name each part of its path."""
    for frame, ours in _frames(outcome):
        for name in _columns(frame, ours):
            for text in frame[name].unique():
                yield from _each(str(text), name, frame=frame, column=name)
    for value in _values(outcome):
        for name in _attributes(value):
            text = getattr(value, name)
            if isinstance(text, str):
                yield from _each(text, name, value=value)
    for file in {**outcome.sizes, **outcome.inputs}:
        yield from _each(file, "file")
    texts, _ = read_texts(outcome.office)
    for own in texts.texts:
        yield from (Spoken(line.strip(), file=TEXTS) for line in own.text.splitlines())


def _each(text: str, name: str, **where: Any) -> Iterator[Spoken]:
    if name in NAMES:
        yield from (Spoken(part, file=text, **where) for part in text.split("/"))
    elif len(text) >= LEAST:
        yield Spoken(text, **where)


def changed(outcome: Outcome, change: Change) -> Outcome:
    """The outcome with each of these texts as ``change`` has it."""
    fresh: dict[str, Any] = {name: _in_frame(getattr(outcome, name), OURS, change) for name in FRAMES}
    fresh["items"] = {table: _in_frame(frame, ABOUT, change) for table, frame in outcome.items.items()}
    fresh |= {name: tuple(_in_values(getattr(outcome, name), change)) for name in VALUES}
    fresh["rulings"] = replace(outcome.rulings, every=tuple(_in_values(outcome.rulings.every, change)))
    for name in ("revisions", "closed"):
        fresh[name] = _in_revisions(getattr(outcome, name), change)
    fresh["sent_back"] = tuple(replace(back, file=change.name(back.file)) for back in outcome.sent_back)
    for name in ("sizes", "inputs"):
        fresh[name] = {change.name(key): value for key, value in getattr(outcome, name).items()}
    return replace(outcome, **fresh)


def _in_revisions(told: Revisions, change: Change) -> Revisions:
    return replace(told, changes=tuple(_in_values(told.changes, change)), moved=tuple(_in_values(told.moved, change)))


def _frames(outcome: Outcome) -> "list[tuple[pd.DataFrame, frozenset[str]]]":
    registers = [(frame, ABOUT) for frame in outcome.items.values()]
    return [*registers, *((getattr(outcome, name), OURS) for name in FRAMES)]


def _values(outcome: Outcome) -> Iterator[Any]:
    for name in VALUES:
        yield from getattr(outcome, name)
    yield from outcome.rulings.every
    for told in (outcome.revisions, outcome.closed):
        yield from (*told.changes, *told.moved)


def _columns(frame: "pd.DataFrame", ours: frozenset[str]) -> list[str]:
    return [str(name) for name in frame.columns if name not in ours and _is_text(frame[name])]


def _is_text(column: "pd.Series[Any]") -> bool:
    return str(column.dtype) in {"str", "object", "string"}


def _attributes(value: Any) -> tuple[str, ...]:
    return _named(cast("Hashable", type(value)))


@cache
def _named(kind: Hashable) -> tuple[str, ...]:
    return tuple(own.name for own in fields(cast("type[Any]", kind)) if own.name not in OURS)


def _in_frame(frame: "pd.DataFrame", ours: frozenset[str], change: Change) -> "pd.DataFrame":
    fresh = {}
    for name in _columns(frame, ours):
        by = change.name if name in NAMES else change
        others = {text: new for text in frame[name].unique() if (new := by(str(text))) != text}
        if others:
            fresh[name] = frame[name].replace(others)
    return frame.assign(**fresh) if fresh else frame


def _in_values(values: Iterable[T], change: Change) -> Iterator[T]:
    for value in values:
        old = {name: text for name in _attributes(value) if isinstance(text := getattr(value, name), str)}
        new = {name: change.name(text) if name in NAMES else change(text) for name, text in old.items()}
        yield value if new == old else replace(value, **new)  # type: ignore[type-var]  # all of them are dataclasses
