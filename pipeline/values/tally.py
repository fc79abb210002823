"""How rules were judged, return by return."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.rules.judge import Numbers, Verdicts
from schemas.rules.terms import Statement

Rets = dict[str, set[int]]  # the numbers of returns, by rule


def _by_rule() -> Rets:
    return defaultdict(set)


@dataclass(frozen=True)
class Tally:
    """What came of judging statements: by rule, the returns that it speaks of, and those that break it or lack a value.

    A return breaks a rule where one of the rule's statements (its parts, the rows of a register) is broken.
    ``not_judged`` counts the statements that were not judged, a return and a part each.
    """

    not_judged: Counter[str] = field(default_factory=Counter)
    spoken_of: Rets = field(default_factory=_by_rule)
    broken: Rets = field(default_factory=_by_rule)
    lacking: Rets = field(default_factory=_by_rule)

    @classmethod
    def of(cls, several: "Iterable[Tally]") -> "Tally":
        """Several as one: each judged returns of its own."""
        whole = cls()
        for one in several:
            whole.not_judged.update(one.not_judged)
            for name in ("spoken_of", "broken", "lacking"):
                mine: Rets = getattr(whole, name)
                for rule, rets in getattr(one, name).items():
                    mine[rule] |= rets
        return whole

    def enter(self, statement: Statement, numbers: Numbers, verdicts: Verdicts) -> None:
        """Enter the verdicts on many returns, or on many rows of registers."""
        rets, rule = numbers.rets, statement.rule
        self.not_judged[rule] += int(verdicts.lacking.sum())
        self.spoken_of[rule].update(rets[numbers.within(statement)].tolist())
        self.lacking[rule].update(rets[verdicts.lacking].tolist())
        self.broken[rule].update(rets[verdicts.broken].tolist())
