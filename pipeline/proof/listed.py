"""A list of the text against a column of the report's own table: the parts by the labels of the lines."""

from collections.abc import Iterator, Sequence

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED
from pipeline.proof.across import LEAST, MOST_NAMES, differs
from pipeline.proof.below import Cells, lines_of, made_below
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.grids import Panel, Tables
from pipeline.proof.labels import Labels

Pairs = list[tuple[Figure, Figure]]  # of the text and of the table


def listed(sentences: Sequence[Sentence], tables: Tables, labels: Labels) -> Iterator[Doubt]:
    """Every count of a sentence that its line has otherwise, in the column where the others of the sentence stand."""
    panels = [panel for panel in tables.panels if 1 < len(panel.lines) <= MOST_NAMES]
    names = {panel: _names(panel, labels) for panel in panels}
    for sentence in (s for s in sentences if len(s.counts) > 1):
        for panel in panels:
            yield from _against(sentence, panel, names[panel], labels)


def _names(panel: Panel, labels: Labels) -> dict[str, Cells]:
    """The cells of lines by their labels, those of which there is one only; of a heading what its lines come to."""
    found: dict[str, list[Cells]] = {}
    for line in lines_of(panel):
        name = labels.named(line.label)
        rest = any(word in name for word in labels.prose.rest)
        cells = line.cells or made_below(line, panel.width)
        if cells and not (line.total or rest) and len(name) > 1:
            found.setdefault(name, []).append(cells)
    return {name: several[0] for name, several in found.items() if len(several) == 1}


def _against(sentence: Sentence, panel: Panel, names: dict[str, Cells], labels: Labels) -> Iterator[Doubt]:
    own = [(f, names[core]) for f in sentence.counts if f.exact and (core := labels.named(f.before)) in names]
    if len({id(cells) for _, cells in own}) < 2:
        return
    columns = [_pairs(own, c) for c in range(panel.width)]
    agree = [sum(f.value == cell.value for f, cell in pairs) for pairs in columns]
    best = agree.index(max(agree))
    apart = [(f, cell) for f, cell in columns[best] if f.value != cell.value]
    if apart and agree[best] and agree.count(agree[best]) == 1 and len(apart) <= agree[best]:
        yield from (differs(f, cell) for f, cell in apart if agree[best] > 1 + len(apart) or _slipped(f, cell))


def _pairs(own: Sequence[tuple[Figure, Cells]], column: int) -> Pairs:
    return [(f, cell) for f, cells in own if column < len(cells) and (cell := cells[column]) and cell.unit != "%"]


def _slipped(figure: Figure, cell: Figure) -> bool:
    whole = figure.value % 1 == 0 and cell.value % 1 == 0
    how = slip(int(figure.value), int(cell.value)) if whole else ""
    return how == SWAPPED or (bool(how) and figure.value >= LEAST)
