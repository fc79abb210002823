"""What must hold in a report's own tables: totals of columns and lines, shares, and the balance that a table names.

Blank is not 0: where a total or its parts are blank nothing is said, but that the parts filled in are too much already.
A wrong cell breaks its line and its column: what one number mends is one doubt, at that cell.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.judge.slips import slip
from pipeline.proof.figure import Doubt, Figure
from pipeline.proof.grids import Panel, Tables
from pipeline.proof.identity import Identity, broken_of, doubts_of
from pipeline.proof.learned import learned, stock
from pipeline.proof.lines import Line, ordinal
from pipeline.proof.rates import changed
from pipeline.proof.reading import plain
from schemas.proof import Prose


def of_tables(tables: Tables, prose: Prose) -> Iterator[Doubt]:
    """Every identity of the report's tables that does not hold."""
    for panel in tables.panels:
        checked = PanelCheck(panel, prose)
        every = [*checked.identities(), stock(panel, prose)]
        broken = [one for several in every for one in broken_of(several)]
        broken += (
            []
            if broken or list(changed(panel, prose))
            else learned(panel, [one for several in every for one in several])
        )
        yield from doubts_of([*broken, *(changed(panel, prose) if broken else ())])
    yield from _moved(tables, prose)


def _moved(tables: Tables, prose: Prose) -> Iterator[Doubt]:
    """The lines on which last year's count and its change do not make this year's, as on most lines of such heads."""
    every: dict[tuple[str, ...], list[Identity]] = defaultdict(list)
    for panel in tables.panels:
        at = next((n for n, h in enumerate(panel.heads) if any(w in h for w in prose.table.moved)), 0)
        for line in panel.lines if 0 < at < panel.width - 1 else ():
            base, change, now = line.cells[at - 1 : at + 2] or (None, None, None)
            if base and change and now:
                every[panel.heads].append(Identity("across", now, (base, change)))
    for several in every.values():
        broken = [one for one in several if not one.holds and slip(int(one.total.value), int(one.made))]
        if len(broken) * 2 < sum(one.holds and one.total.value > 0 for one in several):
            yield from doubts_of(broken)


LEAST = 4  # lines that show which column is a total
WIDEST = 40  # columns of a table in which a total is looked for that nothing names
NEARLY_ALL = 0.8  # of them
HALF = 0.6  # of its lines that a column called 全年 or the like must be the sum of


@dataclass(frozen=True)
class PanelCheck:
    """Knows what must hold in one panel."""

    panel: Panel
    prose: Prose

    def identities(self) -> Iterator[list[Identity]]:
        """The identities of each kind."""
        yield list(self._across())
        yield list(self._down(self.panel.root))
        yield list(self._balance())

    @cached_property
    def _adding(self) -> list[int]:
        """The columns that add up."""
        heads = self.panel.heads or [""] * self.panel.width
        able = [n for n, head in enumerate(heads) if not any(w in head for w in self.prose.table.ratios)]
        return [n for n in able if not any(n < len(line.cells) and _is_share(line.cells[n]) for line in self._counting)]

    def _across(self) -> Iterator[Identity]:
        """Each line's total against its columns."""
        lines = self._counting
        for total, ways in self._total_columns():
            made = [[_sum(line.cells[total], [line.cells[n] for n in way], "across") for line in lines] for way in ways]
            best = max(made, key=lambda way: sum(one is None or one.holds for one in way), default=[])
            yield from (one for one in best if one)

    def _total_columns(self) -> Iterator[tuple[int, list[list[int]]]]:
        """Each column of a total, with the columns that it may add up."""
        heads = self.panel.heads
        totals = [n for n in self._adding if heads and self._is_total(heads[n])]
        if not totals:
            yield from self._learned()
        for total in totals:
            last = max((n for n in totals if n < total), default=-1)
            run = [n for n in self._adding if last < n < total]
            every = [n for n in self._adding if n < total and n not in totals]
            behind = [n for n in self._adding if n > total and n not in totals] if total == min(self._adding) else []
            yield total, [way for way in (run, every, behind) if len(way) > 1 and all(heads[n] for n in way)]

    def _learned(self) -> Iterator[tuple[int, list[list[int]]]]:
        """A column that no head makes a total, where it adds up those beside it on nearly every line."""
        if len(self._adding) > WIDEST or len(self._counting) < LEAST:
            return
        for total in self._adding:
            behind = [self._adding[k:] for k, n in enumerate(self._adding) if n == total + 1]
            before = [self._adding[k::-1] for k, n in enumerate(self._adding) if n == total - 1]
            able = [run[:end] for run in (*behind, *before) for end in range(len(run), 1, -1)]
            way = next((way for way in able if self._adds_up(total, way)), None)
            if way:
                yield total, [way]
                return

    def _adds_up(self, total: int, way: Sequence[int]) -> bool:
        """Whether a column adds up others on nearly every line; a line with one number says nothing of it."""
        made = [_sum(line.cells[total], [line.cells[n] for n in way], "across") for line in self._counting]
        told = [one for one in made if one and one.total.value]
        shown = sum(one.exact and sum(part.value > 0 for part in one.parts) > 1 for one in told)
        head = self.panel.heads[total] if self.panel.heads else ""
        least = HALF if re.fullmatch(self.prose.table.perhaps, re.sub(r"\s", "", head)) else NEARLY_ALL
        return len(told) >= LEAST <= shown + 1 and sum(one.exact for one in told) >= len(told) * least

    @cached_property
    def _counting(self) -> list[Line]:
        return [line for line in self.panel.lines if line.cells and not self._is_ratio(line)]

    def _is_total(self, label: str) -> bool:
        bare = re.sub(r"\([^()]*\)|\s", "", label.rpartition(">")[2])
        return any(re.search(pattern, bare) for pattern in self.prose.table.totals)

    def _is_ratio(self, line: Line) -> bool:
        return all(cell is None or cell.unit == "%" for cell in line.cells) or any(w in line.label for w in ("率", "%"))

    def _down(self, line: Line) -> Iterator[Identity]:
        """Each line's cells against those of the lines below it, and a total among them against its neighbours."""
        items = [one for one in line.below if one.style is not None and not one.total]
        totals = [one for one in line.below if one.total]
        if line.cells and len(items) >= self.prose.table.least and not totals and _alike(line, items, self.prose):
            is_open = items[0].among and not any(word in items[-1].label for word in self.prose.rest)
            yield from (one for n in self._adding if (one := self._sum_down(line, items, n, is_open=is_open)))
        for among in (one for one in line.below if one.among and one.style is None and line.cells):
            if self.prose.alike(line.unit, among.unit):
                yield from (one for n in self._adding if (one := self._sum_down(line, [among], n, is_open=True)))
        yield from self._set_in(line)
        yield from self._perhaps(line.below) if not totals else ()
        for total in totals:
            yield from self._added_up(line.below, total)
        for below in line.below:
            yield from self._down(below)

    def _set_in(self, line: Line) -> Iterator[Identity]:
        """A line's cells against those without numbering that are set in below it, or that 其中 begins."""
        below = [one for one in line.below if one.style is None and not one.total]
        closed = below and (not below[0].among or any(word in below[-1].label for word in self.prose.rest))
        if line.cells and len(below) >= self.prose.table.least and closed and _alike(line, below, self.prose):
            every = [one for n in self._adding if (one := self._sum_down(line, below, n))]
            yield from (one for one in every if one.near)

    def _perhaps(self, lines: Sequence[Line]) -> Iterator[Identity]:
        """The last line against those before it where it is called 全市 or the like, and most columns bear that out."""
        last = lines[-1] if len(lines) > LEAST - 1 else None
        if last and last.cells and re.fullmatch(self.prose.table.perhaps, re.sub(r"\s", "", last.label)):
            every = [one for one in self._added_up(lines, last) if one.total.value]
            slipped = all(one.near and slip(int(one.total.value), int(one.made)) for one in every if not one.holds)
            yield from every if slipped or sum(one.holds for one in every) * 2 >= len(every) else ()

    def _added_up(self, lines: Sequence[Line], total: Line) -> Iterator[Identity]:
        """A total line against the lines before it, back to the one before: in each column the way that most hold."""
        at = lines.index(total)
        last = max((n for n in range(at) if lines[n].total), default=-1)
        before = [one for one in lines[last + 1 : at] if not one.among]
        every = [one for one in lines[:at] if not one.total and not one.among]
        behind = [one for one in lines[at + 1 :] if not one.total and not one.among] if at == 0 else []
        subtotals = [one for one in lines[:at] if one.total]
        ways = [way for way in (before, every, subtotals, before[1:], behind) if len(way) > 1]
        made = [[one for n in self._adding if (one := self._sum_down(total, way, n))] for way in ways]
        yield from max(made, key=lambda way: sum(one.holds for one in way), default=[])

    def _sum_down(self, total: Line, parts: Sequence[Line], n: int, *, is_open: bool = False) -> Identity | None:
        cells: list[Figure | None] = []
        for part in parts:
            cells += self._leaves(part, n)
        is_open = is_open or any(one.lost for part in parts for one in (part, *part.below))
        found = _sum(total.cells[n] if total.cells else None, cells, "down")
        return Identity("down", found.total, found.parts, (), is_open, found.blank) if found else None

    def _leaves(self, line: Line, n: int) -> list[Figure | None]:
        """The cells that make a line's number: its own, or those of the lines below one that has none."""
        if line.cells:
            return [line.cells[n]]
        total = next((one for one in line.below if one.total and one.cells), None)
        below = [total] if total else [one for one in line.below if one.style is not None and not one.among]
        return [cell for one in below for cell in self._leaves(one, n)]

    def _balance(self) -> Iterator[Identity]:
        """The balance that the table's own words name, or the prose's where its lines are those of one."""
        sides = self._sides_told() or next(
            (s for b in self.prose.balances if (s := self._sides(b.left, b.right))), None
        )
        if not sides:
            return
        (one, other), (total, rest) = sides
        for n in self._adding:
            cells = [self._leaves(line, n) for line in (one, other, total, rest)]
            flat = [cell for several in cells for cell in several]
            if any(cell is None for cell in flat) or not all(cells) or len(cells[2]) != 1:
                continue
            a, b, c, d = ([cell for cell in several if cell] for several in cells)
            yield Identity("balance", c[0], (*a, *b), tuple(d))

    def _sides_told(self) -> tuple[Sequence[Line], Sequence[Line]] | None:
        words = plain(" ".join({self.panel.grid.title, *(cell for row in self.panel.grid.rows for cell in row)}))
        found = re.search(self.prose.table.relation, words)
        by_number = {line.number: line for line in self.panel.root.below if line.style is not None}
        if not found or not {ordinal(n) for n in found.groups()} <= set(by_number):
            return None
        a, b, c, d = (by_number[ordinal(n)] for n in found.groups())
        return (a, b), (c, d)

    def _sides(self, left: Sequence[str], right: Sequence[str]) -> tuple[Sequence[Line], Sequence[Line]] | None:
        top = self.panel.root.below
        terms = [next((o for o in top if re.search(words, o.label)), None) for words in (*left, *right)]
        lines = [line for line in terms if line]
        if len(lines) < 4 or len(terms) != 4 or len(set(lines)) < 4:
            return None
        return lines[:2], lines[2:]


def _is_share(cell: Figure | None) -> bool:
    return cell is not None and cell.unit == "%"


def _alike(line: Line, items: Iterable[Line], prose: Prose) -> bool:
    return all(prose.alike(line.unit, item.unit) for item in items)


def _sum(total: Figure | None, cells: Sequence[Figure | None], kind: str) -> Identity | None:
    """The identity of a total and its parts as far as they are filled in."""
    parts = tuple(cell for cell in cells if cell)
    if total is None or not parts:
        return None
    return Identity(kind, total, parts, blank=len(parts) < len(cells))
