"""Examples of what goes wrong: what a unit does, and what it is told for it."""

import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter

from pipeline.judge.last_year import HEADINGS
from pipeline.paper.templates import Prior
from pipeline.values.periods import Month
from tests.builders import Desk, office_of, sound, sound_items
from tests.pipeline.overtype import (
    Edit,
    lose_names,
    lose_stamp,
    overtype,
    retouch,
    together,
)

Happening = Callable[[Desk, str, str], object]  # desk, unit, name of the file
Item = Mapping[str, str | date]


Complaint = tuple[str, str, str]  # rule, sheet, cell


@dataclass(frozen=True)
class Example:
    """``happens`` at a desk, for which a unit is told one thing, at ``sheet`` and ``cell``; its sentence ``says``.

    ``besides`` is what cannot but be told with it, ``of`` the unit where only one is asked the line.
    """

    sheet: str
    cell: str
    says: str
    happens: Happening
    besides: tuple[Complaint, ...] = ()
    of: str = ""


def sends(**how: object) -> Happening:
    """The unit sends a return for January that is sound but for this."""
    return lambda desk, unit, name: desk.send(unit, name=f"2012-01/{name}.xlsx", **how)


def then_sends(changes: dict[str, int] | None = None, **how: object) -> Happening:
    """The unit sends January as it should be, and February with this."""

    def happens(desk: Desk, unit: str, name: str) -> None:
        desk.send(unit)
        desk.send(unit, "2012-02", {"T2.05": 100, **(changes or {})}, name=f"2012-02/{name}.xlsx", **how)

    return happens


def lists(first: Item, *more: Item) -> Happening:
    """The unit's register says this of its first item, and has more items like it but for this."""

    def happens(desk: Desk, unit: str, name: str) -> None:
        form = desk.layout(unit=unit).form
        known = sound_items(form, Month(2012, 1), sound(form))
        items = [{**known[0], **first}, *known[1:], *({**known[0], **item} for item in more)]
        desk.send(unit, name=f"2012-01/{name}.xlsx", items=items)

    return happens


def claims_otherwise(desk: Desk, unit: str, name: str) -> None:
    """The owner of a channel has no record of what the unit claims there."""
    desk.send("市政府办", name=f"2012-01/{name}（市政府办）.xlsx")
    desk.send(unit, changes={"T1.104": 1, "T1.103": 5}, name=f"2012-01/{name}.xlsx")


def goes_on_from_another(desk: Desk, unit: str, name: str) -> None:
    """The unit begins in February, and its cumulative figure holds what another counted in January."""
    begins = {unit: {"valid_from": "2012-02"}}
    rows = [row for whole in desk.office.units for row in whole.rows]
    desk.office = office_of(desk.office, [row.model_copy(update=begins.get(row.short, {})) for row in rows])
    desk.send(unit, "2012-02", prior=Prior({("T2", "04"): 55}), name=f"2012-02/{name}.xlsx")


def says_it_is(unit: str) -> Happening:
    """The unit's form has another unit's name in its header."""

    def happens(desk: Desk, sender: str, name: str) -> None:
        own = next(u.name for u in desk.office.units if u.short == sender)
        sends(edit=retouch(own, unit))(desk, sender, name)

    return happens


def unstamped(old: str, new: str) -> Happening:
    """A form without its stamp, with another text in its header."""
    return sends(edit=together(lose_stamp, retouch(old, new)))


def unstamped_unit(said: str) -> Happening:
    """A form without its stamp, whose header names another unit."""

    def happens(desk: Desk, unit: str, name: str) -> None:
        own = next(u.name for u in desk.office.units if u.short == unit)
        unstamped(own, said)(desk, unit, name)

    return happens


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


def sends_again(desk: Desk, unit: str, name: str) -> None:
    """The unit sends a newer version."""
    desk.send(unit, received="2012-02-02")
    desk.send(unit, changes={"T2.04": 6}, name=f"2012-01/{name}.xlsx", received="2012-02-03")


def goes_back(desk: Desk, unit: str, name: str) -> None:
    """The unit sends a newer version, and then its first one again."""
    first = desk.send(unit, received="2012-02-02")
    desk.send(unit, changes={"T2.04": 6}, name=f"2012-01/{name}（改）.xlsx", received="2012-02-03")
    again = first.with_stem(name)
    shutil.copyfile(first, again)
    desk.receive(again, "2012-02-06")


row_deleted: Edit = together(
    overtype("基本情况", A46=None, B46=None), lose_names("f_T2_91", "f_T2_91_year_to_date", "n_T2_91")
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


def knows(desk: Desk, *rows: tuple[str | int | float | date, ...], headings: Iterable[str] = HEADINGS) -> Path:
    """The office keeps last year's figures: unit's code, unit, period, table, code, indicator, value, source."""
    path = desk.inbox / "上年数据.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy年m月"}) as workbook:
        sheet = workbook.add_worksheet("上年数据")
        for row, cells in enumerate((headings, *rows)):
            sheet.write_row(row, 0, cells)
    return path


def of_the_city(period: str, table: str, code: str | int, value: str | float) -> tuple[str | int | float, ...]:
    """A row of last year's figures about all units together."""
    return ("", "", period, table, code, "", value, "")


def of_unit(unit: str, period: str, table: str, code: str, value: float) -> tuple[str | int | float, ...]:
    """A row of last year's figures about one unit."""
    return ("", unit, period, table, code, "", value, "")
