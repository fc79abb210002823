"""A county and its city, small: two units, two months, forwarded once, and once more after a correction."""

import json
import shutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl

from pipeline.desk.cascade import Level, Levels, read_cascade
from pipeline.ledger.published import MANIFEST
from pipeline.values.files import sha256
from pipeline.values.rulings import HEADINGS, RULINGS
from schemas.period import period_of
from tests.pipeline.ruled import SIGNED

MONTHS = (period_of("2012-01"), period_of("2012-02"))
THROUGH = MONTHS[-1]
SHOWN = {f"E-UPW-0{n}" for n in range(1, 7)} | {"W-UPW-02", "W-UPW-03", "W-UPW-04", "N-UPW-01"}  # in test_received
DAY, LATER = date(2012, 3, 6), date(2012, 3, 12)


@dataclass
class World:
    """The levels, and the county whose workbook is looked at."""

    levels: Levels
    first: Path
    second: Path

    @property
    def county(self) -> Level:
        return self.levels.counties[0]

    @property
    def returns(self):
        return self.levels.returns[0]


def plan_of(**changes):
    plan = read_cascade()
    wrong = plan.wrong.model_copy(update={"office": plan.county[0].id, "period": "2012-01"})
    return plan.model_copy(update={"county": plan.county[:1], "wrong": wrong, **changes})


def built(folder: Path) -> World:
    """The county forwarded twice: with a wrong cell, then corrected."""
    levels = Levels(folder, plan_of(), 2, workers=0)
    levels.send(MONTHS[0], THROUGH, wrong=True)
    county = levels.counties[0]
    first = county.forward(THROUGH, DAY).folder
    levels.correct()
    second = county.forward(THROUGH, LATER).folder
    assert first
    assert second
    assert first != second
    return World(levels, first, second)


def desk(world: World, folder: Path, **office) -> Level:
    """The city's desk with an empty inbox."""
    level = Level(folder / "市", world.levels.city.office, 0)
    level.inbox.mkdir(parents=True)
    if office:
        level.office = level.office._replace(**office)
    return level


def drop(level: Level, version: Path, at: str = "") -> Path:
    """What was forwarded is dropped into an inbox, so that it may be written to."""
    copy = level.inbox / (at or version.name)
    shutil.copytree(version, copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755)
    return copy


def workbook_of(folder: Path) -> Path:
    (path,) = folder.glob("*汇总.xlsx")
    return path


def forged(folder: Path, sheet: str, cell: str, value: object, *, hashed: bool = True) -> object:
    """Another value in a cell of the workbook, and with ``hashed`` its new hash in the manifest."""
    path = workbook_of(folder)
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()), data_only=True)
    before, book[sheet][cell] = book[sheet][cell].value, value
    book.save(path)
    if hashed:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        told["out"][path.name] = sha256(path.read_bytes())
        (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return before


def told(outcome):
    """What somebody has to do something about: rule, unit, period."""
    return sorted((f.rule, f.unit, f.period) for f in outcome.findings if f.level in {"must", "verify"})


@cache
def cells(path: Path) -> dict[str, int]:
    """The month's numbers of a unit's return by the code beside them, read from the file by plain openpyxl."""
    found = {}
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets[1:]:
        rows = list(sheet.iter_rows(values_only=True))
        head = next((n for n, row in enumerate(rows) if "代码" in row and "本月数" in row), None)
        if head is None:
            continue
        code, number = rows[head].index("代码"), rows[head].index("本月数")
        for row in rows[head + 1 :]:
            if row[code] and isinstance(row[number], int | float):
                found[str(row[code]).strip()] = row[number]
    return found


def ruled(level: Level, *rows: dict[str, object]) -> None:
    """The rulings of an office, each by heading, signed."""
    book = openpyxl.Workbook()
    book.active.title = "处理意见"
    book.active.append(HEADINGS)
    for row in rows:
        told = SIGNED | row
        book.active.append([told.get(heading) for heading in HEADINGS])
    book.save(level.inbox / RULINGS)
