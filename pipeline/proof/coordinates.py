"""Counts of the text that name a cell of the report's own table by its line, its column or both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.judge.slips import slip
from pipeline.judge.slips.kinds import SWAPPED
from pipeline.proof.across import LEAST, MOST_NAMES, differs
from pipeline.proof.figure import Doubt, Figure, Sentence
from pipeline.proof.grids import Panel, Tables
from pipeline.proof.labels import Labels
from pipeline.proof.lines import Line

WORD = 2  # letters of a word that may stand in front of a name
BELOW = 2  # paragraphs before a table that tell of its total
TWO = 10  # from here on a number has digits to exchange
TEN_THOUSAND = "万"


@dataclass(frozen=True)
class Coordinates:
    """Holds the counts of sentences against the cells of tables that their words name."""

    tables: Tables
    labels: Labels

    def doubts(self, sentences: Sequence[Sentence]) -> Iterator[Doubt]:
        """Every count that its cell has otherwise."""
        panels = self.tables.panels if sum(len(panel.lines) for panel in self.tables.panels) <= MOST_NAMES else ()
        there = {_shown(cell) for cell in self.tables.figures}
        for sentence in (s for s in sentences if s.counts and panels and not s.inside):
            every = [f for f in sentence.counts if f.exact or f.scaled is not None]
            for panel in panels:
                for line in (one for one in panel.lines if one.cells and len(self._name(one.label)) > 1):
                    near = line.total and 0 < panel.grid.number - sentence.paragraph.number <= BELOW
                    if near or self._name(line.label) in self.labels.bare(sentence.text) or self._is_of(line, sentence):
                        counts = [f for f in every if all(word in line.label for word in f.span)]
                        yield from self._of_line(counts, panel, line, there)

    def _of_line(self, counts: Sequence[Figure], panel: Panel, line: Line, there: set[str]) -> Iterator[Doubt]:
        pairs = [(f, cell) for f in counts if (cell := self._cell(f, panel, line)) and cell.year == f.year]
        agree = [pair for pair in pairs if _shown(pair[0], pair[1]) == _shown(pair[1])]
        differ = [pair for pair in pairs if pair not in agree]
        apart = [pair for pair in differ if _shown(pair[0], pair[1]) not in there]
        if len(agree) > len(differ) and len(agree) > 1 and len({id(cell) for _, cell in pairs}) == len(pairs):
            yield from (differs(f, cell) for f, cell in differ)
            return
        name = self._name(line.label)
        for figure, cell in apart:
            how = _slip(figure, cell)
            whole = name in self.labels.bare(figure.before)
            if how and whole and (how == SWAPPED or figure.digits >= TWO) and self._is_alone(cell, counts):
                yield differs(figure, cell)
        for figure in counts:
            cells = [cell for cell in line.cells if cell and _slip(figure, cell) == SWAPPED]
            if figure.digits >= LEAST and len(cells) == 1 and _shown(figure, cells[0]) not in there:
                yield differs(figure, cells[0])

    def _cell(self, figure: Figure, panel: Panel, line: Line) -> Figure | None:
        """The cell of a line under the one head of which the words before a count have a part that is its own."""
        before = self.labels.bare(figure.before)
        if panel.width == 1:
            return line.cells[0] if self._name(line.label) in before else None
        own = [n for n, head in enumerate(panel.heads) if n < len(line.cells) and _part_of(head, panel.heads, before)]
        return line.cells[own[0]] if len(own) == 1 else None

    def _is_of(self, line: Line, sentence: Sentence) -> bool:
        """Whether a sentence names a line without the word that is set in front of its name."""
        name = self._name(line.label)
        return len(name) > 2 * WORD and name[WORD:] in sentence.text

    def _is_alone(self, cell: Figure, counts: Sequence[Figure]) -> bool:
        """Whether no count of the sentence is the cell."""
        return not any(_shown(f, cell) == _shown(cell) for f in counts)

    def _name(self, label: str) -> str:
        return self.labels.named(label.rpartition(">")[2])


def _part_of(head: str, heads: Sequence[str], before: str) -> bool:
    """Whether some words are in a head and in no other one."""
    own = head.rpartition(">")[2]
    others = [one.rpartition(">")[2] for one in heads if one is not head]
    pieces = (own[n : n + 2] for n in range(len(own) - 1))
    return any(piece in before and not any(piece in one for one in others) for piece in pieces)


def _shown(figure: Figure, cell: Figure | None = None) -> str:
    """A number as its table would print it."""
    scaled = cell is not None and figure.scaled is not None and TEN_THOUSAND in cell.unit
    value = figure.scaled if scaled and figure.scaled is not None else figure.value
    return f"{value.normalize():f}"


def _slip(figure: Figure, cell: Figure) -> str:
    """The slip by which a count is another than its cell, digit for digit."""
    one, other = (_shown(f, cell).replace(".", "") for f in (figure, cell))
    places = [len(_shown(f, cell).partition(".")[2]) for f in (figure, cell)]
    return slip(int(one), int(other)) if places[0] == places[1] and one.isdigit() and other.isdigit() else ""
