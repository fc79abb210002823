"""Print the false alarms on a thousand ordinary titles, and how many planted ones of each kind are found.

python -m tests.bench.leaks [--titles 1000] [--seed 2012]
"""

import argparse
from collections import Counter
from time import process_time

from rich.console import Console

from pipeline.judge.leaks import search
from tests.bench.titles import ordinary
from tests.leaks.plants import PLANTS


def false_alarms(titles: int, seed: int) -> list[tuple[str, str]]:
    """The titles in which something was found, each with what it was taken for."""
    return [(hit.name, title) for title in ordinary(titles, seed) for hit in search(title)]


def found(titles: int, seed: int) -> Counter[str]:
    """How many of a hundred planted of each kind are found in an ordinary title."""
    beside = list(ordinary(titles, seed))
    tally: Counter[str] = Counter()
    for kind, make in PLANTS.items():
        for n in range(100):
            plant = make(n)
            hits = search(f"{beside[n * 7 % titles]}，{plant.text}")
            tally[kind] += any(hit.whole or hit.secret in {*plant.secrets, plant.secrets[-1].upper()} for hit in hits)
    return tally


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.leaks", description=__doc__)
    parser.add_argument("--titles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2012)
    given = parser.parse_args()
    console, begun = Console(), process_time()
    alarms = false_alarms(given.titles, given.seed)
    spent = process_time() - begun
    for name, title in alarms:
        console.print(f"{name}：{title}", highlight=False)
    console.print(f"{len(alarms)} false alarms on {given.titles} ordinary titles, {spent:.2f} s of CPU")
    for kind, count in found(given.titles, given.seed).items():
        console.print(f"{kind}: {count} of 100 planted found", highlight=False)


if __name__ == "__main__":
    main()
