"""How many planted errors proof finds in the prose of reports, and how many alarms it raises that are none.

python -m tests.bench.proof [--missed]

Each clean text of tests/proof/texts gets one error at a time (tests.proof.planting); an alarm is right that is about
the figure that was changed. Four times texts were written when the program was done, proofread once as they were
(first), and only then was the program mended after them. Those of the last time are tests/proof/held_out.

    texts   recall, first   precision, first   clean texts with an alarm, first
    14      0.88            0.83               3
    11      0.86            0.94               1
    10      0.81            0.87               1
    10      0.89            0.83               2

84 reports of a fifth time (tests/proof/blind), a third of them with tables, were written by somebody who had not seen
the program, errors and all; the program was then tried on them once, mended by method and tried again (now). 36 more
(tests/proof/second), written likewise, were tried once after that repair, 48 more (tests/proof/third) after the next,
48 (tests/proof/fourth) after that one, 40 (tests/proof/fifth), 40 (tests/proof/sixth), 36 (tests/proof/seventh)
and 40 (tests/proof/eighth) after all these.

One false alarm of a clean text is counted again with each error planted in it, which makes the precision what it is.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.proof.corpus import FORMS, HELD_OUT, TEXTS, Report, reports
from tests.proof.planting import Plant, plants
from tests.proof.truth import BLIND, EIGHTH, FIFTH, FOURTH, NINTH, SECOND, SEVENTH, SIXTH, THIRD, Tally, tally

FIRST = {  # what the first try came to, before any repair after it
    BLIND: Tally(84, 44, 6987, 6980, 95, 52, 50, 52, 18),
    SECOND: Tally(36, 20, 2577, 2560, 26, 17, 17, 7, 4),
    THIRD: Tally(48, 24, 2818, 2811, 28, 22, 22, 5, 2),
    FOURTH: Tally(48, 24, 3470, 3460, 26, 21, 22, 3, 1),
    FIFTH: Tally(40, 20, 2982, 2978, 28, 22, 22, 5, 4),
    SIXTH: Tally(40, 20, 5241, 5231, 26, 19, 20, 10, 5),
    SEVENTH: Tally(36, 18, 3969, 3740, 24, 14, 13, 3, 2),
    EIGHTH: Tally(40, 18, 3468, 3465, 64, 40, 42, 16, 8),
    NINTH: Tally(44, 22, 2800, 2794, 57, 40, 43, 25, 4),
}


@dataclass
class Score:
    """By kind of error: planted, found, alarms and right alarms; the alarms of clean texts; the plants missed."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    on_clean: int = 0
    missed: list[Plant] = field(default_factory=list)
    wrong: list[Plant] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found.total() / self.planted.total()

    @property
    def precision(self) -> float:
        return self.right.total() / self.alarms.total()


def score(several: Sequence[Report]) -> Score:
    """Proofread the clean reports as they are and with every error planted."""
    made = Score()
    for report in (one for one in several if one.clean):
        made.on_clean += len(report.doubts())
        for plant in plants(report):
            right = plant.found(report.doubts(plant.text))
            made.planted[plant.kind] += 1
            made.found[plant.kind] += any(right)
            made.alarms[plant.kind] += len(right)
            made.right[plant.kind] += sum(right)
            made.missed += [] if any(right) else [plant]
            made.wrong += [] if all(right) else [plant]
    return made


def table(title: str, made: Score, clean: int) -> Table:
    shown = Table("error", "planted", "found", "recall", "alarms", "precision", title=f"{title}: {clean} clean texts")
    for column in shown.columns[1:]:
        column.justify = "right"
    kinds = [*sorted(made.planted), ""]
    for kind in kinds:
        planted, found, alarms, right = (
            counts[kind] if kind else counts.total() for counts in (made.planted, made.found, made.alarms, made.right)
        )
        precision = f"{right / alarms:.2f}" if alarms else ""
        shown.add_row(kind or "all", str(planted), str(found), f"{found / planted:.2f}", str(alarms), precision)
    shown.add_row("alarms on the clean texts", "", "", "", str(made.on_clean), "")
    return shown


def told(folder: Path, now: Tally) -> Table:
    """What the alarms over whole reports came to, at the first try (where it is known) and now."""
    title = f"{folder.name}: reports written by somebody who had not seen the program"
    first = _lines(FIRST[folder]) if folder in FIRST else [(name, "") for name, _ in _lines(now)]
    shown = Table("", "first try", "now", title=title)
    for (name, before), (_, after) in zip(first, _lines(now), strict=True):
        shown.add_row(name, before, after)
    return shown


def tell(console: Console, folder: Path, *, missed: bool) -> None:
    """Print what the alarms over the reports of a folder come to, and what was missed or said wrongly."""
    whole = tally(folder)
    console.print(told(folder, whole))
    for case, error in whole.missed if missed else ():
        console.print(f"missed {case.name} [{error.kind}] {error.at!r} → {error.right}", markup=False)
    for case, doubt in whole.wrong if missed else ():
        console.print(f"wrong {case.name} [{doubt.kind}] {doubt.place.place} {doubt.facts}", markup=False)


def _lines(made: Tally) -> list[tuple[str, str]]:
    return [
        ("texts, of these clean", f"{made.texts}, {made.clean}"),
        ("figures there, read", f"{made.figures:,}, {made.read:,} ({made.read / made.figures:.1%})"),
        ("errors there, found", f"{made.errors}, {made.found}"),
        ("alarms true, false", f"{made.true}, {made.false}"),
        ("precision, recall", f"{made.precision:.2f}, {made.recall:.2f}"),
        ("false alarms per 1,000 figures", f"{1000 * made.false / made.figures:.2f}"),
        ("clean texts with an alarm", f"{made.clean_with_alarm} of {made.clean}"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.proof", description=__doc__)
    parser.add_argument("--missed", action="store_true", help="show what was missed and what was alarmed wrongly")
    parser.add_argument(
        "--truth",
        type=Path,
        nargs="*",
        default=[BLIND, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH, NINTH],
        help="folders of truth.jsonl, texts",
    )
    parser.add_argument("--only-truth", action="store_true", help="only the reports of these folders")
    arguments = parser.parse_args()
    console = Console(width=110)
    for folder in (one for one in arguments.truth if (one / "truth.jsonl").is_file()):
        tell(console, folder, missed=arguments.missed)
    if arguments.only_truth:
        return
    for title, folder in (("first", TEXTS), ("held out", HELD_OUT), ("forms", FORMS)):
        several = reports(folder)
        made = score(several)
        console.print(table(title, made, sum(report.clean for report in several)))
        for name, those in (("missed", made.missed), ("wrong", made.wrong)) if arguments.missed else ():
            for plant in those:
                around = plant.text[max(0, plant.start - 30) : plant.end + 10].replace("\n", " ")
                console.print(f"{name} {plant.report.name} [{plant.kind}] …{around}", markup=False)


if __name__ == "__main__":
    main()
