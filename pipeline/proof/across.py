"""The report's text against its own tables: where both give the same thing."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.grids import Panel, Tables
from pipeline.proof.lines import Line
from pipeline.proof.sums import number
from pipeline.slips import slip
from schemas.proof import Both, Prose

NEAR = 30  # letters before a count that may say that it is of another thing


def across(sentences: Sequence[Sentence], groups: Sequence[Group], tables: Tables, prose: Prose) -> Iterator[Doubt]:
    """Every count of the text that the report's own table has otherwise."""
    cells = {both.name: cell for both in prose.both if (cell := cell_of(both, tables)) is not None}
    inside = {part for group in groups for part in group.parts}
    told: set[str] = set()
    for sentence in sentences if cells else ():
        for figure in sentence.counts:
            for both in (one for one in prose.both if one.name in cells and one.name not in told):
                if figure not in inside and figure.exact and says(both, sentence, figure):
                    told.add(both.name)
                    if figure.value != cells[both.name].value:
                        yield _differs(figure, cells[both.name])


def says(both: Both, sentence: Sentence, figure: Figure) -> bool:
    """Whether a count of the text is of a thing, for the whole year and the whole body."""
    words = figure.before
    if figure.span or sentence.inside or not both.text or not re.search(both.text, words):
        return False
    at = figure.start - sentence.start
    return not (both.never and re.search(both.never, sentence.text[max(0, at - NEAR) : at]))


def cell_of(both: Both, tables: Tables) -> Figure | None:
    """The one cell of the report's tables that has a thing; None where none has, or several."""
    found = [
        cell for panel in tables.panels if re.search(both.title, panel.grid.title + "".join(chain(*panel.grid.rows)))
        for line in panel.lines if re.search(both.line, line.path)
        for cell in [_of_column(both, panel, line)] if cell
    ]  # fmt: skip
    return found[0] if len({cell.value for cell in found}) == 1 else None


def _of_column(both: Both, panel: Panel, line: Line) -> Figure | None:
    """The cell of a line under the head of a thing, or its only one."""
    if panel.width == 1 and line.cells:
        return line.cells[0]
    if len(panel.heads) != len(line.cells):
        return None
    able = [cell for head, cell in zip(panel.heads, line.cells, strict=True) if re.search(both.column, head)]
    return able[both.nth] if len(able) > both.nth else None


def _differs(figure: Figure, cell: Figure) -> Doubt:
    facts = {
        "one": figure.words, "other": cell.words, "place": cell.paragraph.place,
        "gap": number(abs(figure.value - cell.value)),
    }  # fmt: skip
    able = [(figure, cell.value), (cell, figure.value)]
    mends = tuple((f, int(n)) for f, n in able if n % 1 == 0 and f.value % 1 == 0 and slip(int(f.value), int(n)))
    return Doubt("same", figure.paragraph, (figure, cell), facts, mends)
