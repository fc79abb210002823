"""Render a statement as an Excel condition for the live check cells of a template.

Only functions that every Excel and WPS since 2003 knows. SUM passes over text marks, which + would turn into errors.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from schemas.entry import Entry
from schemas.rules.terms import Claim, Linear, Ref, Statement

Cell = Callable[[Ref], str]
Inputs = Callable[[Ref], Sequence[str]]
Entries = Mapping[tuple[str, str], Entry]


def judged(statement: Statement, cell: Cell, inputs: Inputs, entries: Entries) -> str:
    """The condition that the numbers it needs are there: those of its guards and, where they are met, of its claim.

    ``cell`` is the address of a line's value, ``inputs`` are the cells that are filled in for it, ``entries`` say what
    its lines are counted in (what is none of them, in days).
    """
    claim = _filled(statement.claim.refs, statement.blank, inputs)
    if not statement.guards:
        return claim
    guards = _filled([ref for guard in statement.guards for ref in guard.refs], statement.blank, inputs)
    unmet = [f"NOT({_comparison(guard, cell, entries)})" for guard in statement.guards]
    return f"AND({guards},OR({','.join([*unmet, claim])}))"


def broken(statement: Statement, cell: Cell, entries: Entries) -> str:
    """The condition that it does not hold, given that it is judged."""
    claim = f"NOT({_comparison(statement.claim, cell, entries)})"
    guards = [_comparison(guard, cell, entries) for guard in statement.guards]
    return f"AND({','.join([*guards, claim])})" if guards else claim


def difference(statement: Statement, cell: Cell, entries: Entries) -> str:
    """Left side less right side in the unit of the claim, as a formula."""
    left, right = (_sum(side, cell, statement.claim, entries) for side in (statement.claim.left, statement.claim.right))
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


def _comparison(claim: Claim, cell: Cell, entries: Entries) -> str:
    left, right = (_sum(side, cell, claim, entries) for side in (claim.left, claim.right))
    if not claim.quantity.decimals and not claim.tolerance:
        return f"{left}{claim.operator}{right}"
    # binary fractions never compare exactly
    apart = f"ROUND({left}-({right}),{claim.quantity.decimals})"
    within = f"{claim.quantity.exact(claim.tolerance).normalize():f}"
    if claim.tolerance and claim.operator == "=":
        return f"ABS({apart})<={within}"
    return f"{apart}{claim.operator}{'-' if claim.tolerance and claim.operator == '>=' else ''}{within}"


def _sum(side: Linear, cell: Cell, claim: Claim, entries: Entries) -> str:
    """A side in the unit of the claim; each cell stands in the unit of its own line."""
    terms = [(_times(coefficient, ref, claim, entries), ref) for coefficient, ref in side.terms]
    plus = [cell(ref) for coefficient, ref in terms if coefficient == 1]
    minus = [cell(ref) for coefficient, ref in terms if coefficient == -1]
    text = f"SUM({ranges(plus)})" if plus else ""
    text += f"-SUM({ranges(minus)})" if minus else ""
    text += "".join(f"{c:+d}*N({cell(ref)})" for c, ref in terms if abs(c) != 1)
    constant = f"{claim.quantity.exact(side.constant).normalize():+f}"
    text += constant if side.constant or not text else ""
    return text.removeprefix("+")


def _times(steps: int, ref: Ref, claim: Claim, entries: Entries) -> int:
    """How often a line's cell counts in the unit of the claim, by how many steps of the claim a step of it comes to."""
    entry = entries.get((ref.table, ref.line))
    line = entry.quantity if entry else claim.quantity
    return int(claim.quantity.exact(steps).scaleb(line.decimals))


def _split(address: str) -> tuple[str, int]:
    """Split an address: '表'!D12 is ('表'!D, 12)."""
    letters = address.rstrip("0123456789")
    return letters, int(address[len(letters) :])


def _bare(address: str) -> str:
    return address.rpartition("!")[2]
