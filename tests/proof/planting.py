"""Errors planted in clean reports, the same ones every time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from zlib import crc32

from pipeline.proof.figure import Doubt, Figure
from tests.proof.corpus import Note, Report


@dataclass(frozen=True)
class Plant:
    """A report with one thing changed: its kind, the text, and where the change begins and ends in it."""

    report: Report
    kind: str
    text: str
    start: int
    end: int

    def found(self, doubts: list[Doubt]) -> list[bool]:
        """For each doubt whether it is about what was changed."""
        return [self._about(doubt) for doubt in doubts]

    def _about(self, doubt: Doubt) -> bool:
        if self.kind.startswith("cell"):
            written = self.text[self.start : self.end]
            return any(f.cell and f.written.strip("+ ") == written for f in doubt.figures)
        if doubt.kind in {"year", "missing"} and self.kind in {"year", "dropped from a list"}:
            return doubt.kind == "missing" or self._around in doubt.place.text
        return any(self._holds(figure) for figure in doubt.figures)

    @property
    def _around(self) -> str:
        """The words at what was changed, in its line."""
        line = self.text.rfind("\n", 0, self.start) + 1
        return self.text[max(line, self.start - 8) : self.end].strip()

    def _holds(self, figure: Figure) -> bool:
        """Whether a figure is what was changed, or holds it."""
        at = figure.paragraph.text.find(self._around)
        end = at + len(self._around)
        return at >= 0 and figure.start < end and end - (self.end - self.start) < figure.end


def plants(report: Report) -> Iterator[Plant]:
    """Every error that the notes of a clean report allow."""
    for n, note in enumerate(report.notes):
        seed = crc32(f"{report.name} {n}".encode())
        yield from _OF[note.kind](report, note, seed) if note.kind in _OF else ()


def _of_sum(report: Report, note: Note, seed: int) -> Iterator[Plant]:
    total = len(note.spans) - 1 if note.kind == "tail" else 0
    parts = [n for n in range(len(note.spans)) if n != total]
    for what, at in (("total", total), ("part", parts[seed % len(parts)])):
        yield from _slips(report, note.spans[at], what, seed + at)
    last = report.text[note.spans[parts[-2]][1] : note.spans[parts[-1]][0]] if len(parts) > 2 else ""
    if len(parts) > 2 and ("其他" in last or "其它" in last):
        able = [n for n in range(len(parts) - 2) if note.numbers[parts[n + 1]] != "0"]
        for at in able[seed % len(able) :][:1] if able else ():
            yield from _without(report, note.spans[parts[at]], note.spans[parts[at + 1]])
    value = note.numbers[total]
    if "." not in value and len(value) > 3:
        more = _like(value, int(value.replace(",", "")) + 23 + seed % 17)
        yield _changed(report, note.spans[total], more, "total: counted wrongly")


def _of_overlap(report: Report, note: Note, seed: int) -> Iterator[Plant]:
    total, *parts = (int(n) for n in note.numbers)
    for new in _neighbours(note.numbers[0]):
        if int(new) > sum(parts):
            yield _changed(report, note.spans[0], new, "overlap: total over the sum")
            break
    at = 1 + parts.index(max(parts))
    for new in _neighbours(note.numbers[at]):
        if int(new) > total:
            yield _changed(report, note.spans[at], new, "overlap: part over total")
            break


def _of_open(report: Report, note: Note, seed: int) -> Iterator[Plant]:
    total, part = (int(n.replace(",", "")) for n in note.numbers[:2])
    for at, fits in ((1, lambda n: n > total), (0, lambda n: 0 < n < part)):
        new = next((n for n in _neighbours(note.numbers[at]) if fits(int(n))), None)
        if new:
            yield _changed(report, note.spans[at], new, "part over total")


def _of_percentage(report: Report, note: Note, seed: int) -> Iterator[Plant]:
    kind = {"share": "share", "growth": "growth", "change": "growth", "rise": "difference"}[note.kind]
    for n, span in enumerate(note.spans):
        written = report.text[slice(*span)]
        for what, new in (("swapped", _swapped(written, seed)), ("one digit", _digit(written, seed, least=2))):
            if new and not (n and _fits_still(note, new)):
                yield _changed(report, span, new, f"{'difference' if n else kind}: {what}")


def _fits_still(note: Note, new: str) -> bool:
    """Whether the growth told beside it follows from another difference too, when it is rounded."""
    percent, difference, now = (Decimal(number.replace(",", "")) for number in note.numbers)
    changed = Decimal(new.replace(",", "")).copy_sign(difference)
    return round(abs(changed) / (now - changed) * 100, len(note.numbers[0].partition(".")[2])) == percent


def _of_balance(report: Report, note: Note, seed: int) -> Iterator[Plant]:
    for at in range(len(note.spans)):
        yield from _slips(report, note.spans[at], "balance", seed + at)


def _of_same(report: Report, note: Note, seed: int) -> Iterator[Plant]:
    yield from _slips(report, note.spans[0], "said again", seed)


def _of_omission(report: Report, note: Note, seed: int) -> Iterator[Plant]:
    words, _, instead = note.rest.partition(">>")
    start = report.text.index(words)
    text = report.text[:start] + instead + report.text[start + len(words) :]
    yield Plant(report, "dropped from a list", text, start, start + len(instead))


def _of_year(report: Report, note: Note, seed: int) -> Iterator[Plant]:
    start = report.text.index(note.rest) + re.search(r"20\d\d", note.rest).start()
    year = str(int(report.text[start : start + 4]) - 1)
    yield _changed(report, (start, start + 4), year, "year")


def _of_cells(report: Report, note: Note, seed: int) -> Iterator[Plant]:
    """Numbers of a table with a digit more or another one, every ninth of them."""
    start, end = (report.text.index(words) for words in note.rest.split(">>"))
    numbers = list(re.finditer(r"(?<![\d（第.])\d+(?=[\t\n |]|$)", report.text[start:end]))
    for found in numbers[seed % 9 :: 9]:
        span = (start + found.start(), start + found.end())
        new = _digit(found[0], seed) if found[0] != "0" else str(7 + seed % 5)
        if new:
            yield _changed(report, span, new, "cell: one digit")


def _without(report: Report, before: tuple[int, int], span: tuple[int, int]) -> Iterator[Plant]:
    """The text of a list that ends in 其他, without the part behind another one."""
    start, end = (at + re.match(r"[^，,。；;、]*", report.text[at:]).end() for at in (before[1], span[1]))
    if not set("%\n（(") & set(report.text[start:end]):
        yield Plant(report, "part left out", report.text[:start] + report.text[end:], before[0], before[1])


def _slips(report: Report, span: tuple[int, int], what: str, seed: int) -> Iterator[Plant]:
    written = report.text[slice(*span)]
    for how, new in (("swapped", _swapped(written, seed)), ("one digit", _digit(written, seed))):
        if new:
            yield _changed(report, span, new, f"{what}: {how}")


def _swapped(written: str, seed: int) -> str:
    """Two neighbouring digits exchanged, "" where none differ."""
    able = [
        n for n in range(len(written) - 1)
        if written[n : n + 2].isdigit() and written[n] != written[n + 1] and (n or written[1] != "0")
    ]  # fmt: skip
    if not able:
        return ""
    n = able[seed % len(able)]
    return f"{written[:n]}{written[n + 1]}{written[n]}{written[n + 2 :]}"


def _digit(written: str, seed: int, least: int = 1) -> str:
    """One digit another, by ``least`` at least; of a lone 0 nothing is left."""
    able = [n for n, sign in enumerate(written) if sign.isdigit()]
    n = able[seed // 7 % len(able)]
    step = least + seed // 11 % (9 - 2 * least + 1)
    new = (int(written[n]) + step) % 10
    if not n and not new:
        new = (new + 1) % 10 or 1
    changed = f"{written[:n]}{new}{written[n + 1 :]}"
    return changed if Decimal(changed.replace(",", "")) != Decimal(written.replace(",", "")) else ""


def _neighbours(written: str) -> Iterator[str]:
    """Every number one digit away, those with a digit more or less last."""
    for n in range(len(written)):
        yield from (f"{written[:n]}{d}{written[n + 1 :]}" for d in "123456789" if d != written[n])
    yield f"{written}0"
    yield written[:-1] or "0"


def _like(written: str, value: int) -> str:
    return f"{value:,}" if "," in written else str(value)


def _changed(report: Report, span: tuple[int, int], new: str, kind: str) -> Plant:
    start, end = span
    text = report.text[:start] + new + report.text[end:]
    return Plant(report, kind, text, start, start + len(new))


_OF = {
    "sum": _of_sum, "tail": _of_sum, "over": _of_overlap, "open": _of_open, "share": _of_percentage,
    "growth": _of_percentage, "change": _of_percentage, "rise": _of_percentage, "balance": _of_balance,
    "same": _of_same, "omit": _of_omission, "cells": _of_cells, "year": _of_year,
}  # fmt: skip
