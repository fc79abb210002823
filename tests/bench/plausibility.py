"""How many planted faults the first questions catch, and how many questions a clean year raises.

python -m tests.bench.plausibility [--worlds 20] [--seed 2012]

Two years of fifty units (tests.bench.history), faults planted in the second, whose questions are counted. Beside ours a
plain rule (more than 50 % from last month) and z-scores (more than 3 standard deviations from the unit's mean), both
ranked by effect on the city's total as ours are.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from rich.console import Console
from rich.table import Table

from pipeline.judge.plausibility import Panel, ask, panel
from pipeline.judge.reconcile.months import copied
from pipeline.values.periods import Month
from schemas.form import Form
from tests.bench.history import FAULTS, OFFICE, YEAR, Fault, clean, form_and_lines, planted, wide_of

FIRST = (10, 20, 50)
START = Month(2011, 1)
LEAST = OFFICE.settings.thresholds.identical_nonzero
WHOLE = -1

Cell = tuple[int, int, int]  # unit, month, line; WHOLE where the return is asked about


def ours(block: Panel, form: Form, counts: np.ndarray) -> list[Cell]:
    """Our questions, with the returns equal to last month's, which reconciliation asks about, at their effect."""
    line = {ref: n for n, ref in enumerate(form_and_lines()[1])}
    found = [
        (q.effect, (q.unit, q.month, WHOLE if q.written is None else line[q.ref])) for q in ask(block, LEAST, Counter())
    ]
    wide = wide_of(counts, form, START)
    for finding in copied(form, wide, wide, {int(n): "" for n in wide.index}, OFFICE):
        unit, month = divmod(
            int(wide.index[(wide["unit"] == finding.unit) & (wide["period"] == finding.period)][0]), counts.shape[1]
        )
        usual = np.median(counts[unit], axis=0)
        effect = np.abs(counts[unit, month] - usual) / np.maximum(counts.sum(axis=(0, 1)), 1)
        found = [one for one in found if one[1][:2] != (unit, month)] + [(float(effect.max()), (unit, month, WHOLE))]
    return [cell for _, cell in sorted(found, reverse=True)]


def plain(block: Panel, form: Form, counts: np.ndarray) -> list[Cell]:
    """More than half more or less than last month."""
    before = np.roll(counts, 1, axis=1)
    before[:, 0] = counts[:, 0]
    return _ranked(np.abs(counts - before) > 0.5 * before, counts, before)


def z_scores(block: Panel, form: Form, counts: np.ndarray) -> list[Cell]:
    """More than three standard deviations from the mean of the unit's months."""
    mean, deviation = counts.mean(axis=1, keepdims=True), counts.std(axis=1, keepdims=True, ddof=1)
    return _ranked(np.abs(counts - mean) > 3 * deviation, counts, np.broadcast_to(mean, counts.shape))


def _ranked(odd: np.ndarray, counts: np.ndarray, expected: np.ndarray) -> list[Cell]:
    effect = np.abs(counts - expected) / np.maximum(counts.sum(axis=(0, 1)), 1)
    cells = [tuple(map(int, at)) for at in np.argwhere(odd)]
    return sorted(cells, key=lambda at: -effect[at])


METHODS: dict[str, Callable[[Panel, Form, np.ndarray], list[Cell]]] = {
    "ours": ours, "±50 %": plain, "z-scores": z_scores,
}  # fmt: skip


@dataclass
class Tally:
    """Sums over worlds: faults planted, caught among the first questions by kind, questions of clean years."""

    worlds: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    caught: Counter[tuple[str, str, int]] = field(default_factory=Counter)  # method, kind, first
    asked: Counter[str] = field(default_factory=Counter)
    clean: Counter[str] = field(default_factory=Counter)

    def share(self, method: str, first: int) -> float:
        whole = sum(n for (m, _, f), n in self.caught.items() if (m, f) == (method, first))
        return whole / sum(self.planted.values())


def measure(worlds: int, seed: int, units: int = 50, each: int = 5) -> Tally:
    form, refs = form_and_lines()
    tally = Tally(worlds)
    for world in range(worlds):
        random = np.random.default_rng([seed, world])
        counts = clean(random, units, 2 * YEAR, len(refs))
        for method, questions in _questions(form, counts):
            tally.clean[method] += len(questions)
        faults = planted(counts, random, each)
        tally.planted.update(fault.kind for fault in faults)
        for method, questions in _questions(form, counts):
            tally.asked[method] += len(questions)
            for first in (*FIRST, len(questions)):
                kinds = [fault.kind for fault in faults if caught(fault, questions[:first])]
                last = first if first in FIRST else 0
                tally.caught.update((method, kind, last) for kind in kinds)
    return tally


def _questions(form: Form, counts: np.ndarray) -> Iterator[tuple[str, list[Cell]]]:
    block = panel(wide_of(counts, form, START), form, OFFICE, START.plus(YEAR))
    for method, asked in METHODS.items():
        yield method, [cell for cell in asked(block, form, counts) if cell[1] >= counts.shape[1] - YEAR]


def caught(fault: Fault, questions: list[Cell]) -> bool:
    """Whether one of the questions is about the cell, or about the return as a whole or where all of it is wrong."""
    return any(
        (unit, month) == (fault.unit, fault.month) and (WHOLE in {line, fault.line} or line == fault.line)
        for unit, month, line in questions
    )


def table(tally: Tally) -> Table:
    every = (*FIRST, 0)
    heads = [f"{method}\n{first or 'all'}" for method in METHODS for first in every]
    shown = Table("fault", "planted", *heads, title=f"{tally.worlds} worlds: caught among the first questions")
    for column in shown.columns[1:]:
        column.justify = "right"
    for kind in FAULTS:
        numbers = [tally.caught[method, kind, first] for method in METHODS for first in every]
        shown.add_row(kind, str(tally.planted[kind]), *map(str, numbers))
    shares = [f"{100 * tally.share(method, first):.0f} %" for method in METHODS for first in every]
    shown.add_row("all", str(sum(tally.planted.values())), *shares)
    blank = [""] * len(FIRST)
    for title, counts in (("questions a year", tally.asked), ("questions a clean year", tally.clean)):
        shown.add_row(title, "", *(cell for m in METHODS for cell in (*blank, f"{counts[m] / tally.worlds:.1f}")))
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.plausibility", description=__doc__)
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2012)
    arguments = parser.parse_args()
    Console(width=170).print(table(measure(arguments.worlds, arguments.seed)))


if __name__ == "__main__":
    main()
