"""Bind a rule's names to the lines of a form."""

from collections.abc import Callable, Iterator

from schemas.rules.parse import Misspelt
from schemas.rules.terms import Claim, Comparison, Linear, Ref, Selection, Sentence, Term

Select = Callable[[Selection], tuple[Ref, ...]]


def bind_sentence(sentence: Sentence, select: Select) -> Iterator[tuple[Claim, tuple[Claim, ...]]]:
    """The claims of a rule, each with its guards; one a line where it says "each part of".

    Raises Misspelt where several lines stand for one number, or lists of unequal length stand side by side.
    """
    comparisons = (sentence.claim, *sentence.guards)
    for index in range(_length(comparisons, select) if sentence.scope == "part" else 1):
        position = index if sentence.scope == "part" else None
        claim, *guards = (_bind(comparison, select, position) for comparison in comparisons)
        yield claim, tuple(guards)


def bind_expression(terms: tuple[Term, ...], select: Select) -> tuple[Linear, ...]:
    """The sums that an annual table's column stands for: one, or one a line of the range it names."""
    length = max(len(select(t.selection)) if t.selection and not t.summed else 1 for t in terms)
    return tuple(_linear(terms, select, index) for index in range(length))


def _length(comparisons: tuple[Comparison, ...], select: Select) -> int:
    lengths = {
        len(select(term.selection))
        for comparison in comparisons
        for term in comparison.left + comparison.right
        if term.selection and not term.summed
    } - {1}
    if len(lengths) > 1:
        raise Misspelt(f"“each part of”两边的行数不同（{'、'.join(map(str, sorted(lengths)))}）")
    return lengths.pop() if lengths else 1


def _bind(comparison: Comparison, select: Select, position: int | None) -> Claim:
    left, right = (_linear(side, select, position) for side in (comparison.left, comparison.right))
    return Claim(left, comparison.operator, right)


def _linear(terms: tuple[Term, ...], select: Select, position: int | None) -> Linear:
    bound = tuple((term.coefficient, ref) for term in terms for ref in _lines(term, select, position))
    return Linear(bound, sum(term.coefficient for term in terms if term.selection is None))


def _lines(term: Term, select: Select, position: int | None) -> tuple[Ref, ...]:
    if term.selection is None:
        return ()
    refs = select(term.selection)
    if term.summed or len(refs) == 1:
        return refs
    if position is None:
        raise Misspelt(f"“{term.selection.table}.{term.selection.first}”有 {len(refs)} 行，请写 sum(…) 或 each part of")
    return (refs[position],)
