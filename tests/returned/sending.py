"""A unit's return with many mistakes, what it does to mend them, and the office that sends and receives."""

import shutil
from datetime import date
from pathlib import Path

from pipeline.outbox.returned import write_returned
from pipeline.values.periods import Month
from schemas.office import read_office
from tests.builders import Desk, sound, sound_items
from tests.pipeline.overtype import overtype, together

At = tuple[str, str]  # sheet and cell

UNIT, MONTH, FEBRUARY = "市卫生局", "2012-02", Month(2012, 2)
WRONG = {
    "T1.102": "14条",  # text
    "T2.03": 12,  # more than it is a part of: a question
    "T2.04": -1,
    "T2.05": None,
    "T2.32": 3,  # its parts, 401 to 403, are 0
    "T8.801_charged": 1250,  # without a payer: a question at a total
}


def desk_of(folder: Path, edition: str) -> Desk:
    """An office that collects by this form."""
    office = read_office()
    return Desk(folder, office._replace(settings=office.settings.model_copy(update={"editions": (edition,)})))


def sent(folder: Path, edition: str) -> Desk:
    """A desk at which January is in force and February is full of mistakes."""
    desk = desk_of(folder, edition)
    desk.send(UNIT, "2012-01")
    bad = together(overtype("基本情况", D13=640.5), overtype("公开台账", F5="元月中旬", H7="2012-02-29"))
    form = desk.layout(MONTH, UNIT).form
    written = {"cover": {"phone": ""}, "notes": {"T2.08": "属实。"}, "items": sound_items(form, FEBRUARY, sound(form))}
    desk.send(UNIT, MONTH, WRONG, edit=bad, received="2012-03-02", **written)
    return desk


# What mends it: cells as a unit types over them. T4-401 and T6-01 are mended at the other side of their rules; the
# questions about 03 and about the payers are answered, one with a word and one with a number.
FIRST: dict[At, float | str] = {("主动公开", "D8"): 4, ("封面", "B13"): "0937-6320000"}
REST: dict[At, float | str] = {
    ("基本情况", "D9"): 5,
    ("基本情况", "D10"): 120,
    ("基本情况", "D13"): 2,
    ("基本情况", "D41"): 0,
    ("基本情况", "H8"): "含转发的文件。",
    ("基本情况", "D50"): 1,
    ("公开台账", "F5"): date(2012, 2, 12).toordinal() - date(1899, 12, 30).toordinal(),
    ("公开台账", "F7"): date(2012, 2, 29).toordinal() - date(1899, 12, 30).toordinal(),
}


def mend(path: Path, to: Path, *mendings: dict[At, float | str]) -> Path:
    """A copy in which these values are typed over what stands there; nothing is computed anew."""
    shutil.copyfile(path, to)
    for mending in mendings:
        for (sheet, cell), value in mending.items():
            overtype(sheet, **{cell: value})(to)
    return to


def send_back(desk: Desk) -> list[Path]:
    """The files that go back."""
    return write_returned(desk.examine(through=MONTH), desk.outbox)
