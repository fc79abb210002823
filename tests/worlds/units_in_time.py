"""Small offices in which something becomes of a unit at the end of February 2013, and who sends what in two years.

Every return is sound and counts five items of service (T2.04); applications stay open as many as its row says.
"""

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.tables.outcome import Outcome
from schemas.office import OFFICES, Office, read_office
from tests.builders import Desk

LAST = "2013-03"  # the month that is reported
LOOKED_AT = "2013-04-30"
HEAD = "code,name,short,kind,parent,valid_from,valid_to,successor"
EAST, EVER = "01,东区人民政府,东区,区,,,,", "局,,,,"


@dataclass(frozen=True)
class Story:
    """``units``: rows of units.csv; ``open``: the applications that each leaves open, from month to month of 2012 and 2013.

    A unit that takes others over begins with what they left.
    """

    units: Sequence[str]
    open: Mapping[str, Mapping[str, int]]
    begins: Mapping[str, int]

    def sent(self, units: set[str] | None = None) -> list[tuple[str, str]]:
        """Who sent a return, and for which month."""
        return [(unit, month) for unit, own in self.open.items() for month in own if units is None or unit in units]


def months(*left: int, first: str = "2012-01", skip: int = 0) -> dict[str, int]:
    every = [f"{year}-{month:02d}" for year in (2012, 2013) for month in (1, 2, 3)]
    return dict(zip(every[every.index(first) + skip :], left, strict=False))


STEADY = months(1, 2, 3, 2, 3, 4)
STORIES = {
    "renamed": Story(
        (EAST, "02,卫生局,卫生局,局,,,2013-02,", "02,卫生健康局,卫健局,局,01,2013-03,,"),
        {"东区": STEADY, "卫生局": months(2, 2, 2, 3, 5), "卫健局": {LAST: 7}},
        {"卫健局": 5},
    ),
    "merged": Story(
        (EAST, "02,卫生局,卫生局,局,,,2013-02,04", "03,计生局,计生局,局,,,2013-02,04", "04,卫生计生局,卫计局,局,,2013-03,,"),
        {"东区": STEADY, "卫生局": months(2, 2, 2, 3, 5), "计生局": months(1, 1, 1, 6, 8), "卫计局": {LAST: 11}},
        {"卫计局": 5 + 8},
    ),
    "split": Story(
        (EAST, "02,教育体育局,教体局,局,,,2013-02,03", "03,教育局,教育局,局,,2013-03,,", "04,体育局,体育局,局,,2013-03,,"),
        {"东区": STEADY, "教体局": months(2, 2, 2, 3, 5), "教育局": {LAST: 4}, "体育局": {LAST: 1}},
        {"教育局": 5},
    ),
    "divided": Story(
        (EAST, "02,教育体育局,教体局,局,,,2013-02,03;04", "03,教育局,教育局,局,,2013-03,,", "04,体育局,体育局,局,,2013-03,,"),
        {"东区": STEADY, "教体局": months(2, 2, 2, 3, 5), "教育局": {LAST: 4}, "体育局": {LAST: 1}},
        {"教育局": 3, "体育局": 2},
    ),
    "founded": Story(
        (EAST, "02,信访局,信访局,局,,2013-03,,"), {"东区": STEADY, "信访局": {LAST: 6}}, {},
    ),
    "ended": Story(
        (EAST, "02,粮食局,粮食局,局,,,2013-02,"), {"东区": STEADY, "粮食局": months(2, 2, 2, 3, 5)}, {},
    ),
}  # fmt: skip


def office_with(folder: Path, units: Sequence[str]) -> Office:
    """The invented city with these units alone, read from files as every office is."""
    shutil.copytree(OFFICES / "shifan", folder, dirs_exist_ok=True)
    (folder / "units.csv").write_text("\n".join((HEAD, *units, "")), encoding="utf-8")
    duties = csv.DictReader(io.StringIO((OFFICES / "shifan" / "duties.csv").read_text(encoding="utf-8")))
    (folder / "duties.csv").write_text(
        "duty,unit\n" + "".join(f"{row['duty']},01\n" for row in duties), encoding="utf-8"
    )
    shutil.copy(OFFICES / "jyg" / "categories.csv", folder)  # those that a sound return of the builders counts
    channels = (OFFICES / "shifan" / "channels.csv").read_text(encoding="utf-8").replace("990000-003", "")
    (folder / "channels.csv").write_text(channels, encoding="utf-8")
    return read_office(folder)


def applications(before: int, left: int) -> dict[str, int]:
    """The lines of a return that begins with some applications, receives one more than it leaves, and closes the rest."""
    received = left + 1
    done = before + received - left
    return {"T3.301": before, "T2.10": received, "T2.11": received, "T3.302": done, "T3.303": done, "T3.305": left}


def send(desk: Desk, story: Story) -> None:
    """Everything that is sent in both years."""
    for unit, own in story.open.items():
        before = story.begins.get(unit, 0)
        for month, left in own.items():
            more = {"T2.05": 100 + 10 * int(month[-2:]) + len(unit) + left}
            desk.send(unit, month, applications(before, left) | more)
            before = left


def lived(folder: Path, story: Story) -> tuple[Desk, Outcome, Path]:
    """The desk after a whole run of both years' returns, what it found, and its workbook."""
    desk = Desk(folder, office_with(folder / "office", story.units))
    send(desk, story)
    outcome, workbook = desk.run(LOOKED_AT, LAST)
    return desk, outcome, workbook
