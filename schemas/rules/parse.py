"""Text of the rule language to values. The grammar stands in grammar.lark."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken

from schemas.rules.advice import ONLY, advice
from schemas.rules.terms import Comparison, Operator, Selection, Sentence, Term


class Misspelt(ValueError):
    """A rule that cannot be read; the text says where."""


@cache
def parse(text: str) -> Sentence:
    """A rule. Raises Misspelt."""
    return cast(Sentence, _read(text, "sentence"))


@cache
def parse_expression(text: str) -> tuple[Term, ...]:
    """A sum, as the columns of annual tables are written. Raises Misspelt."""
    return cast(tuple[Term, ...], _read(text, "expression"))


def _read(text: str, start: str) -> Any:
    try:
        return _Values().transform(_parser().parse(text, start=start))
    except UnexpectedInput as error:
        ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        rest = "" if ended else text[error.column - 1 :]
        where = f"从“{rest}”起读不懂" if rest else "没有写完"
        told = advice(text, rest)
        raise Misspelt(f"规则“{text}”{where}{told and f'，{told}'}。写法如 T2.10 = sum(T2.11..16)，{ONLY}") from None


@cache
def _parser() -> Lark:
    grammar = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, start=["sentence", "expression"], parser="lalr", maybe_placeholders=True)


class _Values(Transformer[Token, Any]):
    """One method a rule of the grammar."""

    def each_part(self, _: list[Any]) -> str:
        return "part"

    def each_row(self, _: list[Any]) -> str:
        return "row"

    def each_column(self, _: list[Any]) -> str:
        return "column"

    def sentence(self, parts: list[Any]) -> Sentence:
        scope, claim, *guards = parts
        return Sentence(scope or "", claim, tuple(g for g in guards if g is not None))

    def comparison(self, parts: list[Any]) -> Comparison:
        left, operator, right = parts
        return Comparison(left, cast(Operator, str(operator)), right)

    def expression(self, parts: list[Any]) -> tuple[Term, ...]:
        signs = [-1 if sign == "-" else 1 for sign in parts[0::2]]
        return tuple(
            Term(sign * term.coefficient, term.selection, term.summed, term.number)
            for sign, terms in zip(signs, parts[1::2], strict=True)
            for term in terms
        )

    def term(self, parts: list[Any]) -> list[Term]:
        if len(parts) == 1:
            return [Term(1, None, number=Decimal(parts[0]))]
        coefficient, quantity = parts
        selections, summed = quantity
        return [Term(int(coefficient or 1), selection, summed) for selection in selections]

    def summed(self, parts: list[Any]) -> tuple[list[Selection], bool]:
        return parts, True

    def quantity(self, parts: list[Any]) -> tuple[list[Selection], bool]:
        return parts, False

    def selection(self, parts: list[Any]) -> Selection:
        table, first, last, measure, shift = parts
        named = "month" if measure in {None, "period"} else str(measure)
        counted = str(shift or 0)
        years = int(counted.removesuffix("y")) if counted.endswith("y") else 0
        periods = 0 if years else int(counted)
        return Selection(str(table), str(first), str(last) if last else None, named, periods, years)
