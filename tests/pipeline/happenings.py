"""Examples of what goes wrong: what a unit does, and what it is told for it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import xlsxwriter

from tests.builders import Desk
from tests.pipeline.overtype import (
    Edit,
    lose_names,
    lose_stamp,
    overtype,
    retouch,
    together,
)

Happening = Callable[[Desk, str, str], object]  # desk, unit, name of the file


@dataclass(frozen=True)
class Example:
    """``happens`` at a desk, for which a unit is told one thing, at ``sheet`` and ``cell``; its sentence ``says``."""

    sheet: str
    cell: str
    says: str
    happens: Happening


def sends(**how: object) -> Happening:
    """The unit sends a return for January that is sound but for this."""
    return lambda desk, unit, name: desk.send(unit, name=f"2012-01/{name}.xlsx", **how)


def then_sends(changes: dict[str, int] | None = None, **how: object) -> Happening:
    """The unit sends January as it should be, and February with this."""

    def happens(desk: Desk, unit: str, name: str) -> None:
        desk.send(unit)
        desk.send(unit, "2012-02", {"T2.05": 100, **(changes or {})}, name=f"2012-02/{name}.xlsx", **how)

    return happens


def says_it_is(unit: str) -> Happening:
    """The unit's form has another unit's name in its header."""

    def happens(desk: Desk, sender: str, name: str) -> None:
        own = next(u.name for u in desk.office.units if u.short == sender)
        sends(edit=retouch(own, unit))(desk, sender, name)

    return happens


def unstamped(old: str, new: str) -> Happening:
    """A form without its stamp, with another text in its header."""
    return sends(edit=together(lose_stamp, retouch(old, new)))


def unknown_unit(desk: Desk, unit: str, name: str) -> None:
    own = next(u.name for u in desk.office.units if u.short == unit)
    unstamped(own, "嘉峪关市环保卫生局")(desk, unit, name)


def puts(write: Callable[[Path], object]) -> Happening:
    """A file that is no return lies in the inbox."""

    def happens(desk: Desk, _: str, name: str) -> None:
        path = desk.inbox / f"2012-01/{name}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)
        desk.receive(path, "2012-02-03")

    return happens


def notice(path: Path) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("会议通知").write_string("A1", "关于召开政府信息公开工作会议的通知")


def saved_by_openpyxl(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.save(path)
    book.close()


def twice(desk: Desk, unit: str, name: str) -> None:
    first = desk.send(unit)
    copy = first.with_stem(name)
    shutil.copyfile(first, copy)
    desk.receive(copy, "2012-02-07")


def two_on_one_day(desk: Desk, unit: str, name: str) -> None:
    desk.send(unit, name=f"2012-01/{name}（先）.xlsx")
    desk.send(unit, changes={"T2.04": 6}, name=f"2012-01/{name}.xlsx")


row_deleted: Edit = together(
    overtype("基本情况", A46=None), lose_names("f_T2_91", "f_T2_91_year_to_date", "n_T2_91")
)  # fmt: skip


def printed(desk: Desk, *figures: tuple[str, str, str, int | str]) -> Path:
    """The office keeps the yearly report's figures: code, name, unit, value."""
    path = desk.inbox / "年报正文数字.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("年报正文数字")
        for row, cells in enumerate((("编号", "指标", "计量单位", "数值", "出处"), *figures)):
            sheet.write_row(row, 0, cells)
    return path
