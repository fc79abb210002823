"""Reports in the manner of real ones, each with notes on what belongs together in it.

A text file holds the report, a line ====, and the notes, a line a relation. Numbers are written as in the text and in
its order, found from the words behind @ on:

    sum TOTAL = PART + PART      tail PART + PART = TOTAL      over TOTAL ~ PART + PART   (an item may run on several)
    open TOTAL > PART PART       share P = PART / WHOLE        growth P = NOW / BEFORE    change P = DIFFERENCE of NOW
    rise DIFFERENCE = NOW - BEFORE      balance A + B = C + D      same NUMBER (said before)
    omit WORDS>>INSTEAD          year WORDS (that hold the year)
    cells FROM>>TO               every number between these words stands in a table and is added up there
    finds KIND WORDS             an error that the report really has
    office                       proofread with the code lists of the office
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.proof.codes import Codes, codes_of
from pipeline.proof.figure import Block, Doubt
from pipeline.proof.pasted import blocks_of
from pipeline.proof.proof import compare
from schemas.forms import read_form
from schemas.office import read_office

TEXTS = Path(__file__).parent / "texts"
HELD_OUT = Path(__file__).parent / "held_out"
FORMS = Path(__file__).parent / "forms"


@dataclass(frozen=True)
class Note:
    """A relation: its kind and the numbers it names, each with where it stands in the text."""

    kind: str
    numbers: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    rest: str


@dataclass(frozen=True)
class Report:
    name: str
    text: str
    notes: tuple[Note, ...]

    @property
    def clean(self) -> bool:
        return not any(note.kind == "finds" for note in self.notes)

    @property
    def errors(self) -> list[list[str]]:
        return [note.rest.split() for note in self.notes if note.kind == "finds"]

    def doubts(self, text: str | None = None) -> list[Doubt]:
        office = any(note.kind == "office" for note in self.notes)
        return list(compare(paragraphs(text or self.text), None, jyg_codes() if office else Codes()).doubts)


@cache
def jyg_codes() -> Codes:
    return codes_of(read_form("jyg-2012", read_office()))


def paragraphs(text: str) -> tuple[Block, ...]:
    return blocks_of(text.splitlines())


@cache
def reports(folder: Path = TEXTS) -> tuple[Report, ...]:
    return tuple(_read(path) for path in sorted(folder.glob("*.txt")))


def _read(path: Path) -> Report:
    text, _, notes = path.read_text("utf-8").partition("====\n")
    return Report(path.stem, text, tuple(_note(line, text) for line in notes.splitlines() if line))


def _note(line: str, text: str) -> Note:
    kind, _, rest = line.partition(" ")
    if kind in {"omit", "year", "finds", "office", "cells"}:
        return Note(kind, (), (), rest)
    anchor = re.search(r"@(\S+)", rest)
    start = text.index(anchor[1]) if anchor else 0
    numbers = re.findall(r"(?<!\S)-?[\d.,]+(?!\S)", re.sub(r"@\S+", "", rest))
    if kind in {"share", "growth", "change", "rise"}:
        percent, *others = numbers
        if kind == "share":
            start = _find(others[0], text, start)[1]
        own = (percent + ("" if kind == "rise" else "%"), *([others[0].lstrip("-")] if kind == "change" else []))
        found = [_find(number, text, start) for number in own]
        return Note(
            kind, tuple(numbers), tuple((a, b - ("%" in n)) for n, (a, b) in zip(own, found, strict=True)), rest
        )
    spans = []
    for number in numbers:
        spans.append(_find(number, text, start))
        start = spans[-1][1]
    return Note(kind, tuple(numbers), tuple(spans), rest)


def _find(number: str, text: str, start: int) -> tuple[int, int]:
    found = re.compile(rf"(?<![\d.,]){re.escape(number)}(?!\d|,\d|\.\d)").search(text, start)
    assert found, f"{number} is not in the text behind {text[start : start + 20]!r}"
    return found.span()
