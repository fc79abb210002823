"""The rules of a form as statements: bound to its lines, a matrix row by row or column by column."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from schemas.edition import TRIAL, Rule
from schemas.mistake import nearest
from schemas.rules.bind import Select, bind_expression, bind_sentence, of_one_row
from schemas.rules.parse import Misspelt, parse, parse_expression
from schemas.rules.terms import Claim, Ref, Selection, Sentence, Statement
from schemas.table import Table

if TYPE_CHECKING:
    from schemas.form import Form


def statements_of(rule: Rule, form: "Form") -> Iterator[Statement]:
    """The statements that a rule makes. Raises Misspelt."""
    places: set[Ref] = set()
    for sentence, select in _readings(parse(rule.holds), form):
        scope: Literal["return", "row"] = "row" if sentence.scope == "row" else "return"
        for bound, guards in bind_sentence(sentence, select, form.quantity_at, rule.tolerance):
            of_one_row((bound, *guards), scope)
            at = _place(rule, bound, select, form)
            if at in places:
                raise Misspelt(f"有几行都会显示在 {at}，each part of 左边的第一项要逐行写，不写 at")
            places.add(at)
            level = TRIAL if rule.trial else rule.level
            span = rule.valid.first or "", rule.valid.last or ""
            yield Statement(rule.id, level, bound, guards, at, rule.months, rule.blank, rule.ask, scope, *span)


def _readings(sentence: Sentence, form: "Form") -> Iterator[tuple[Sentence, Select]]:
    """A sentence with what its selections name: once, or of a matrix once a column, once a row. Raises Misspelt."""
    table = _matrix(sentence, form)
    if table is None:
        yield sentence, form.select
        return
    rows, columns = _lines(table, form)
    plain = replace(sentence, scope="")
    for key in columns if sentence.scope == "column" else rows:
        across = _down(key) if sentence.scope == "column" else _along(key)
        yield plain, _Across(form, across, columns=sentence.scope != "column")


def _matrix(sentence: Sentence, form: "Form") -> Table | None:
    """The matrix that a sentence goes through; None where it goes through none. Raises Misspelt."""
    if sentence.scope not in {"row", "column"}:
        return None
    terms = (*sentence.claim.left, *sentence.claim.right)
    named = next((term.selection.table for term in terms if term.selection), "")
    table = next((table for table in form.edition.tables if table.id == named), None)
    if sentence.scope == "column" and (table is None or table.shape != "matrix"):
        raise Misspelt("each column 只能写矩阵的行，如 each column T3.301 >= T3.302")
    return table if table and table.shape == "matrix" else None


def _lines(table: Table, form: "Form") -> tuple[list[str], list[str]]:
    """The codes of a matrix's rows with figures, and of its columns."""
    entries = form.table(table.id)
    return [*dict.fromkeys(entry.row for entry in entries)], [*dict.fromkeys(entry.column for entry in entries)]


def _down(column: str) -> Callable[[str], str]:
    return lambda row: f"{row}_{column}"


def _along(row: str) -> Callable[[str], str]:
    return lambda column: f"{row}_{column}"


class _Across:
    """What selections name in one column or row of the matrices they speak of."""

    def __init__(self, form: "Form", cell: Callable[[str], str], *, columns: bool) -> None:
        self._form, self._cell, self._columns = form, cell, columns

    def __call__(self, selection: Selection) -> tuple[Ref, ...]:
        """The numbers of a selection. Raises Misspelt."""
        table = next((table for table in self._form.edition.tables if table.id == selection.table), None)
        if table is None or table.shape != "matrix":
            return self._form.select(selection)
        codes = _lines(table, self._form)[self._columns]
        for code in filter(None, (selection.first, selection.last)):
            if code not in codes and code != "*":
                what = "栏" if self._columns else "行"
                raise Misspelt(f"表 {table.id} 没有“{code}”{what}，{nearest(code, codes)}")
        first, last = selection.first, selection.last or selection.first
        span = codes if first == "*" else codes[codes.index(first) : codes.index(last) + 1]
        if not span:
            raise Misspelt(f"“{first}..{last}”前后颠倒，请按表中的顺序写")
        one = replace(selection, last=None)
        return tuple(ref for code in span for ref in self._form.select(replace(one, first=self._cell(code))))


def _place(rule: Rule, claim: Claim, select: Select, form: "Form") -> Ref:
    """The line where a statement shows: the one it says, or else the first on its left. Raises Misspelt."""
    terms = parse_expression(rule.at) if rule.at else ()
    refs = bind_expression(terms, select, form.quantity_at)[0].refs if rule.at else claim.left.refs
    if not refs:
        raise Misspelt("左边没有指标，不知道显示在哪一行，请把两边对调")
    return refs[0]
