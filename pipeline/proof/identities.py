"""What must hold in a report's own tables: totals of columns and lines, shares, and the balance that a table names.

Blank is not 0: where a total or its parts are blank nothing is said, but that the parts filled in are too much already.
A wrong cell breaks its line and its column: what one number mends is one doubt, at that cell.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pipeline.proof.figure import Doubt, Figure
from pipeline.proof.grids import Line, Panel, Tables, ordinal
from pipeline.proof.ratio import fits_share, rounded
from pipeline.proof.reading import plain
from pipeline.proof.sums import number
from pipeline.slips import slip
from schemas.proof import Prose

MOST_BROKEN = 3  # identities of a kind that may be broken in a panel of which hardly any holds


@dataclass(frozen=True, eq=False)
class Identity:
    """A total and the cells that make it, some with a minus; ``open`` where more may be left than was filled in."""

    kind: str
    total: Figure
    parts: tuple[Figure, ...]
    minus: tuple[Figure, ...] = ()
    open: bool = False

    @property
    def made(self) -> Decimal:
        """What the parts come to."""
        return sum((p.value for p in self.parts), Decimal(0)) - sum((p.value for p in self.minus), Decimal(0))

    @property
    def holds(self) -> bool:
        """Whether the total is what its parts make, or can be."""
        return self.total.value == self.made or (self.open and self.total.value > self.made)

    def mends(self) -> Iterator[tuple[Figure, Decimal]]:
        """Each cell with the number that alone would mend it; no count is negative."""
        gap = self.total.value - self.made
        able = [(self.total, self.made)]
        able += [(part, part.value + gap) for part in self.parts]
        able += [(part, part.value - gap) for part in self.minus]
        yield from ((figure, value) for figure, value in able if value >= 0)


def of_tables(tables: Tables, prose: Prose) -> Iterator[Doubt]:
    """Every identity of the report's tables that does not hold."""
    for panel in tables.panels:
        checked = PanelCheck(panel, prose)
        broken = [one for several in checked.identities() for one in _trusted(several)]
        yield from _told(broken)
        yield from checked.shares()


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
        return [n for n, head in enumerate(heads) if not any(w in head for w in self.prose.table.ratios)]

    def _across(self) -> Iterator[Identity]:
        """Each line's total against its columns."""
        lines = [line for line in self.panel.lines if line.cells and not self._is_ratio(line)]
        for total, ways in self._total_columns():
            made = [[_sum(line.cells[total], [line.cells[n] for n in way], "across") for line in lines] for way in ways]
            best = max(made, key=lambda way: sum(one is None or one.holds for one in way), default=[])
            yield from (one for one in best if one)

    def _total_columns(self) -> Iterator[tuple[int, list[list[int]]]]:
        """Each column of a total, with the columns that it may add up."""
        heads = self.panel.heads
        totals = [n for n in self._adding if heads and self._is_total(heads[n])]
        for total in totals:
            last = max((n for n in totals if n < total), default=-1)
            run = [n for n in self._adding if last < n < total]
            every = [n for n in self._adding if n < total and n not in totals]
            behind = [n for n in self._adding if n > total and n not in totals] if total == min(self._adding) else []
            yield total, [way for way in (run, every, behind) if len(way) > 1]

    def _is_total(self, label: str) -> bool:
        bare = re.sub(r"\([^()]*\)|\s", "", label.rpartition(">")[2])
        return any(re.search(pattern, bare) for pattern in self.prose.table.totals)

    def _is_ratio(self, line: Line) -> bool:
        return any(cell and cell.unit == "%" for cell in line.cells) or any(w in line.label for w in ("率", "%"))

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
        for total in totals:
            yield from self._added_up(line.below, total)
        for below in line.below:
            yield from self._down(below)

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
        found = _sum(total.cells[n] if total.cells else None, cells, "down")
        return Identity("down", found.total, found.parts, (), is_open or found.open) if found else None

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

    def _sides(
        self, left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]
    ) -> tuple[Sequence[Line], Sequence[Line]] | None:
        top = self.panel.root.below
        terms = [next((o for o in top if any(w in o.label for w in words)), None) for words in (*left, *right)]
        lines = [line for line in terms if line]
        if len(lines) < 4 or len(terms) != 4 or len(set(lines)) < 4:
            return None
        return lines[:2], lines[2:]

    def shares(self) -> Iterator[Doubt]:
        """The shares of a column against the numbers beside them, of the line that is a hundred."""
        heads = self.panel.heads
        for n in (n for n, head in enumerate(heads) if n and any(w in head for w in self.prose.change.share)):
            lines = [line for line in self.panel.lines if line.cells and line.cells[n] and line.cells[n - 1]]
            pairs = [(a, b) for line in lines if (a := line.cells[n - 1]) and (b := line.cells[n])]
            whole = next((a for a, b in pairs if b.value == 100 and a.value), None)
            ratios = [(a, b, a.value / whole.value * 100) for a, b in pairs] if whole else []
            wrong = [one for one in ratios if not fits_share(one[1].value, one[2])]
            if whole and len(wrong) * 3 <= len(ratios):
                for part, share, ratio in wrong:
                    facts = {
                        "written": share.words, "part": number(part.value), "whole": number(whole.value),
                        "expected": rounded(share.value, ratio),
                    }  # fmt: skip
                    yield Doubt("share", share.paragraph, (share, part, whole), facts)


def _alike(line: Line, items: Iterable[Line], prose: Prose) -> bool:
    return all(prose.alike(line.unit, item.unit) for item in items)


def _sum(total: Figure | None, cells: Sequence[Figure | None], kind: str) -> Identity | None:
    """The identity of a total and its parts as far as they are filled in."""
    parts = tuple(cell for cell in cells if cell)
    if total is None or not parts:
        return None
    return Identity(kind, total, parts, (), open=len(parts) < len(cells))


def _trusted(identities: Sequence[Identity]) -> list[Identity]:
    """Those broken, unless so many are that the table was rather misread."""
    broken = [one for one in identities if not one.holds]
    said = [one for one in identities if one.total.value or one.made]
    return [] if len(broken) > MOST_BROKEN and len(broken) * 2 > len(said) else broken


def _told(broken: Sequence[Identity]) -> Iterator[Doubt]:
    """A doubt for each cause: the cell of which one number mends several identities, else the total."""
    left = list(broken)
    while left:
        mends = Counter(mend for one in left for mend in set(one.mends()))
        (figure, value), times = max(mends.items(), key=lambda m: (m[1], bool(slip(int(m[0][0].value), int(m[0][1])))))
        if times > 1:
            own = [one for one in left if (figure, value) in set(one.mends())]
            yield _cell_doubt(figure, value, own)
            left = [one for one in left if one not in own]
        else:
            yield _sum_doubt(left.pop(0))


def _cell_doubt(figure: Figure, value: Decimal, own: Sequence[Identity]) -> Doubt:
    facts = {"cell": figure.words, "expected": number(value), "times": str(len(own))}
    figures = (figure, *(f for one in own for f in (one.total, *one.parts, *one.minus) if f is not figure))
    return Doubt("cell", figure.paragraph, figures, facts, ((figure, int(value)),))


def _sum_doubt(one: Identity) -> Doubt:
    gap = one.total.value - one.made
    shown = [p for p in one.parts if p.value] or one.parts
    minus = [number(p.value) for p in one.minus if p.value or one.kind == "balance"]
    facts = {
        "total": one.total.words, "sum": number(one.made), "more": "多" if gap > 0 else "少", "gap": number(abs(gap)),
        "parts": "－".join(["＋".join(number(p.value) for p in shown), *minus]),
    }  # fmt: skip
    mends = tuple((f, int(v)) for f, v in one.mends() if f.value % 1 == 0 and v % 1 == 0 and slip(int(f.value), int(v)))
    return Doubt("column", one.total.paragraph, (one.total, *one.parts, *one.minus), facts, mends)
