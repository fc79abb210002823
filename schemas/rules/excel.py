"""Render a statement as an Excel condition for the live check cells of a template.

Only functions that every Excel and WPS since 2003 knows. SUM passes over text marks, which + would turn into errors.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

from schemas.rules.terms import Claim, Linear, Ref, Statement

Cell = Callable[[Ref], str]
Inputs = Callable[[Ref], Sequence[str]]


def judged(statement: Statement, cell: Cell, inputs: Inputs) -> str:
    """The condition that the numbers it needs are there: those of its guards and, where they are met, of its claim.

    ``cell`` is the address of a line's value, ``inputs`` are the cells that are filled in for it.
    """
    claim = _filled(statement.claim.refs, statement.blank, inputs)
    if not statement.guards:
        return claim
    guards = _filled([ref for guard in statement.guards for ref in guard.refs], statement.blank, inputs)
    unmet = [f"NOT({_comparison(guard, cell)})" for guard in statement.guards]
    return f"AND({guards},OR({','.join([*unmet, claim])}))"


def broken(statement: Statement, cell: Cell) -> str:
    """The condition that it does not hold, given that it is judged."""
    claim = f"NOT({_comparison(statement.claim, cell)})"
    guards = [_comparison(guard, cell) for guard in statement.guards]
    return f"AND({','.join([*guards, claim])})" if guards else claim


def difference(statement: Statement, cell: Cell) -> str:
    """Left side less right side, as a formula."""
    left, right = (_sum(side, cell, statement.claim.scale) for side in (statement.claim.left, statement.claim.right))
    return f"{left}-({right})"


def ranges(cells: Sequence[str]) -> str:
    """Cell addresses as the arguments of a function, runs down a column written as ranges."""
    runs = groupby(enumerate(cells), key=lambda item: (_split(item[1])[0], _split(item[1])[1] - item[0]))
    parts = [[cell for _, cell in run] for _, run in runs]
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}:{_bare(run[-1])}" for run in parts)


def _filled(refs: Sequence[Ref], blank: str, inputs: Inputs) -> str:
    """The condition that every cell behind these lines is a number, or a number or empty where blank is zero."""
    cells = list(dict.fromkeys(cell for ref in refs for cell in inputs(ref)))
    if not cells:
        return "TRUE"
    return f"COUNT({ranges(cells)})={len(cells) if blank == 'unknown' else f'COUNTA({ranges(cells)})'}"


def _comparison(claim: Claim, cell: Cell) -> str:
    left, right = (_sum(side, cell, claim.scale) for side in (claim.left, claim.right))
    if claim.scale == 1:
        return f"{left}{claim.operator}{right}"
    return f"ROUND({left}-({right}),2){claim.operator}0"  # money in binary fractions never compares exactly


def _sum(side: Linear, cell: Cell, scale: int = 1) -> str:
    plus = [cell(ref) for coefficient, ref in side.terms if coefficient == 1]
    minus = [cell(ref) for coefficient, ref in side.terms if coefficient == -1]
    text = f"SUM({ranges(plus)})" if plus else ""
    text += f"-SUM({ranges(minus)})" if minus else ""
    text += "".join(f"{c:+d}*N({cell(ref)})" for c, ref in side.terms if abs(c) != 1)
    constant = side.constant / scale if side.constant % scale else side.constant // scale
    text += f"{constant:+}" if constant or not text else ""
    return text.removeprefix("+")


def _split(address: str) -> tuple[str, int]:
    """Split an address: '表'!D12 is ('表'!D, 12)."""
    letters = address.rstrip("0123456789")
    return letters, int(address[len(letters) :])


def _bare(address: str) -> str:
    return address.rpartition("!")[2]
