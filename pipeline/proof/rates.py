"""Columns of a table that tell what has changed since last year, and rates, against the columns beside them."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from pipeline.judge.slips import slip
from pipeline.proof.figure import Doubt, Figure
from pipeline.proof.grids import Panel, Tables
from pipeline.proof.identity import CHANGE, Identity
from pipeline.proof.percent import told_share
from pipeline.proof.ratio import fits, fits_share, rounded
from pipeline.proof.sums import number
from schemas.proof import Prose

HUNDRED = 100  # of a whole
LEAST = 2  # lines that show of which columns a rate is

Made = Callable[[Figure, Figure], Decimal]
Case = tuple[Figure, Figure, Figure, Decimal]  # what is told, this year's, last year's, what it should be


def changes(tables: Tables, prose: Prose) -> Iterator[Doubt]:
    """Every difference or growth in a table that is not that of its line, where those of other lines are."""
    for panel in tables.panels:
        yield from _of_rates(panel, prose)
        yield from _of_shares(panel, prose)
        now, base = _years(panel, prose)
        for n, head in enumerate(panel.heads):
            if now is None or base is None or n in {now, base}:
                continue
            grows = any(word in head for word in prose.table.growing)
            moves = not grows and any(word in head for word in prose.table.moved)
            if (grows or moves) and not base < n < now:
                yield from _of_column(_cases(panel, n, now, base, _growth if grows else _difference))


def changed(panel: Panel, prose: Prose) -> Iterator[Identity]:
    """The lines on which last year's count and its change do not make this year's, as they do on the most."""
    now, base = _years(panel, prose)
    for n, head in enumerate(panel.heads) if now is not None and base is not None else ():
        grows = any(word in head for word in prose.table.growing)
        if n in {now, base} or grows or not any(word in head for word in prose.table.moved):
            continue
        every = [Identity(CHANGE, b, (c, a)) for a, b, c, _ in _cases(panel, n, now or 0, base or 0, _difference)]
        broken = [one for one in every if not one.exact]
        yield from broken if len(broken) * 2 < len(every) else []


def _years(panel: Panel, prose: Prose) -> tuple[int | None, int | None]:
    """The columns of this year and the year before, by their heads."""
    heads = [head.rpartition(">")[2] for head in panel.heads]
    able = [n for n, head in enumerate(heads) if not any(word in head for word in prose.table.ratios)]
    said = {n: int(found[1]) for n in able if (found := re.search(r"(20\d\d)", heads[n]))}
    now = [n for n in able if re.search(prose.table.this_year, heads[n])]
    base = [n for n in able if re.search(prose.table.last_year, heads[n])]
    if len(said) == 2 and abs(max(said.values()) - min(said.values())) == 1:
        return max(said, key=lambda n: said[n]), min(said, key=lambda n: said[n])
    return (now[0], base[0]) if len(now) == len(base) == 1 else (None, None)


def _cases(panel: Panel, n: int, now: int, base: int, made: Made) -> list[Case]:
    """Each line that has the two years and what is told of them."""
    lines = [line for line in panel.lines if len(line.cells) == panel.width]
    cells = [(line.cells[n], line.cells[now], line.cells[base]) for line in lines]
    return [(t, a, b, made(a, b)) for t, a, b in cells if t and a and b and "%" not in {a.unit, b.unit} and b.value]


def _growth(now: Figure, base: Figure) -> Decimal:
    return (now.value - base.value) / base.value * 100


def _difference(now: Figure, base: Figure) -> Decimal:
    return now.value - base.value


def _of_column(cases: Sequence[Case]) -> Iterator[Doubt]:
    """The lines of a column that do not follow where the most do; one alone must be a slip of the pen."""
    wrong = [one for one in cases if not fits_share(abs(one[0].value), abs(one[3]))]
    for told, now, base, right in wrong:
        places = -min(0, int(told.value.as_tuple().exponent))
        digits = int(abs(right).scaleb(places).to_integral_value())
        if len(wrong) * 2 < len(cases) or (len(wrong) == 1 and slip(int(abs(told.value).scaleb(places)), digits)):
            sign = "-" if right < 0 else ""
            facts = {
                "written": told.words, "base": number(base.value), "now": number(now.value),
                "expected": f"{sign}{rounded(told.value, abs(right))}{told.unit}",
            }  # fmt: skip
            yield Doubt("growth", told.paragraph, (told, now, base), facts)


def _of_rates(panel: Panel, prose: Prose) -> Iterator[Doubt]:
    """The rates of a column that are not that of two others, where those of most lines are."""
    heads = panel.heads or ("",) * panel.width
    told = [n for n, head in enumerate(heads) if _is_percent(panel, n)]
    counts = [n for n, head in enumerate(heads) if n not in told and not any(w in head for w in prose.table.ratios)]
    rates = tuple(prose.change.rate)
    for n in (n for n, h in enumerate(heads) if re.sub(r"[()%]", "", h).endswith(rates) or (not h and n in told)):
        ways = [_cases(panel, n, a, b, _rate) for a in counts for b in counts if a != b]
        right = [sum(fits(told, made) for told, _, _, made in cases) for cases in ways]
        best = max(range(len(ways)), key=lambda k: right[k], default=None)
        if best is None or right[best] < LEAST or right[best] * 3 < len(ways[best]) * 2:
            continue
        yield from (told_share(told, part, whole) for told, part, whole, made in ways[best] if not fits(told, made))


def _of_shares(panel: Panel, prose: Prose) -> Iterator[Doubt]:
    """The shares of a column that are not those of the numbers beside them in the line that is a hundred."""
    heads = panel.heads or ("",) * panel.width
    able = [
        n for n, h in enumerate(heads) if any(w in h for w in prose.change.share) or (not h and _is_percent(panel, n))
    ]
    for n in (n for n in able if n):
        lines = [line for line in panel.lines if line.cells and line.cells[n] and line.cells[n - 1]]
        pairs = [(a, b) for line in lines if (a := line.cells[n - 1]) and (b := line.cells[n])]
        whole = next((a for a, b in pairs if b.value == HUNDRED and a.value), None)
        ratios = [(a, b, a.value / whole.value * HUNDRED) for a, b in pairs] if whole else []
        evened = sum(b.value for _, b, _ in ratios) == 2 * HUNDRED  # the whole and as much in its parts
        wrong = [(a, b) for a, b, ratio in ratios if not (fits(b, ratio) or (evened and _is_near(b, ratio)))]
        if whole and len(wrong) * 3 <= len(ratios):
            yield from (told_share(share, part, whole) for part, share in wrong)


def _is_percent(panel: Panel, n: int) -> bool:
    """Whether the cells of a column are percentages by their own words."""
    cells = [line.cells[n] for line in panel.lines if len(line.cells) == panel.width and line.cells[n]]
    return len(cells) > LEAST and all(cell is not None and cell.unit == "%" for cell in cells)


def _is_near(share: Figure, ratio: Decimal) -> bool:
    """Whether a share is off by its last digit only, as where shares are made to come to a hundred."""
    step = Decimal(1).scaleb(min(0, int(share.value.as_tuple().exponent)))
    return abs(share.value - ratio) < step * Decimal("1.5")


def _rate(part: Figure, whole: Figure) -> Decimal:
    return part.value / whole.value * 100
