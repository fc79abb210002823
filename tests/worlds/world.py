"""A random world: what units send over some weeks, in mails and zips, and what the office rules on it.

The world knows by itself, without the program, which content counts for each unit and month.
"""

import random
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import openpyxl

from pipeline.intake import Receipts, list_inbox
from pipeline.values.files import sha256, short
from pipeline.values.rulings import HEADINGS, RULINGS
from schemas.office import read_office
from tests.builders import Desk

OFFICE = read_office()
FIRST = date(2012, 2, 1)
REASON = {"理由": "已核实", "经办人": "王芳", "日期": "2012-06-01"}
LINES = ("T2.04", "T2.05")  # tied to no other line, so that each version may say another number
STRANGERS = (b"", b"x", b"%PDF-1.4 ", b"PK\x05\x06" + bytes(18), "会议,通知\n".encode("gbk"))


@dataclass(frozen=True)
class Sent:
    """One mailing: who sent which content, in which step of the office's looks, and whether it can be accepted."""

    unit: str
    month: str
    content: str
    step: int
    sound: bool


@dataclass
class World:
    """An inbox that filled up over some weeks; ``sent`` in the order of arrival, ``gone`` what was ruled out."""

    desk: Desk
    chance: random.Random
    sent: list[Sent] = field(default_factory=list)
    sources: dict[str, Path] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    borne: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=count)

    def counting(self, unit: str, month: str) -> str | None:
        """The content that counts, told by hand: the newest accepted one that came in a step of its own."""
        told: list[tuple[str, int, bool]] = []
        own = [one for one in self.sent if (one.unit, one.month) == (unit, month) and one.content not in self.gone]
        for step in sorted({one.step for one in own}):
            here = dict.fromkeys(one.content for one in own if one.step == step)
            known = {content for content, _, _ in told}
            for content in [*(c for c in here if c not in known), *(c for c in here if c in known)]:
                self._add(told, content, step)
        accepted = [(content, step) for content, step, good in told if good]
        alone = [content for content, step in accepted if sum(other == step for _, other in accepted) == 1]
        return alone[-1] if alone else None

    def _add(self, told: list[tuple[str, int, bool]], content: str, step: int) -> None:
        good = content in self.borne or next(one.sound for one in self.sent if one.content == content)
        places = [n for n, (other, _, _) in enumerate(told) if other == content]
        since = told[places[-1] + 1 :] if places else []
        if not places or (since and all(not fine and when < step for _, when, fine in since)):
            told.append((content, step, good))

    def number(self, content: str, line: str, unit: str, month: str) -> int:
        """What the cell of a return says, read by a reader of its own."""
        sheet, cell = self.desk.cell(line, month, unit)
        return int(openpyxl.load_workbook(self.sources[content])[sheet][cell].value)


def grow(folder: Path, seed: int, units: int, months: int) -> World:
    """A world of so many units and months, each step of it seen by a look of the office."""
    chance = random.Random(seed)  # noqa: S311  # a world, no secret
    world = World(Desk(folder / "office", OFFICE._replace(units=OFFICE.units[:units])), chance)
    world.desk.inbox.mkdir(parents=True)
    mail = Desk(folder / "mail", world.desk.office)
    due = [(u.short, f"2012-{m:02}") for u in world.desk.office.units for m in range(1, months + 1)]
    for step in range(3 + months):
        for unit, month in chance.sample(due, chance.randrange(1, len(due) + 1)):
            _mails(world, mail, unit, month, step)
        if chance.random() < 0.5:
            (world.desk.inbox / f"s{next(world.numbers)}.xlsx").write_bytes(chance.choice(STRANGERS))
        _zipped(world)
        day = FIRST + timedelta(step if chance.random() < 0.5 else 10 * step)
        files = list_inbox(world.desk.inbox, 0).files
        Receipts.read(world.desk.inbox).with_new(files, day).enter(world.desk.outbox)
    return world


def _mails(world: World, mail: Desk, unit: str, month: str, step: int) -> None:
    """A unit sends a new version, a wrong one, an old one again, or two at once."""
    before = [one.content for one in world.sent if (one.unit, one.month) == (unit, month)]
    for _ in range(1 + (world.chance.random() < 0.15)):
        if before and world.chance.random() < 0.35:
            source = world.sources[world.chance.choice(before)]
        else:
            sound = world.chance.random() < 0.7
            changes = {line: world.chance.randrange(1, 900) for line in LINES} | ({} if sound else {"T1.102": "不详"})
            source = mail.send(unit, month, changes=changes, name=f"{next(world.numbers)}.xlsx")
        _lay(world, source, unit, month, step)


def _lay(world: World, source: Path, unit: str, month: str, step: int) -> None:
    data = source.read_bytes()
    content = sha256(data)
    world.sources[content] = source
    sound = next((one.sound for one in world.sent if one.content == content), None)
    sound = b"\xe4\xb8\x8d\xe8\xaf\xa6" not in _strings(source) if sound is None else sound
    world.sent.append(Sent(unit, month, content, step, sound))
    shutil.copyfile(source, world.desk.inbox / f"m{next(world.numbers)}.xlsx")


def _strings(path: Path) -> bytes:
    """The texts of a workbook, in which a number that was not filled in as one stands."""
    with zipfile.ZipFile(path) as parcel:
        return b"".join(parcel.read(name) for name in parcel.namelist() if "sharedStrings" in name or "sheet" in name)


def _zipped(world: World) -> None:
    """Some of what just came lies in a zip."""
    new = [path for path in world.desk.inbox.glob("m*.xlsx") if not _known(world, path)]
    if len(new) > 1 and world.chance.random() < 0.5:
        parts = world.chance.sample(sorted(new), world.chance.randrange(1, len(new) + 1))
        with zipfile.ZipFile(world.desk.inbox / f"z{next(world.numbers)}.zip", "w") as parcel:
            for path in parts:
                parcel.write(path, path.name)
                path.unlink()


def _known(world: World, path: Path) -> bool:
    return any(row.name == path.name for row in Receipts.read(world.desk.inbox).rows)


def ruled(world: World, waivable: list[str]) -> None:
    """The office rules: it excludes one content, bears a wrong one for the time, and closes a question."""
    contents = sorted({one.content for one in world.sent})
    wrong = sorted({one.content for one in world.sent if not one.sound})
    rows: list[dict[str, str]] = []
    if world.chance.random() < 0.6:
        world.gone.add(world.chance.choice(contents))
        rows += [{"校验码": short(content), "意见": "作废"} for content in world.gone]
    if wrong and world.chance.random() < 0.6:
        world.borne.add(world.chance.choice(wrong))
        rows += [{"校验码": short(content), "意见": "暂列"} for content in world.borne - world.gone]
    rows += [{"编号": finding, "意见": "核实通过"} for finding in waivable[:2]]
    book = openpyxl.Workbook()
    book.active.title = "处理意见"
    book.active.append(HEADINGS)
    for row in rows:
        book.active.append([(row | REASON).get(heading) for heading in HEADINGS])
    book.save(world.desk.inbox / RULINGS)


def moved(world: World) -> None:
    """The clerk tidies: files are renamed, moved into folders, taken out of zips or put into one."""
    inbox, chance = world.desk.inbox, world.chance
    for path in sorted(inbox.glob("*.zip")):
        if chance.random() < 0.6:
            folder = inbox / f"d{next(world.numbers)}"
            with zipfile.ZipFile(path) as parcel:
                parcel.extractall(folder)
            path.unlink()
    for path in sorted(p for p in inbox.rglob("*") if (p.is_file() and p.parent != inbox) or p.name[0] in "msz"):
        if path.is_file() and chance.random() < 0.8:
            target = inbox / chance.choice(["", "甲/", "甲/乙/", "旧件/"]) / f"{next(world.numbers)}{path.suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
    loose = sorted(inbox.glob("甲/*.xlsx"))
    if loose and chance.random() < 0.5:
        with zipfile.ZipFile(inbox / f"n{next(world.numbers)}.zip", "w") as parcel:
            for path in loose:
                parcel.write(path, path.name)
                path.unlink()
