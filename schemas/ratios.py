"""Ratios as columns of annual tables: how they are read out of an edition, and what can be wrong with them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from schemas.annual import Annual, Column
from schemas.counted import ROW, sums_by_row
from schemas.edition import Edition
from schemas.form import Form
from schemas.quantity import NoMultiple, Quantity
from schemas.rules.parse import Misspelt
from schemas.rules.terms import Linear, Ratio
from schemas.toml_lines import Location

PERCENT = "%"
SHARES = {PERCENT: 100, "‰": 1000}  # what a share of like things is told in
DECIMALS = 1  # of a ratio, where the edition does not say


def ratios(form: Form, column: Column, codes: Sequence[str] = ("",)) -> list[tuple[Ratio, ...]]:
    """The columns that a ratio makes, each with its ratio in the row of every code.

    Raises Misspelt where its two sums do not go together.
    """
    tops, bottoms = (sums_by_row(form, text, codes) for text in (column.of, column.over))
    if len(bottoms) == 1:
        bottoms *= len(tops)
    if len(tops) != len(bottoms):
        raise Misspelt(f"分子有 {len(tops)} 行，分母“{column.over}”有 {len(bottoms)} 行，分母请写 sum(…) 或一行")
    return [tuple(_ratios(form, column, *parts)) for parts in zip(tops, bottoms, strict=True)]


def of_all(column: Column, rows: Sequence[Ratio]) -> Ratio:
    """The ratio of all rows together: what each row has of its own is added up, before it is divided."""
    first = rows[0]
    top, bottom = (
        Linear(tuple(term for own in sums for term in own.terms)) if ROW in text else sums[0]
        for text, sums in ((column.of, [r.top for r in rows]), (column.over, [r.bottom for r in rows]))
    )
    return Ratio(top, bottom, first.quantity, first.counted, first.scale)


def mistakes_in_columns(edition: Edition) -> Iterator[tuple[Location, str]]:
    """What is wrong with the columns of the annual tables, whatever lines there are."""
    for n, annual in enumerate(edition.annual):
        if annual.rows == "lines" and annual.columns:
            yield ("annual", n, "column", 0), f"{annual.id} 的各栏是全年和各季度，不用写 column"
        names = Counter(column.name for column in annual.columns if column.name)
        for c, column in enumerate(annual.columns):
            if names[column.name] > 1:
                yield ("annual", n, "column", c), f"{annual.id} 有两栏都叫“{column.name}”，请改一个名称"
            yield from ((("annual", n, "column", c), what) for what in _mistakes(annual, column))


def _ratios(form: Form, column: Column, tops: Sequence[Linear], bottoms: Sequence[Linear]) -> Iterator[Ratio]:
    (top, over), (bottom, under) = form.together(tops), form.together(bottoms)
    for text, sums in ((column.of, over), (column.over, under)):
        if not all(linear.refs for linear in sums):
            raise Misspelt(f"“{text}”里没有指标，比例由两个指标（或它们的和）相除")
    unit, scale = _told_in(column.unit, top, bottom)
    quantity = Quantity(unit, DECIMALS if column.decimals is None else column.decimals)
    for one, other in zip(over, under, strict=True):
        yield Ratio(one, other, quantity, (top, bottom), scale)


def _told_in(unit: str | None, top: Quantity, bottom: Quantity) -> tuple[str, Fraction]:
    """The unit of a ratio, and how many of it one unit above over one unit below come to. Raises Misspelt."""
    per = f"{top.unit}/{bottom.unit}"
    try:
        alike: Fraction | None = _times(top, bottom.unit)
    except NoMultiple:
        alike = None
    if unit is None and alike is None:
        raise Misspelt(f'“{top.unit}”和“{bottom.unit}”不是同一种数，比例要写单位，如 unit = "{per}"')
    if unit is None or unit in SHARES:
        if alike is None and top.kind and bottom.kind:
            raise Misspelt(f'“{top.unit}”和“{bottom.unit}”不是同一种数，不能以 {unit} 计，请写 unit = "{per}"')
        return unit or PERCENT, Fraction(1 if alike is None else alike) * SHARES[unit or PERCENT]
    over, slash, under = unit.partition("/")
    if not slash and alike is not None and not Quantity(over).kind:
        return unit, alike
    try:
        return unit, _of_word(top, over) / (_of_word(bottom, under) if slash else 1)
    except NoMultiple:
        told = f"单位“{unit}”和两个数的单位（“{top.unit}”、“{bottom.unit}”）对不上"
        raise Misspelt(f'{told}，请写 unit = "{per}"') from None


def _of_word(own: Quantity, word: str) -> Fraction:
    """How many of a unit one of its own comes to; a word that is no known unit is one for the same thing."""
    return _times(own, word) if own.kind and Quantity(word).kind else Fraction(1)


def _times(own: Quantity, unit: str) -> Fraction:
    return Fraction(Quantity(own.unit).brought(1, Quantity(unit)))


def _mistakes(annual: Annual, column: Column) -> Iterator[str]:
    if not column.over:
        if column.unit is not None or column.decimals is not None:
            key = "decimals" if column.unit is None else "unit"
            yield f"“{key}”只用于比例，比例要写“over”（分母）；不是比例的栏按指标自己的单位印，请删去“{key}”"
        return
    if not column.name:
        yield f"比例（“{column.of}”比“{column.over}”）要写“name”"
    columns = {other.name: other for other in annual.columns if other.name}
    for key, text in (("of", column.of), ("over", column.over)):
        other = columns.get(text.strip())
        if other:
            told = f"“{key}”写了栏名“{other.name}”"
            if other.over:
                yield f"{told}，那一栏本身是比例，比例不能再作分子分母，请写指标"
            else:
                yield f'{told}，请写它的指标：{key} = "{other.of}"'
