"""Bind a rule's names to the lines of a form, and its numbers to what they are counted in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from schemas.quantity import NoMultiple, Quantity, common
from schemas.rules.parse import Misspelt
from schemas.rules.terms import DAYS, ITEM, Claim, Comparison, Linear, Ref, Selection, Sentence, Term

Select = Callable[[Selection], tuple[Ref, ...]]
QuantityAt = Callable[[Ref], Quantity]


def bind_sentence(
    sentence: Sentence, select: Select, at: QuantityAt, tolerance: Decimal = Decimal(0)
) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """The claims of a rule, each with its guards; one a line where it says "each part of".

    ``tolerance`` is by how much the sides of a claim may be apart, in the unit of its first line.

    Raises Misspelt where several lines stand for one number, lists of unequal length stand side by side, or lines are
    of unlike units.
    """
    comparisons = (sentence.claim, *sentence.guards)
    for index in range(_length(comparisons, select) if sentence.scope == "part" else 1):
        position = index if sentence.scope == "part" else None
        claim, *guards = (_bind(comparison, select, at, position) for comparison in comparisons)
        yield replace(claim, tolerance=apart(tolerance, claim.left, claim.quantity, at)), tuple(guards)


def bind_expression(terms: tuple[Term, ...], select: Select, at: QuantityAt) -> tuple[Linear, ...]:
    """The sums that an annual table's column stands for: one, or one a line of the range it names. Raises Misspelt."""
    length = max(len(select(t.selection)) if t.selection and not t.summed else 1 for t in terms)
    sums = (_written(terms, select, index) for index in range(length))
    return tuple(in_steps((one,), at)[1][0] for one in sums)


class Written(NamedTuple):
    """A sum as written: each line with its coefficient, and a number in the unit of the lines beside it."""

    terms: tuple[tuple[int, Ref], ...]
    number: Decimal


def quantity_of(sums: Iterable[Linear], at: QuantityAt) -> Quantity:
    """What the lines of sums are added and compared in. Raises Misspelt of unlike units."""
    try:
        return common(at(ref) for linear in sums for ref in linear.refs)
    except NoMultiple as error:
        raise Misspelt(str(error)) from None


def in_steps(sums: tuple[Written, ...], at: QuantityAt) -> tuple[Quantity, tuple[Linear, ...]]:
    """Sums in steps of one quantity: nothing behind this has to know of units that are multiples.

    A number is in the unit of the first line beside it, or where it stands alone, of the first line on the other side.
    Raises Misspelt of unlike units, and of a number with more decimals than its line has.
    """
    refs = [ref for one in sums for _, ref in one.terms]
    if DAYS in map(at, refs):  # what dates stand beside is not added to them here
        return DAYS, tuple(Linear(one.terms, _steps(one.number, DAYS, DAYS)) for one in sums)
    quantity = quantity_of((Linear(one.terms) for one in sums), at)
    first = at(refs[0]) if refs else quantity

    def steps(one: Written) -> Linear:
        beside = at(one.terms[0][1]) if one.terms else first
        terms = tuple((n * quantity.steps_of(at(ref)), ref) for n, ref in one.terms)
        return Linear(terms, _steps(one.number, beside, quantity))

    return quantity, tuple(map(steps, sums))


def _steps(number: Decimal, beside: Quantity, quantity: Quantity) -> int:
    """A number in the unit of the line beside it, in steps of the sum. Raises Misspelt."""
    own = beside.read(number)
    if own is None:
        takes = f"最多{beside.places}位小数" if beside.decimals else "是整数"
        raise Misspelt(f"“{number}”的小数太多，以“{beside.unit}”计的数{takes}")
    return own and own * quantity.steps_of(beside)


def apart(tolerance: Decimal, left: Linear, quantity: Quantity, at: QuantityAt) -> int:
    """A tolerance in the unit of the first line on the left, in steps of what both sides are counted in.

    Raises Misspelt where it has more decimals than the line.
    """
    return _steps(tolerance, at(left.refs[0]), quantity) if tolerance and left.refs else 0


def together(sums: Iterable[Linear], at: QuantityAt) -> tuple[Quantity, tuple[Linear, ...]]:
    """Sums that are each in steps of their own quantity, in steps of one. Raises Misspelt of unlike units."""
    sums = tuple(sums)
    quantity = quantity_of(sums, at)
    own = (quantity_of((linear,), at) if linear.refs else quantity for linear in sums)
    return quantity, tuple(one.times(quantity.steps_of(each)) for one, each in zip(sums, own, strict=True))


def _length(comparisons: tuple[Comparison, ...], select: Select) -> int:
    parts = [
        {ref.line for ref in select(term.selection)}
        for comparison in comparisons
        for term in comparison.left + comparison.right
        if term.selection and not term.summed
    ]
    lengths = {len(lines) for lines in parts} - {1}
    if len(lengths) > 1:
        shortest, longest = min(parts, key=len), max(parts, key=len)
        alone = f"，{'、'.join(sorted(longest - shortest))} 行只有一边有" if shortest < longest else ""
        raise Misspelt(f"“each part of”两边的行数不同（{'、'.join(map(str, sorted(lengths)))}）{alone}")
    return lengths.pop() if lengths else 1


def _bind(comparison: Comparison, select: Select, at: QuantityAt, position: int | None) -> Claim:
    sides = tuple(_written(side, select, position) for side in (comparison.left, comparison.right))
    quantity, (left, right) = in_steps(sides, at)
    return Claim(left, comparison.operator, right, quantity)


def _written(terms: tuple[Term, ...], select: Select, position: int | None) -> Written:
    bound = tuple((term.coefficient, ref) for term in terms for ref in _lines(term, select, position))
    return Written(bound, sum((term.coefficient * term.number for term in terms), Decimal(0)))


def _lines(term: Term, select: Select, position: int | None) -> tuple[Ref, ...]:
    if term.selection is None:
        return ()
    refs = select(term.selection)
    if term.summed or len(refs) == 1:
        return refs
    if position is None:
        raise Misspelt(f"“{term.selection.table}.{term.selection.first}”有 {len(refs)} 行，请写 sum(…) 或 each part of")
    return (refs[position],)


def of_one_row(claims: Iterable[Claim], scope: str) -> None:
    """A rule about each row compares the dates of one register, and no other rule does. Raises Misspelt."""
    refs = [ref for claim in claims for ref in claim.refs]
    dates = {ref.table for ref in refs if ref.measure == ITEM}
    if dates and scope != "row":
        raise Misspelt("日期栏逐行比较，请写 each row")
    if scope == "row" and (len(dates) != 1 or any(ref.measure != ITEM for ref in refs)):
        raise Misspelt("each row 只能比较一张台账里的日期栏")
