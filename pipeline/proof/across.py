"""The report's text against its own tables: where both give the same thing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import ONE_DIGIT, SWAPPED
from pipeline.proof.below import lines_of, made_below
from pipeline.proof.figure import Doubt, Figure, Group, Sentence
from pipeline.proof.grids import Panel, Tables
from pipeline.proof.labels import Labels
from pipeline.proof.lines import Line
from pipeline.proof.sums import number, total_of
from schemas.proof import Prose
from schemas.proof_tables import Both

LEAST = 100  # below it a number is like another by chance
SHORT = 3  # letters of a label that stand in many names
MOST_NAMES = 400  # names in the tables of one report
NEAR = 30  # letters before a count that may say that it is of another thing


def across(sentences: Sequence[Sentence], groups: Sequence[Group], tables: Tables, prose: Prose) -> Iterator[Doubt]:
    """Every count of the text that the report's own table has otherwise."""
    cells = {both.name: cell for both in prose.both if (cell := cell_of(both, tables)) is not None}
    inside = {part for group in groups for part in group.parts}
    told: set[str] = set()
    for sentence in sentences if cells else ():
        for figure in (f for f in sentence.counts if f not in inside and f.exact):
            for both in (one for one in prose.both if one.name in cells and says(one, sentence, figure)):
                cell = cells[both.name]
                able = both.name not in told and (not both.slip or _is_slip(figure, cell))
                if figure.value != cell.value and (able or _swapped(figure, cell)):
                    yield differs(figure, cell)
                told.add(both.name)


def restated(sentences: Sequence[Sentence], groups: Sequence[Group], prose: Prose) -> Iterator[Doubt]:
    """Every count of a thing that is one slip of the pen from what the text said of it before, in another paragraph."""
    inside = {part for group in groups for part in group.parts}
    first: dict[str, Figure] = {}
    for sentence in sentences:
        for figure in (f for f in sentence.counts if f not in inside and f.exact and f.value % 1 == 0):
            for both in (one for one in prose.both if says(one, sentence, figure)):
                before = first.setdefault(both.name, figure)
                if before.paragraph is figure.paragraph or (before.year, before.unit) != (figure.year, figure.unit):
                    continue
                how = slip(int(figure.value), int(before.value))
                if how == SWAPPED or (how and figure.value >= LEAST):
                    yield differs(figure, before)


def placed(sentences: Sequence[Sentence], groups: Sequence[Group], tables: Tables, labels: Labels) -> Iterator[Doubt]:
    """Every count that begins with a line's label and ends with a column's head, one slip of the pen from that cell.

    A small one must have two digits exchanged, and be no part of a list that makes its total.
    """
    sound = {part for g in groups if g.total.meets(*total_of(g.parts)) for part in g.parts}
    lines = [(panel, line, labels.named(line.label)) for panel in tables.panels for line in panel.lines if panel.heads]
    sought = sentences if len(lines) <= MOST_NAMES else ()
    for figure in (f for s in sought for f in s.counts if f.exact and f.value % 1 == 0 and not f.span):
        words = re.sub(labels.prose.acts, "", labels.bare(figure.before))
        own = [(p, line, words[len(name) :]) for p, line, name in lines if len(name) > 1 and words.startswith(name)]
        cells = [cell for panel, line, what in own for cell in _under(panel, line, what) if cell.year == figure.year]
        cells = cells or [cell for _, line, what in own if not what for cell in _swapped_among(figure, line)]
        how = slip(int(figure.value), int(cells[0].value)) if len(cells) == 1 and cells[0].value % 1 == 0 else None
        if (how == SWAPPED and figure not in sound) or (how and figure.value >= LEAST):
            yield differs(figure, cells[0])


def _under(panel: Panel, line: Line, words: str) -> list[Figure]:
    """The cells of a line under the heads that say some words."""
    pairs = zip(panel.heads, line.cells, strict=False)
    return [cell for head, cell in pairs if cell and len(words) > 1 and words in head]


def _swapped_among(figure: Figure, line: Line) -> list[Figure]:
    """The cells of a line that a count is but for two digits exchanged, where it is none of them."""
    cells = [cell for cell in line.cells if cell]
    return [] if any(c.value == figure.value for c in cells) else [c for c in cells if _swapped(figure, c)]


def _is_whole(figure: Figure) -> bool:
    """Whether a count is exact, and so large that another is not like it by chance."""
    return figure.exact and figure.value >= LEAST and figure.value % 1 == 0


def slipped(sentences: Sequence[Sentence], tables: Tables, labels: Labels) -> Iterator[Doubt]:
    """Every count of the text that is one slip of the pen from the cell of the same name, and from no other."""
    cells = _by_name(tables, labels)
    if not cells or len(cells) > MOST_NAMES:
        return
    for figure in (f for s in sentences for f in s.counts if _is_whole(f)):
        core = labels.core(figure)
        own = [cell for name, several in cells.items() if _is_named(name, core) for cell in several]
        if own and not labels.rest(figure) and len({cell.value for cell in own}) == 1 and own[0].value % 1 == 0:
            how = slip(int(figure.value), int(own[0].value))
            if how == SWAPPED or (how == ONE_DIGIT and labels.named(figure.before) in cells):
                yield differs(figure, own[0])


def _is_slip(figure: Figure, cell: Figure) -> bool:
    whole = figure.value % 1 == 0 and cell.value % 1 == 0
    return whole and bool(slip(int(figure.value), int(cell.value)))


def _swapped(figure: Figure, cell: Figure) -> bool:
    whole = figure.value % 1 == 0 and cell.value % 1 == 0
    return whole and slip(int(figure.value), int(cell.value)) == SWAPPED


def _is_named(name: str, core: str) -> bool:
    return name == core or (len(name) > 1 and name in core) or (len(core) > SHORT and core in name)


def _by_name(tables: Tables, labels: Labels) -> dict[str, list[Figure]]:
    """The cells of lines and columns that are whole, by the name of the line or the column."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for panel in tables.panels:
        whole = [n for n, head in enumerate(panel.heads) if labels.is_total(head)] or ([0] if panel.width == 1 else [])
        for line in panel.lines:
            name = labels.named(line.label)
            for n in whole if name and not line.total and line.cells else ():
                found[name] += [cell for cell in [line.cells[n]] if cell]
            for n, head in enumerate(panel.heads if line.total and line.cells and panel.width > 1 else ()):
                found[labels.named(head.rpartition(">")[2])] += [cell for cell in [line.cells[n]] if cell]
    return {name: several for name, several in found.items() if len(name) > 1}


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
        for line in lines_of(panel) if re.search(both.line, line.path)
        for cell in [_of_column(both, panel, line)] if cell
    ]  # fmt: skip
    return found[0] if len({cell.value for cell in found}) == 1 else None


def _of_column(both: Both, panel: Panel, line: Line) -> Figure | None:
    """The cell of a line under the head of a thing, or its only one."""
    cells = line.cells or made_below(line, panel.width)
    if panel.width == 1 and cells:
        return cells[0]
    if len(panel.heads) != len(cells):
        return None
    able = [cell for head, cell in zip(panel.heads, cells, strict=True) if re.search(both.column, head)]
    return able[both.nth] if len(able) > both.nth else None


def differs(figure: Figure, cell: Figure) -> Doubt:
    """The doubt of two figures that are to be the same."""
    facts = {
        "one": figure.words, "other": cell.words, "place": cell.paragraph.place,
        "gap": number(abs(figure.value - cell.value)),
    }  # fmt: skip
    able = [(figure, cell.value), (cell, figure.value)]
    mends = tuple((f, int(n)) for f, n in able if n % 1 == 0 and f.value % 1 == 0 and slip(int(f.value), int(n)))
    return Doubt("same", figure.paragraph, (figure, cell), facts, mends)
