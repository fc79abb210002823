"""核实单 that came back: known by its headings, whatever the file and the sheet are called and wherever they lie."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.intake.book import Book, address
from pipeline.intake.cells import text_of
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.replies import ANSWER, ASKED, CODE, HEADINGS, REASON, WHEN, WHERE, WRITTEN, Reply, parsed

TOP = 10  # rows among which the headings are looked for
TOLD = "N-INQ-01"  # the finding
OUTSIDE = "这一行除黄色格以外有改动，不知道答的是哪个问题"
UNSEEN = "答复被划去、隐藏或显示成别的样子"


class Inquiries(NamedTuple):
    """The sheets of a book that are 核实单, and what was replied on them; how many rows were left open."""

    sheets: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()
    left: int = 0

    def told(self, place: Place) -> Finding:
        """That a file is one, and how much of it was answered."""
        facts = {"answered": len(self.replies), "left": self.left, "name": place.file}
        return tell(TOLD, place, value=place.content, **facts)


def inquiries_in(book: Book, name: str, digest: str) -> Inquiries:
    """The 核实单 of a book; most books have none."""
    heads = {sheet: head for sheet, rows in book.sheets.items() if (head := _head(rows)) is not None}
    replies: list[Reply] = []
    left = 0
    for sheet, (at, columns) in heads.items():
        for reply in _rows(book, sheet, at, columns, (name, digest)):
            replies += [reply] if reply.answer or reply.reason else []
            left += not (reply.answer or reply.reason)
    return Inquiries(tuple(heads), tuple(replies), left)


def _head(rows: Sequence[Sequence[object]]) -> tuple[int, Mapping[str, int]] | None:
    """The row of the headings and where each of them stands; None where they are not all there."""
    for at, row in enumerate(rows[:TOP]):
        texts = ["".join(cell.split()) if isinstance(cell, str) else "" for cell in row]
        if ASKED in texts and set(HEADINGS) <= set(texts):
            return at, {heading: texts.index(heading) for heading in HEADINGS}
    return None


def _rows(book: Book, sheet: str, head: int, columns: Mapping[str, int], file: tuple[str, str]) -> Iterator[Reply]:
    """The rows below the headings that ask something."""
    name, digest = file
    for row in range(head + 1, len(book.sheets[sheet])):
        text = {heading: text_of(book.at((sheet, row, at))).strip() for heading, at in columns.items()}
        if not text[CODE] and not text[ASKED]:
            continue
        printed = (text[WHEN], text[WHERE], text[WRITTEN], text[ASKED])
        finding, unit, intact = parsed(text[CODE], printed)
        places = [(sheet, row, columns[heading]) for heading in (ANSWER, REASON) if text[heading]]
        seen = not any(place in book.marks or book.is_hidden(place) for place in places)
        odd = OUTSIDE if not intact else "" if seen else UNSEEN
        yield Reply(
            unit, text[WHEN], finding, text[ASKED], text[WRITTEN], text[ANSWER], text[REASON], name, sheet,
            address(row, columns[ANSWER]), row + 1, digest, odd,
        )  # fmt: skip
