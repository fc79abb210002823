"""What a line would have to be for a broken comparison to hold, and the slip between that and what is written."""

from collections import Counter
from collections.abc import Mapping

from pipeline.judge.slips.kinds import LEFT_STANDING, TWICE, slip, unslipped
from schemas.rules.judge import amount
from schemas.rules.terms import Claim, Linear, Ref

Values = Mapping[Ref, int | None]  # the numbers of a return, and by shifted Ref those of the months before


def expected_of(claim: Claim, moved: tuple[Ref, ...], values: Values) -> list[int]:
    """The values of the first cell that may mend a broken claim when the others move with it; never a negative."""
    written = values[moved[0]] or 0
    if claim.operator != "=":
        found = unslipped(written) if claim.left.refs and claim.right.refs else iter(())
        return [n for n in dict.fromkeys(found) if n >= 0 and n != written]
    times: Counter[Ref] = Counter()
    for side, sign in ((claim.left, 1), (claim.right, -1)):
        for coefficient, one in side.terms:
            times[one] += sign * coefficient
    effect = sum(times[one] for one in moved)
    gap = int(amount(claim.left, values, "zero") or 0) - int(amount(claim.right, values, "zero") or 0)
    there = effect and gap % effect == 0 and written - gap // effect >= 0
    return [written - gap // effect] if there else []


def slip_of(claim: Claim, ref: Ref, expected: int, values: Values) -> tuple[str, Ref | None]:
    """The slip by which what was meant became what is written, and the line that was counted twice; "" if none."""
    written = values[ref] or 0
    if how := slip(written, expected):
        return how, None
    for part in _parts(claim, ref):
        if written - expected == values.get(part):
            return TWICE, part
    before = values.get(Ref(ref.table, ref.line, ref.measure, ref.shift - 1))
    return (LEFT_STANDING if written and written == before else ""), None


def _parts(claim: Claim, ref: Ref) -> tuple[Ref, ...]:
    """The lines that add up to this one in a balance."""
    total = Linear(((1, ref),))
    sides = (claim.left, claim.right)
    parts = next((other for side, other in (sides, sides[::-1]) if side == total), None)
    return parts.refs if parts and len(parts.refs) > 1 and claim.operator == "=" else ()
