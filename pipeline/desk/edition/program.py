"""Whole numbers that satisfy linear conditions: found by integer programming, or shown not to be there."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from schemas.mistake import CannotRun
from schemas.rules.terms import Claim

Terms = tuple[tuple[int, Hashable], ...]

SECONDS = 60.0  # after which a program is given up, and said to be too hard
LACKING = '检查规则要用 scipy。请先安装：python -m pip install -e ".[check]"，再运行一次。'
TOO_HARD = "规则之间的关系太复杂，没有算出结果。请把规则分几次加进去检查。"


@dataclass(frozen=True, slots=True)
class Bound:
    """A sum of unknowns between two numbers."""

    terms: Terms
    low: float = -inf
    high: float = inf


Way = tuple[Bound, ...]  # bounds that hold together


@dataclass
class Program:
    """Unknowns from 0 (or what they may be below it) up to a largest number each, and what must hold of them."""

    largest: dict[Hashable, int] = field(default_factory=dict)
    bounds: list[Bound] = field(default_factory=list)
    smallest: dict[Hashable, int] = field(default_factory=dict)

    def copy(self) -> "Program":
        """The same, to be added to."""
        return Program(dict(self.largest), list(self.bounds), dict(self.smallest))

    def add(self, ways: Sequence[Way], unless: Hashable | None = None) -> None:
        """At least one of these ways holds, ``unless`` an unknown of 0 or 1 is 1."""
        if len(ways) == 1 and unless is None:
            self.bounds += ways[0]
            return
        chosen = [("way", len(self.largest) + n) for n in range(len(ways))]
        self.largest |= dict.fromkeys(chosen, 1)
        for switch, way in zip(chosen, ways, strict=True):
            self.bounds += (part for bound in way for part in self._switched(bound, switch))
        free = [unless] if unless is not None else []
        self.bounds.append(Bound(tuple((1, one) for one in (*chosen, *free)), low=1))

    def _switched(self, bound: Bound, switch: Hashable) -> Iterator[Bound]:
        """The bound where the switch is 1, and nothing where it is 0."""
        ends = [sorted((n * self.smallest.get(key, 0), n * self.largest[key])) for n, key in bound.terms]
        least, most = (sum(end[side] for end in ends) for side in (0, 1))
        if bound.high < most:
            room = most - bound.high
            yield Bound((*bound.terms, (int(room), switch)), high=bound.high + room)
        if bound.low > least:
            room = bound.low - least
            yield Bound((*bound.terms, (-int(room), switch)), low=bound.low - room)

    def near(self, wanted: Mapping[Hashable, int]) -> dict[Hashable, int]:
        """What to make least, so that unknowns come near to these numbers: how far each is from its own."""
        weights: dict[Hashable, int] = {}
        for key, value in wanted.items():
            apart = ("apart", key)
            self.largest[apart] = self.largest[key] + value - self.smallest.get(key, 0)
            self.bounds.append(Bound(((1, apart), (-1, key)), low=-value))
            self.bounds.append(Bound(((1, apart), (1, key)), low=value))
            weights[apart] = 1
        return weights

    def solve(self, least: Mapping[Hashable, int]) -> dict[Hashable, int] | None:
        """Numbers that satisfy it, with the weighted sum of ``least`` as small as can be; None where there are none.

        Raises CannotRun without the solver, or where it does not come to an end.
        """
        try:
            import numpy as np
            from scipy.optimize import Bounds, LinearConstraint, milp
        except ImportError:
            raise CannotRun(LACKING) from None
        if self.smallest:  # what need not be below 0 is not: else the least would be as far below as can be
            smallest, self.smallest = self.smallest, {}
            found = self.solve(least)
            self.smallest = smallest
            if found is not None:
                return found
            least = {key: weight for key, weight in least.items() if key not in smallest}
        keys = list(self.largest)
        cost = np.array([least.get(key, 0) for key in keys], float)
        low = np.array([self.smallest.get(key, 0) for key in keys], float)
        limits = Bounds(low, np.array(list(self.largest.values()), float))
        found = milp(
            cost, integrality=np.ones(len(keys)), bounds=limits, options={"time_limit": SECONDS},
            constraints=[LinearConstraint(*self._matrix(keys))] if self.bounds else [],
        )  # fmt: skip
        if found.x is None:
            if found.status == 2:
                return None
            raise CannotRun(TOO_HARD)
        return {key: round(value) for key, value in zip(keys, found.x, strict=True)}

    def _matrix(self, keys: list[Hashable]) -> tuple[object, object, object]:
        import numpy as np
        from scipy.sparse import coo_matrix

        at = {key: n for n, key in enumerate(keys)}
        cells = [(n, row, at[key]) for row, bound in enumerate(self.bounds) for n, key in bound.terms]
        values, rows, columns = ([cell[place] for cell in cells] for place in range(3))
        shape = (len(self.bounds), len(keys))
        matrix = coo_matrix((np.array(values, float), (rows, columns)), shape=shape).tocsr()
        return matrix, np.array([b.low for b in self.bounds]), np.array([b.high for b in self.bounds])


Known = Callable[[int, Hashable], tuple[Terms, int]]  # a term as unknowns, and what of it is a number


def holds(claim: Claim, known: Known) -> Bound:
    """What a claim comes to, as far as its sides may be apart."""
    terms, number = _difference(claim, known)
    least, most = -claim.tolerance - number, claim.tolerance - number
    return Bound(terms, -inf if claim.operator == "<=" else least, inf if claim.operator == ">=" else most)


def broken(claim: Claim, known: Known) -> list[Bound]:
    """Each way in which it does not hold: more on the left, less on the left."""
    terms, number = _difference(claim, known)
    beyond = claim.tolerance + 1
    more, less = Bound(terms, low=beyond - number), Bound(terms, high=-beyond - number)
    return {"=": [more, less], "<=": [more], ">=": [less]}[claim.operator]


def _difference(claim: Claim, known: Known) -> tuple[Terms, int]:
    number = claim.left.constant - claim.right.constant
    whole: dict[Hashable, int] = {}
    for sign, side in ((1, claim.left), (-1, claim.right)):
        for n, ref in side.terms:
            terms, own = known(sign * n, ref)
            number += own
            for times, key in terms:
                whole[key] = whole.get(key, 0) + times
    return tuple((n, key) for key, n in whole.items() if n), number


def least_set(members: Sequence[str], enough: Callable[[Iterable[str]], bool]) -> list[str]:
    """A smallest set of members that is ``enough``, by taking away one after the other."""
    kept = list(members)
    for member in members:
        rest = [other for other in kept if other != member]
        if enough(rest):
            kept = rest
    return kept
