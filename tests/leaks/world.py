"""A January into which something of every kind is planted in every place from which texts travel."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import openpyxl

from pipeline.tables.outcome import Outcome
from pipeline.values.rulings import HEADINGS, RULINGS
from schemas.office import Office
from tests.assessed import small_office
from tests.builders import Desk, sound, sound_items
from tests.leaks.plants import PLANTS, Plant
from tests.pipeline.ruled import digest, fill, headed

MONTH, AS_OF = "2012-01", "2012-02-20"
FIELDS = ("title", "number", "reviewer")  # of the register


class World:
    """Plants things and remembers them, by kind and place."""

    def __init__(self, folder: Path, office: Office, kinds: Sequence[str] = tuple(PLANTS)) -> None:
        self.desk, self.kinds = Desk(folder, office), kinds
        self.planted: dict[tuple[str, str], list[Plant]] = {}
        self.count = 0

    def plant(self, kind: str, place: str) -> str:
        """A text of the kind that is nowhere else."""
        self.count += 1
        plant = PLANTS[kind](self.count)
        self.planted.setdefault((kind, place), []).append(plant)
        return plant.text

    def joined(self, place: str, *, marks: bool) -> str:
        """All kinds in one text: those that are said of a whole text, or the others."""
        there = [kind for kind in self.kinds if (PLANTS[kind](0).text in PLANTS[kind](0).secrets) == marks]
        return "；".join(self.plant(kind, place) for kind in there)

    def items(self, kinds: Sequence[str]) -> list[dict[str, str | date]]:
        """A register of as many items as the return has, in which each field of the first gives something away."""
        form = self.desk.form(MONTH)
        found = sound_items(form, self.desk.request(AS_OF, MONTH).through, sound(form))
        for item, kind in zip(found, kinds, strict=False):
            item.update({name: self.plant(kind, f"公开台账.{name}") for name in FIELDS})
        return found


def sent(folder: Path, kinds: Sequence[str] = tuple(PLANTS), office: Office | None = None) -> World:
    """Everything planted; the office gives things away in its own rulings too."""
    world = World(folder, office or small_office(), kinds)
    desk, half = world.desk, (len(kinds) + 1) // 2
    desk.send(
        "市教育局", MONTH, {"T1.103": 5, "T2.02": 8}, items=world.items(kinds[:half]), name="2012-01/教育.xlsx",
        notes={"T1.100": world.joined("说明", marks=False), "T1.103": world.joined("说明", marks=True)},
        cover={"analysis": world.joined("情况分析说明", marks=False)},
    )  # fmt: skip
    desk.send(
        "市科技局", MONTH, items=world.items(kinds[half:]), name=f"2012-01/{world.plant('手机', '报表文件名')}.xlsx"
    )
    first = desk.form(MONTH)
    cells = [key for key, entry in first.entries.items() if entry.is_input and key[0] in {"T1", "T2"}][: len(kinds)]
    texts = {f"{a}.{b}": world.plant(kind, "数字格") for (a, b), kind in zip(cells, kinds, strict=False)}
    cover = {"reviewer": world.plant("姓名在后", "封面"), "filler": world.plant("身份证", "封面")}
    desk.send("市卫生局", MONTH, texts, cover=cover, name=f"2012-01/{world.plant('机密', '报表文件名')}.xlsx",
              received="2012-02-01")  # fmt: skip
    desk.send("市卫生局", MONTH, name="2012-01/卫生二.xlsx", edit=_renamed(world), received="2012-02-02")
    for kind in kinds:
        beside = desk.inbox / f"{world.plant(kind, '附件文件名')}.jpg"
        beside.write_bytes(b"\xff\xd8\xff\xe0" + kind.encode())
        desk.receive(beside, "2012-02-03")
    return world


def _renamed(world: World) -> Callable[[Path], object]:
    """A sheet that the unit named for an applicant."""

    def rename(path: Path) -> None:
        book = openpyxl.load_workbook(path)
        book["主动公开"].title = world.plant("手机", "工作表名")
        book.save(path)

    return rename


def with_reasons(world: World) -> list[dict[str, object]]:
    """Rulings of the office that give things away themselves."""
    return [
        {"校验码": digest(path), "意见": "作废", "理由": world.plant(kind, "处理意见.理由"),
         "经办人": world.plant(kind, "处理意见.经办人")}
        for kind, path in zip(world.kinds, sorted(world.desk.inbox.glob("*.jpg")), strict=True)
    ]  # fmt: skip


def ruled(desk: Desk, *rows: dict[str, object]) -> None:
    """The office's rulings, each signed."""
    book = openpyxl.Workbook()
    book.active.title = "处理意见"
    book.active.append(HEADINGS)
    for number, row in enumerate(rows, start=2):
        fill(book.active, number, row)
    book.save(desk.inbox / RULINGS)


def on_each(outcome: Outcome, answer: dict[str, object]) -> list[dict[str, object]]:
    """The same answer to every question of this sort."""
    return [{"编号": finding.id, **answer} for finding in outcome.withheld]


def on_the_sheet(desk: Desk, answer: dict[str, object]) -> None:
    """The same, filled in where the run asked."""
    book = openpyxl.load_workbook(desk.outbox / "2012" / RULINGS)
    sheet = book.worksheets[0]
    head, at = headed(sheet)
    asked = at["问题"]
    for row in range(head + 1, sheet.max_row + 1):
        if "会随上报的文件" in str(sheet.cell(row, asked).value):
            fill(sheet, row, answer)
    book.save(desk.inbox / RULINGS)


def secrets(world: World) -> Iterator[tuple[str, str, str]]:
    """What must not be found: kind, place, and the secret."""
    for (kind, place), plants in world.planted.items():
        for plant in plants:
            yield from ((kind, place, secret) for secret in plant.secrets)
