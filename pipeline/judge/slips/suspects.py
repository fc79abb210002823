"""The lines that may be wrong where a statement is broken: pure arithmetic on the numbers of one return."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.judge.slips.computed import Computed
from pipeline.judge.slips.kinds import LEFT_STANDING, ONE_DIGIT, says_little
from pipeline.judge.slips.mending import Values, expected_of, slip_of
from schemas.form import Form
from schemas.rules.judge import judge
from schemas.rules.terms import Ref, Statement

MANY = 3  # more names than these help nobody


@dataclass(frozen=True, slots=True)
class Suspect:
    """A line that may be wrong: what is written, what would mend the statement, and the slip between the two.

    ``twice`` is the line that was counted twice; it is ``vague`` where so small a number would fit by chance and only
    one balance speaks for it.
    """

    ref: Ref
    written: int
    expected: int
    how: str
    twice: Ref | None
    vague: bool


class Suspects:
    """Looks for the slip behind the broken statements of a form's returns."""

    def __init__(self, form: Form, statements: Iterable[Statement] | None = None) -> None:
        self._form, self._computed = form, Computed(form)
        self._touching: dict[Ref, dict[str, Statement]] = defaultdict(dict)
        for statement in form.statements if statements is None else statements:
            for ref in statement.refs if statement.scope == "return" else ():
                self._touching[ref][statement.key] = statement

    def of(self, statement: Statement, values: Values, month: int) -> tuple[Suspect, ...]:
        """The lines that one slip may have spoilt, in the order of the statement; none where too many fit.

        Of an inequality one only, for nearly anything mends it. Small numbers that fit by chance are told only beside
        one that does not, or where all other lines of the balance are vouched for by other figures.
        """
        able = list(self._able(statement, values, month))
        found = {(s.ref, s.expected): s for s, refuted in reversed(able) if s.how and not refuted}
        for likelier in (_is_negative, _is_said_elsewhere):
            found = {key: s for key, s in found.items() if likelier(s)} or found
        if len(found) > (MANY if statement.claim.operator == "=" else 1):
            return ()
        only = len({suspect.ref for suspect, _ in able}) == 1
        return tuple(reversed(found.values())) if only or any(not s.vague for s in found.values()) else ()

    def _able(self, statement: Statement, values: Values, month: int) -> Iterator[tuple[Suspect, bool]]:
        """Every number whose change would mend the statement and all that is broken with it, and spoil nothing.

        Whether by a slip is in ``how``; refuted is one that leaves a question open, which may be open with reason.
        """
        apart = self._apart(statement, values, month)
        for ref in statement.claim.refs:
            written = values.get(ref)
            if written is None:
                continue
            for moved in self._computed.hypotheses(ref, values, month):
                for expected in expected_of(statement.claim, moved, values):
                    broken, left = self._trial(moved, expected - written, values, month)
                    if (
                        apart <= broken - left
                        and _allows(left)
                        and self._holds_in_its_month(ref, expected - written, values, month)
                    ):
                        yield self._suspect(statement, ref, expected, values, broken), bool(left)

    def _holds_in_its_month(self, ref: Ref, delta: int, values: Values, month: int) -> bool:
        """Whether a month before, whose number is in question, would still hold by itself."""
        if not ref.shift:
            return True
        then = {replace(one, shift=one.shift - ref.shift): n for one, n in values.items() if one.shift <= ref.shift}
        own, month = replace(ref, shift=0), (month + ref.shift - 1) % 12 + 1
        return any(
            _allows(self._trial(moved, delta, then, month)[1]) for moved in self._computed.hypotheses(own, then, month)
        )

    def _suspect(
        self, statement: Statement, ref: Ref, expected: int, values: Values, broken: set[Statement]
    ) -> Suspect:
        """The slip, if one explains the number; what a register counts nobody has typed, but it may lack an item."""
        written, derived = values[ref] or 0, self._form.entry(ref).derived
        how, twice = ("", None) if derived else slip_of(statement.claim, ref, expected, values)
        counted = any(self._form.entry(one).derived for one in statement.claim.refs)
        little = says_little(how, written - expected if twice else written) or (counted and how == ONE_DIGIT)
        return Suspect(ref, written, expected, how, twice, vague=little and len(_figures(broken)) < 2)

    def _apart(self, statement: Statement, values: Values, month: int) -> set[Statement]:
        """The statement, and the balances broken beside it that share a line: one slip must explain them together."""
        near = {key: s for ref in statement.claim.refs for key, s in self._touching[ref].items()}
        balances = [s for s in near.values() if s.claim.operator == "="]
        return {statement, *_broken(balances, values, month)}

    def _trial(
        self, moved: tuple[Ref, ...], delta: int, values: Values, month: int
    ) -> tuple[set[Statement], set[Statement]]:
        """What speaks of the cells and is broken, and what would be if they moved."""
        trial = {**values, **{ref: (values[ref] or 0) + delta for ref in moved}}
        there = {key: s for ref in moved for key, s in self._touching[ref].items()}.values()
        return _broken(there, values, month), _broken(there, trial, month)


def _is_negative(suspect: Suspect) -> bool:
    """Whether the line is wrong for certain: nothing is counted below 0."""
    return suspect.written < 0


def _is_said_elsewhere(suspect: Suspect) -> bool:
    """Whether more than chance makes the line equal last month's: any value mends one balance."""
    return suspect.how != LEFT_STANDING or not suspect.vague


def _broken(statements: Iterable[Statement], values: Values, month: int) -> set[Statement]:
    return {s for s in statements if month in s.months and judge(s, values) is False}


def _allows(left: Iterable[Statement]) -> bool:
    """Whether what stays broken is no more than questions, about what is unusual and may be so."""
    return not any(statement.level == "must" or statement.claim.operator == "=" for statement in left)


def _figures(broken: Iterable[Statement]) -> set[frozenset[tuple[str, str]]]:
    """The balances by their lines: the same one over the month and over the year says one thing."""
    return {frozenset((r.table, r.line) for r in s.claim.refs) for s in broken if s.claim.operator == "="}
