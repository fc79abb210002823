"""Plant slips in sound returns and count how often the cell that the message names is the right one.

python -m tests.bench.slips [--cases 400] [--seed 2012]

unseen: no rule is broken. Of what is: alone, only wrong cells are named; among, the wrong one and others; silent, none;
wrong, only sound ones. "computed" is our form, where totals follow what is typed; "typed" is all by hand; "bare" has no
register and no month before to hold it against.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random

from rich.console import Console
from rich.table import Table

from pipeline.judge.slips import Suspects
from tests.bench.mistakes import LOOKED_FOR
from tests.bench.planting import KINDS, Case, Planter
from tests.bench.worlds import World, worlds

OUTCOMES = ("unseen", "alone", "among", "silent", "wrong")
ALL = "all slips looked for"

Tally = Counter[tuple[str, str, str]]  # kind, world, outcome


def measure(world: World, kinds: Iterable[str], cases: int, seed: int) -> Tally:
    """What became of ``cases`` returns of every kind, half of them on our form and half typed by hand."""
    tally: Tally = Counter()
    for computed in (True, False):
        planter = Planter(world, Random(seed), computed)  # noqa: S311  # a simulation, no secret
        planted = [case for kind in kinds for case in planter.cases(kind, cases // 2)]
        for case, outcome in judged(world, planted):
            tally[case.kind, f"{world.name}, {'computed' if computed else 'typed'}", outcome] += 1
    return tally


def judged(world: World, planted: list[Case]) -> Iterator[tuple[Case, str]]:
    """Each case with its outcome; what was open before anything was planted is not counted as seen."""
    suspects = Suspects(world.form)
    before = world.broken([(case.sound, case.month) for case in planted])
    after = world.broken([(case.values, case.month) for case in planted])
    named = [set() for _ in planted]
    for statement, row in after:
        case = planted[row]
        named[row] |= {suspect.ref for suspect in suspects.of(statement, world.known(case.values), case.month)}
    seen = {row for _, row in after - before}
    for row, case in enumerate(planted):
        yield case, outcome_of(case, named[row], seen=row in seen)


def outcome_of(case: Case, named: set, *, seen: bool) -> str:
    if not named:
        return "silent" if seen else "unseen"
    if named <= case.wrong:
        return "alone"
    return "among" if named & case.wrong else "wrong"


def table(tally: Tally, title: str, by: int, names: Iterable[str]) -> Table:
    """A row a name, with the shares of what the rules caught."""
    shown = Table(title, "planted", "unseen", "caught", *OUTCOMES[1:], *(f"{o} %" for o in OUTCOMES[1:]))
    for column in shown.columns[1:]:
        column.justify = "right"
    for name in names:
        counts = {o: sum(n for key, n in tally.items() if key[by] == name and key[2] == o) for o in OUTCOMES}
        unseen, *seen = counts.values()
        shares = [f"{100 * count / sum(seen):.1f}" if any(seen) else "—" for count in seen]
        shown.add_row(name, *map(str, [unseen + sum(seen), unseen, sum(seen), *seen]), *shares)
    return shown


def main() -> None:
    """Measure every world and print the shares by kind of slip, and by world for the kinds that are looked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.slips", description=__doc__)
    parser.add_argument("--cases", type=int, default=400, help="returns a kind and world")
    parser.add_argument("--seed", type=int, default=2012)
    arguments = parser.parse_args()
    tally: Tally = Counter()
    for world in worlds():
        tally += measure(world, KINDS, arguments.cases, arguments.seed)
    looked_for = Counter({key: n for key, n in tally.items() if key[0] in LOOKED_FOR})
    for (_, world, outcome), count in looked_for.items():
        tally[ALL, world, outcome] += count
    console = Console(width=140)
    console.print(table(tally, "planted", 0, (*LOOKED_FOR, ALL, *KINDS[len(LOOKED_FOR) :])))
    console.print(table(looked_for, "the slips looked for, by world", 1, dict.fromkeys(world for _, world, _ in tally)))


if __name__ == "__main__":
    main()
