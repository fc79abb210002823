"""The marks at the cells: a frame that goes away by itself, and a note that says what is wrong and what to do."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.outbox.returned.spots import Spot
from pipeline.paper.names import CALLED
from pipeline.paper.theme import ERR, ERR_BG, SONG, WARN, WARN_BG, wrap
from pipeline.values.findings import Finding

LOOKS = {"must": (ERR, ERR_BG), "verify": (WARN, WARN_BG)}
WIDE, LINE, MARGIN = 320, 17, 14  # pixels of a note
CHARACTERS = 46  # half-width ones on a line of a note
LETTERS = 9  # points
LONGEST = 2000  # characters; of a longer one the cell and the list tell the rest

_CALLED = dict(zip(LOOKS, CALLED, strict=True))

Marked = Sequence[tuple[Finding, Spot]]


def mark_cells(workbook: Any, marked: Marked, author: str) -> None:
    """Mark every cell that a finding is about."""
    looks = {
        level: workbook.add_format({"font_color": ink, "bg_color": back, "border": 1, "border_color": ink})
        for level, (ink, back) in LOOKS.items()
    }
    for finding, spot in marked:
        if not spot.recomputed:
            sheet = workbook.get_worksheet_by_name(spot.sheet)
            criteria = f"={spot.still_open(finding.level)}"
            area = (spot.row, spot.column, spot.row, spot.column)
            sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": looks[finding.level]})
    for (name, row, column), text in _notes(marked).items():
        workbook.get_worksheet_by_name(name).write_comment(row, column, text, _shape(text, author))


def _notes(marked: Marked) -> Mapping[tuple[str, int, int], str]:
    """One note a cell, with all that is said there."""
    notes: dict[tuple[str, int, int], str] = {}
    for finding, spot in marked:
        at = (spot.sheet, spot.row, spot.column)
        said = f"{_CALLED[finding.level]}{finding.message[:LONGEST]}\n改法：{finding.remedy}"
        notes[at] = f"{notes[at]}\n{said}" if at in notes else said
    return notes


def _shape(text: str, author: str) -> dict[str, Any]:
    """A note as large as its text."""
    lines = sum(len(wrap(part, CHARACTERS)) for part in text.split("\n"))
    size = {"width": WIDE, "height": LINE * lines + MARGIN}
    return {"author": author, "font_name": SONG, "font_size": LETTERS, "color": "#FFFFFF", **size}
