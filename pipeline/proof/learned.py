"""Relations of columns, or of lines, that no head names and the numbers of a table show: a + b - c = d on all but one.

What holds in several places of one table and breaks in one is the strongest witness there is: it needs no words.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from pipeline.judge.slips import slip
from pipeline.proof.figure import Figure
from pipeline.proof.flows import role_of
from pipeline.proof.grids import Panel
from pipeline.proof.identity import Identity
from schemas.proof import Prose

WIDEST = 7  # columns that are searched
LEAST = 3  # places where a relation holds and says something
SURE = 5  # of them: then whatever breaks it is told
Row = tuple[Figure | None, ...]
Way = tuple[int, tuple[int, ...], tuple[int, ...]]  # the column that is made, what is added, what is taken away


def learned(panel: Panel, known: Sequence[Identity]) -> list[Identity]:
    """The relations that hold in all places of a table but one, as far as ``known`` identities say nothing of it."""
    rows: list[Row] = [line.cells for line in panel.lines if len(line.cells) == panel.width and not line.total]
    whole = [row for row in rows if all(row)]
    told = {f for one in known for f in (one.total, *one.parts)}
    for table in (whole, list(zip(*whole, strict=True))):
        for way in _ways(len(table[0]) if table else 0):
            made = [one for row in table if (one := _identity(row, way))]
            broken = [one for one in made if not one.exact]
            shown = [one for one in made if one.exact and _says_much(one)]
            sure = len(shown) >= (LEAST if all(map(_is_slip, broken)) else SURE)
            if len(broken) == 1 and sure and not told & {broken[0].total, *broken[0].parts, *broken[0].minus}:
                return broken
    return []


def stock(panel: Panel, prose: Prose) -> list[Identity]:
    """Each line of columns that are a stock by their heads: what was there, came, went and is left."""
    roles = [role_of(f"{head.rpartition('>')[2]}#", prose) for head in panel.heads]
    at = {name: n for n, name in enumerate(roles) if roles.count(name) == 1}
    if not {"there", "came", "gone", "left"} <= set(at):
        return []
    way = at["left"], (at["there"], at["came"]), (at["gone"],)
    made = [one for line in panel.lines if len(line.cells) == panel.width and (one := _identity(line.cells, way))]
    return made if sum(one.exact for one in made) > len(made) / 2 else []


def _ways(width: int) -> Iterator[Way]:
    if not LEAST <= width <= WIDEST:
        return
    for total in range(width):
        others = [n for n in range(width) if n != total]
        yield from ((total, pair, ()) for pair in combinations(others, 2) if total not in pair)
        yield from ((total, (a, b), (c,)) for a, b, c in permutations(others, 3) if a < b and c < total)


def _identity(row: Row, way: Way) -> Identity | None:
    total, plus, minus = row[way[0]], [row[n] for n in way[1]], [row[n] for n in way[2]]
    parts, less = tuple(f for f in plus if f), tuple(f for f in minus if f)
    if total is None or len(parts) < len(plus) or len(less) < len(minus):
        return None
    if any(f.unit == "%" for f in (total, *parts, *less)) or total.unit != parts[0].unit:
        return None
    return Identity("learned", total, parts, less)


def _says_much(one: Identity) -> bool:
    """Whether no number of a relation is so small that it holds by chance."""
    every = [f.value for f in (one.total, *one.parts, *one.minus)]
    return sum(abs(value) > 1 for value in every) >= LEAST and all(every)


def _is_slip(one: Identity) -> bool:
    return any(
        f.value % 1 == 0 and v % 1 == 0 and slip(int(f.value), int(v)) for f, v in one.mends()
    )  # fmt: skip
