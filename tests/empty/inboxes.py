"""Inboxes in which nothing lies, or nearly nothing: each is built at a desk, of whichever office."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

from pipeline.desk.forwarding import forward
from tests.builders import Desk, Quiet
from tests.pipeline.overtype import lose_stamp, retouch, together

Build = Callable[[Desk], object]

WITHOUT_DUTIES = {"jyg": "市卫生局", "shifan": "示范卫计局"}
OWNS_A_CHANNEL = {"jyg": "市政府办", "shifan": "示范市府办"}
SCAN = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(400)


def unit(desk: Desk) -> str:
    return WITHOUT_DUTIES[desk.office.settings.id]


def nothing(desk: Desk) -> None:
    desk.inbox.mkdir()


def puts(**files: bytes) -> Build:
    """Files of these bytes lie there."""

    def build(desk: Desk) -> None:
        desk.inbox.mkdir(exist_ok=True)
        for name, data in files.items():
            (desk.inbox / name).write_bytes(data)

    return build


def stranger(desk: Desk, name: str = "采购.xlsx") -> None:
    """A workbook that is no return."""
    desk.inbox.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    book.active.append(["采购", 3])
    book.save(desk.inbox / name)
    book.close()


def zipped(**files: bytes) -> Build:
    """A zip of these files, or of none."""

    def build(desk: Desk) -> None:
        desk.inbox.mkdir(exist_ok=True)
        with zipfile.ZipFile(desk.inbox / "附件.zip", "w") as parcel:
            for name, data in files.items():
                parcel.writestr(name, data)

    return build


def sends(month: str = "2012-01", says: str = "", **how: object) -> Build:
    """The unit's return of a month; in its header, without a stamp, the month is written as ``says``."""

    def build(desk: Desk) -> None:
        year, number = month.split("-")
        edit = together(lose_stamp, retouch(f"{year}年{int(number)}月", says)) if says else None
        desk.send(unit(desk), month, edit=edit, name=f"{says or month}.xlsx", **how)

    return build


def of_an_unknown_unit(month: str) -> Build:
    """A return of a month, of a unit that is in no list."""

    def build(desk: Desk) -> None:
        edit = together(lose_stamp, retouch(desk.unit(unit(desk)).name, "市河道管理处"))
        desk.send(unit(desk), month, edit=edit, name=f"河道_{month}.xlsx")

    return build


def of_the_owner(desk: Desk) -> None:
    """Only the unit that runs a channel has sent, and none of those that claim it."""
    desk.send(OWNS_A_CHANNEL[desk.office.settings.id])


def sent_back(desk: Desk) -> None:
    desk.send(unit(desk), changes={"T2.12": None})


def nothing_happened(desk: Desk) -> None:
    """A zero report: no number, no item in its register."""
    entries = desk.layout(unit=unit(desk)).form.entries
    inputs = {f"{table}.{line}": 0 for (table, line), entry in entries.items() if entry.is_input}
    desk.send(unit(desk), changes=inputs, cover={"zero": "是"}, items=[])


def closed(*builds: Build, through: str = "2012-12") -> Build:
    """What these built was forwarded, with a reservation where it was not ready."""

    def build(desk: Desk) -> None:
        for one in builds:
            one(desk)
        forward(desk.request("2013-01-10", through), "单位没有报", Quiet())

    return build


def together_with(*builds: Build) -> Build:
    def build(desk: Desk) -> None:
        for one in builds:
            one(desk)

    return build


def taken_away(desk: Desk) -> None:
    """All returns were taken out of the inbox again; something else lies there."""
    for path in desk.inbox.glob("*.xlsx"):
        path.unlink()
    stranger(desk)


TRUNCATED = b"PK\x03\x04" + bytes(200)
FUTURE = sends("2012-01", says="2013年11月")

INBOXES: dict[str, Build] = {
    "no folder": lambda desk: None,
    "empty folder": nothing,
    "only lock and hidden files": puts(**{"~$月报.xlsx": b"x", ".月报.xlsx": b"x", "月报.xlsx.tmp": b"x"}),
    "only a receipts book": puts(**{"收件登记.csv": "\ufeffsha256,name,first_seen,bytes\r\n".encode()}),
    "only a stranger's workbook": stranger,
    "only an empty zip": zipped(),
    "only a zip of texts": zipped(**{"说明.txt": "见附件".encode(), "扫描件.jpg": SCAN}),
    "only text files": puts(**{"说明.txt": "你好".encode(), "空.txt": b"", "名单.csv": "单位,电话\r\n".encode()}),
    "only unreadable files": puts(**{"坏.xlsx": TRUNCATED, "空.xlsx": b"", "坏.zip": TRUNCATED, "旧.xls": SCAN}),
    "only pictures and scans": puts(**{"盖章扫描件.jpg": SCAN, "盖章.pdf": b"%PDF-1.4\n%%EOF\n"}),
    "only a return of an unknown unit": of_an_unknown_unit("2012-01"),
    "only a return of an unknown month": sends(says="2012年十三月"),
    "only a return of a month without a form": sends(says="2005年3月"),
    "only a return of a month to come": FUTURE,
    "only a return that was sent back": sent_back,
    "only a zero report": nothing_happened,
    "only the owner of a channel": of_the_owner,
    "only a February": sends("2012-02"),
    "only last year": sends("2012-12"),
    "last year and a stranger": together_with(sends("2012-12"), stranger),
    "last year closed": closed(sends("2012-12")),
    "last year closed, then a January sent back": together_with(
        closed(sends("2012-12")), lambda desk: desk.send(unit(desk), "2013-01", {"T2.12": None})
    ),
    "last year closed with nothing accepted, then its December and a January": together_with(
        closed(of_an_unknown_unit("2012-12")), sends("2012-12"), sends("2013-01")
    ),
    "January forwarded with nothing accepted, then its return": together_with(
        closed(of_an_unknown_unit("2012-01"), through="2012-01"), sends()
    ),
    "January forwarded, then taken away": together_with(closed(sends(), through="2012-01"), taken_away),
    "a return that was forwarded is sent back now": together_with(
        closed(sends(), through="2012-01"), lambda desk: (desk.inbox / "2012-01.xlsx").unlink(), sent_back
    ),
}  # fmt: skip


def built(name: str, desk: Desk) -> Path:
    """The folder of a desk with that inbox, and a yearly report beside it."""
    desk.folder.mkdir(parents=True, exist_ok=True)
    INBOXES[name](desk)
    (desk.folder / "年报.txt").write_text("2012年，主动公开政府信息1条，其中政府网站1条。", encoding="utf-8")
    return desk.folder
