"""The lines that may be wrong where a statement is broken: pure arithmetic on the numbers of one return."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.slips.computed import Computed
from pipeline.slips.kinds import LEFT_STANDING, TWICE, says_little, slip, unslipped
from schemas.form import Form
from schemas.rules.judge import amount, judge
from schemas.rules.terms import Claim, Linear, Ref, Statement

Values = Mapping[Ref, int | None]  # the numbers of a return, and by shifted Ref those of the months before

MANY = 3  # more names than these help nobody


@dataclass(frozen=True, slots=True)
class Suspect:
    """A line that may be wrong: what is written, what would mend the statement, and the slip between the two.

    ``twice`` is the line that was counted twice, ``mends`` the statements that would hold again; it is ``vague`` where
    nothing but the smallness of the number speaks for it.
    """

    ref: Ref
    written: int
    expected: int
    how: str
    twice: Ref | None
    mends: frozenset[str]
    vague: bool


class Suspects:
    """Looks for the slip behind the broken statements of a form's returns."""

    def __init__(self, form: Form) -> None:
        self._form, self._computed = form, Computed(form)
        self._touching: dict[Ref, dict[str, Statement]] = defaultdict(dict)
        for statement in form.statements:
            for ref in statement.refs if statement.scope == "return" else ():
                self._touching[ref][statement.key] = statement

    def of(self, statement: Statement, values: Values, month: int) -> tuple[Suspect, ...]:
        """The lines that one slip may have spoilt, in the order of the statement; none where too many fit.

        Of an inequality one only, for nearly anything mends it. Of several small numbers that any change would mend,
        none: that one of them is wrong is what the finding says already.
        """
        apart = self._apart(statement, values, month)
        found = [suspect for suspect in self._fitting(statement, values, month) if apart <= suspect.mends]
        cells = {(s.ref, s.expected): s for s in reversed(found)}
        if len(cells) > (MANY if statement.claim.operator == "=" else 1):
            return ()
        return () if len(cells) > 1 and all(s.vague for s in found) else tuple(reversed(cells.values()))

    def _apart(self, statement: Statement, values: Values, month: int) -> frozenset[str]:
        """The statement, and the balances broken beside it that share a line: one slip must explain them together."""
        near = {key: s for ref in statement.claim.refs for key, s in self._touching[ref].items()}
        balances = (s for s in near.values() if s.claim.operator == "=" and month in s.months)
        return frozenset({statement.key, *(s.key for s in balances if judge(s, values) is False)})

    def _fitting(self, statement: Statement, values: Values, month: int) -> Iterator[Suspect]:
        """Every line and slip that explains the statement, and that no other figure refutes."""
        for ref in statement.claim.refs:
            written = values.get(ref)
            if ref.shift or written is None or self._form.entry(ref).derived:
                continue
            for moved in self._computed.hypotheses(ref, values, month):
                for expected in _expected(statement.claim, ref, moved, values):
                    how, twice = _how(statement.claim, ref, expected, values)
                    mended = self._mended(moved, expected - written, values, month) if how else ()
                    if mended:
                        vague = says_little(how, written) and len(_figures(mended)) == 1
                        yield Suspect(ref, written, expected, how, twice, frozenset(s.key for s in mended), vague)

    def _mended(self, moved: tuple[Ref, ...], delta: int, values: Values, month: int) -> tuple[Statement, ...]:
        """The statements that hold again when the cells move; none where one that speaks of them would not hold."""
        trial = {**values, **{ref: (values[ref] or 0) + delta for ref in moved}}
        there = {key: s for ref in moved for key, s in self._touching[ref].items() if month in s.months}
        if any(judge(s, trial) is False for s in there.values()):
            return ()
        return tuple(s for s in there.values() if judge(s, values) is False)


def _figures(mended: Iterable[Statement]) -> set[frozenset[tuple[str, str]]]:
    """The balances by their lines: the same one over the month and over the year says one thing."""
    return {frozenset((r.table, r.line) for r in s.claim.refs) for s in mended if s.claim.operator == "="}


def _expected(claim: Claim, ref: Ref, moved: tuple[Ref, ...], values: Values) -> list[int]:
    """The values of a line that may mend a broken claim when the cells move with it; never a negative."""
    written = values[ref] or 0
    if claim.operator != "=":
        found = unslipped(written) if claim.left.refs and claim.right.refs else iter(())
        return [n for n in dict.fromkeys(found) if n >= 0 and n != written]
    times: Counter[Ref] = Counter()
    for side, sign in ((claim.left, 1), (claim.right, -1)):
        for coefficient, one in side.terms:
            times[one] += sign * coefficient
    effect = sum(times[one] for one in moved)
    gap = (amount(claim.left, values, "zero") or 0) - (amount(claim.right, values, "zero") or 0)
    there = effect and gap % effect == 0 and written - gap // effect >= 0
    return [written - gap // effect] if there else []


def _how(claim: Claim, ref: Ref, expected: int, values: Values) -> tuple[str, Ref | None]:
    """The slip by which what was meant became what is written, and the line that was counted twice; "" if none."""
    written = values[ref] or 0
    if how := slip(written, expected):
        return how, None
    for part in _parts(claim, ref):
        if written - expected == values[part]:
            return TWICE, part
    before = values.get(Ref(ref.table, ref.line, ref.measure, ref.shift - 1))
    return (LEFT_STANDING if written and written == before else ""), None


def _parts(claim: Claim, ref: Ref) -> tuple[Ref, ...]:
    """The lines that add up to this one in a balance."""
    total = Linear(((1, ref),))
    sides = (claim.left, claim.right)
    parts = next((other for side, other in (sides, sides[::-1]) if side == total), None)
    return parts.refs if parts and len(parts.refs) > 1 and claim.operator == "=" else ()
