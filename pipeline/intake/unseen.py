"""What of a return is not seen on its sheets, or stands beside them: hidden numbers and items, strikes, comments."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.intake.book import Book, Comment, Position, address
from pipeline.intake.cells import text_of
from pipeline.intake.extract import Extract
from pipeline.intake.register import Heading, RegisterReader
from pipeline.paper.names import CALLED
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.numerals import visible

TOLD, LONGEST = 3, 40  # how many cells are named, and how much of a comment is quoted
_HOW = {
    "struck": "加了删除线",
    "unseen": "和底色分不开或者字太小，打开表看不见",
    "conditional": "按条件格式加了删除线或看不见",
}
_IN_PART = {
    "formatted": "有一部分加了删除线或上下标",
    "odd": "里面有隐藏的内容、输入框或图片",
}  # which a title may have


def unseen_of(extract: Extract) -> Iterator[Finding]:
    """Numbers of the form in hidden places, once a sheet; and the comments, once a return."""
    book, place = extract.book, extract.place
    hidden: dict[str, list[Position]] = {}
    for position in extract.anchors.positions.values():
        if position and book.is_hidden(position) and visible(text_of(book.at(position))):
            hidden.setdefault(position[0], []).append(position)
    for sheet, cells in hidden.items():
        first = f"{address(*cells[0][1:])} 是 {text_of(book.seen(cells[0]))}"
        facts = {"where": _where(book, cells), "count": len(cells), "first": first}
        yield tell("E-SEE-05", _at(place, cells[0]), value=f"{sheet} {len(cells)}", **facts)
    yield from _noughts(extract)
    yield from _covered(extract)
    own = [one for one in book.comments if one.at[0] not in extract.beside and not one.text.startswith(CALLED)]
    if own:
        place = _at(place, own[0].at)
        yield tell("N-SEE-01", place, value=str(len(own)), count=len(own), told=_quoted(own))


def _noughts(extract: Extract) -> Iterator[Finding]:
    """Sheets that show no 0 where numbers of the form are 0."""
    book, sheets = extract.book, dict[str, list[Position]]()
    for position in extract.anchors.positions.values():
        if position and position[0] in book.without_zeros and book.at(position) == 0:
            sheets.setdefault(position[0], []).append(position)
    for sheet, cells in sheets.items():
        first = address(*cells[0][1:])
        facts = {"sheet": sheet, "count": len(cells), "first": first}
        yield tell("W-SEE-02", _at(extract.place, cells[0]), value=f"{sheet} {len(cells)}", **facts)


def _covered(extract: Extract) -> Iterator[Finding]:
    """What is drawn over numbers of the form, each once."""
    cells = [position for position in extract.anchors.positions.values() if position]
    for drawing in extract.book.drawings:
        under = [position for position in cells if drawing.covers(position)]
        if under:
            text = f"（上面写着“{drawing.text[:LONGEST]}”）" if drawing.text else ""
            told = _few(address(*position[1:]) for position in under)
            facts = {"what": drawing.what, "text": text, "cells": told, "count": len(under)}
            value = f"{drawing.what} {drawing.text} {len(under)}"
            yield tell("W-SEE-03", _at(extract.place, under[0]), value=value, **facts)


def unseen_items(reader: RegisterReader, heading: Heading) -> Iterator[Finding]:
    """Items of a register that are struck out, not to be seen, or hidden: one finding a kind, at the first."""
    book, columns = reader.book, [column for _, column in heading.columns]
    cells = [(heading.sheet, row, column) for row in reader.rows for column in columns]
    typed = {column for field, column in heading.columns if field.kind != "text"}
    for kind, how in (_HOW | _IN_PART).items():
        whole = [at for at in cells if at in book.marks and book.marks[at].kind == kind]
        marked = whole if kind in _HOW else [at for at in whole if at[2] in typed]
        if marked:
            rows = dict.fromkeys(row for _, row, _ in marked)
            more = f"；这样的行共 {len(rows)} 行" if len(rows) > 1 else ""
            facts = {"row": marked[0][1] + 1, "written": text_of(book.seen(marked[0])), "how": how, "more": more}
            yield tell("E-SEE-06", _at(reader.place, marked[0]), value=f"{how} {len(rows)}", **facts)
    hidden = [at for at in cells if book.is_hidden(at) and visible(text_of(book.at(at)))]
    if hidden:
        count = len({row for _, row, _ in hidden})
        where = _where(book, hidden)
        yield tell("W-SEE-01", _at(reader.place, hidden[0]), value=f"{where} {count}", where=where, count=count)


def _where(book: Book, cells: Sequence[Position]) -> str:
    """The hidden place that the cells stand in."""
    sheet = cells[0][0]
    hidden = book.hidden[sheet]
    if hidden.whole:
        return f"工作表“{sheet}”"
    rows = dict.fromkeys(row + 1 for _, row, _ in cells if row in hidden.rows)
    letters = dict.fromkeys(address(0, column)[:-1] for _, _, column in cells if column in hidden.columns)
    told = [f"第 {_few(map(str, rows))} 行"] if rows else []
    return f"工作表“{sheet}”的" + "和".join([*told, *([f"第 {_few(letters)} 列"] if letters else [])])


def _few(names: Iterator[str] | dict[str, None]) -> str:
    every = list(names)
    return "、".join(every[:TOLD]) + ("等" if len(every) > TOLD else "")


def _quoted(comments: Sequence[Comment]) -> str:
    """The first comments with their cells."""
    told = (f"{at[0]}!{address(*at[1:])}“{' '.join(text.split())[:LONGEST]}”" for at, text in islice(comments, TOLD))
    return "、".join(told) + ("等" if len(comments) > TOLD else "")


def _at(place: Place, position: Position) -> Place:
    return replace(place, sheet=position[0], cell=address(*position[1:]))
