"""Whole reports with the errors that somebody who had not seen the program put into them, or made without meaning to.

``truth.jsonl`` beside the folder ``texts`` has a line for each text: its year, how many figures it has, its errors (the
place as printed, what is right there) and what may be said though it is none.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.proof.figure import Block, Doubt
from pipeline.proof.proof import Compared, compare, read_report
from pipeline.proof.reading import plain
from pipeline.values.numerals import half_width
from schemas.proof import prose

BLIND = Path(__file__).parent / "blind"
SECOND = Path(__file__).parent / "second"  # tried once after the program was mended after those
THIRD = Path(__file__).parent / "third"  # and once more, in .docx and .html too
FOURTH = Path(__file__).parent / "fourth"
FIFTH = Path(__file__).parent / "fifth"
SIXTH = Path(__file__).parent / "sixth"
SEVENTH = Path(__file__).parent / "seventh"
EIGHTH = Path(__file__).parent / "eighth"
NINTH = Path(__file__).parent / "ninth"  # its misses are not mended: what the method does with strangers
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Error:
    """An error of a text: where it stands as printed, and what is right."""

    kind: str
    at: str
    right: str

    def is_told(self, doubt: Doubt) -> bool:
        """Whether a doubt is about it: it names a number of the place, and what is right or the difference."""
        said = numbers(told(doubt))
        at, right = numbers(self.at), numbers(self.right)
        printed = at[-1:] if "\t" in self.at else at
        gaps = {abs(a - b) for a in printed for b in right}
        return bool(set(printed) & set(said)) and (not right or bool((set(right) | gaps) & set(said)))


@dataclass(frozen=True)
class Case:
    """A text with what is true of it."""

    name: str
    year: int
    blocks: tuple[Block, ...]
    figures: int
    errors: tuple[Error, ...]
    may: tuple[str, ...]

    def read(self) -> Compared:
        return compare(self.blocks, self.year)

    def may_say(self, doubt: Doubt) -> bool:
        """Whether a doubt is about what is debatable."""
        said = set(numbers(told(doubt)))
        return any(set(numbers(words)) & said for words in self.may)


@dataclass
class Tally:
    """What the alarms over several texts came to."""

    texts: int = 0
    clean: int = 0
    figures: int = 0
    read: int = 0
    errors: int = 0
    found: int = 0
    true: int = 0
    false: int = 0
    clean_with_alarm: int = 0
    missed: list[tuple[Case, Error]] = field(default_factory=list)
    wrong: list[tuple[Case, Doubt]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.true / (self.true + self.false) if self.true + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.errors if self.errors else 1.0

    def add(self, case: Case) -> None:
        compared = case.read()
        there = [doubt for doubt in compared.doubts if not case.may_say(doubt) or _about(case, doubt)]
        wrong = [doubt for doubt in there if not _about(case, doubt)]
        missed = [error for error in case.errors if not any(error.is_told(doubt) for doubt in compared.doubts)]
        self.texts += 1
        self.clean += not case.errors
        self.figures += compared.figures + len(compared.unread)
        self.read += compared.figures
        self.errors += len(case.errors)
        self.found += len(case.errors) - len(missed)
        self.true += len(there) - len(wrong)
        self.false += len(wrong)
        self.clean_with_alarm += bool(wrong) and not case.errors
        self.missed += [(case, error) for error in missed]
        self.wrong += [(case, doubt) for doubt in wrong]


def _about(case: Case, doubt: Doubt) -> bool:
    return any(error.is_told(doubt) for error in case.errors)


def told(doubt: Doubt) -> str:
    """What is said of a doubt, and the figures it is about."""
    says = prose().says[doubt.kind].says.format(**doubt.facts)
    slips = " ".join(str(number) for _, number in doubt.suspects)
    return f"{says} {slips} {' '.join(figure.written for figure in doubt.figures)}"


def numbers(text: str) -> list[Decimal]:
    """The numbers of a text, in order."""
    found = []
    for written in _NUMBER.findall(plain(half_width(text))):
        try:
            found.append(Decimal(written.replace(",", "")).normalize())
        except InvalidOperation:
            continue
    return found


def cases(folder: Path = BLIND) -> Iterator[Case]:
    """Every text of a folder."""
    for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
        known = json.loads(line)
        errors = tuple(Error(e["kind"], e["at"], e["right"]) for e in known["errors"])
        blocks = read_report(folder / "texts" / known["file"])
        yield Case(known["file"][:3], known["year"], blocks, known["figures"], errors, tuple(known["may"]))


def tally(folder: Path = BLIND) -> Tally:
    """What proof says of all texts of a folder."""
    made = Tally()
    for case in cases(folder):
        made.add(case)
    return made
