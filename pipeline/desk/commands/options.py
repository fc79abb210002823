"""What the commands have in common: their exit codes, their options, and how what was typed is read."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from schemas.mistake import CannotRun

if TYPE_CHECKING:
    from pipeline.values.periods import Month
    from schemas.office import Office

READY, NOT_READY, CANNOT_RUN = 0, 1, 2
# A year is written with four digits, has a year before it (its 同比) and one after it (in which its December is due).
FIRST_YEAR, LAST_YEAR = 1000, 9998
OFFICE = Path(__file__).parents[3] / "schemas" / "offices" / "jyg"
SETTINGS = "office.toml"
OWN_OFFICE = Path("办公室")  # where a desk's own office lies, so that nobody need say which

Inbox = Annotated[Path, typer.Option(help="收件夹", metavar="文件夹")]
Outbox = Annotated[Path, typer.Option(help="发件夹", metavar="文件夹")]
OfficeFolder = Annotated[
    Path,
    typer.Option(
        "--office", help="办公室的设置", metavar="文件夹", show_default="办公室，没有的用 schemas/offices/jyg"
    ),
]
AsOf = Annotated[str, typer.Option(help="截至日期，如 2013-01-31；默认今天", metavar="日期")]
Json = Annotated[bool, typer.Option("--json", help="只打印一份机器可读的摘要")]
Lower = Annotated[
    list[Path] | None,
    typer.Option(help="下级办公室的文件夹（里面有它的发件夹），可以写几次：往下查到下级单位", metavar="文件夹"),
]
Through = Annotated[str, typer.Option(help="汇总到哪个月，如 2012-06", metavar="月")]


def office_in(folder: Path, *, shipped: bool = False) -> "Office":
    """The office whose settings are in the folder (see office_folder).

    ``shipped`` is for what its own could not do, as a demonstration.
    """
    from schemas.office import read_office

    return read_office(folder if shipped else office_folder(folder))


def office_folder(folder: Path) -> Path:
    """Where the office is: where none was said that of the desk, if it has one of its own."""
    return OWN_OFFICE if folder == OFFICE and (OWN_OFFICE / SETTINGS).exists() else folder


def day_of(text: str) -> date:
    """The day that was typed; today where none was."""
    try:
        day = date.fromisoformat(text) if text else date.today()  # noqa: DTZ011  # the office's own day
    except ValueError:
        raise CannotRun(f"“{text}”不是日期，请写成 2013-01-31 的样子。") from None
    year_of(day.year)
    return day


def month_of(text: str) -> "Month":
    """The month that was typed."""
    from pipeline.values.spoken_of import parse_period

    month = parse_period(text)
    if month is None:
        raise CannotRun(f"“{text}”不是月份，请写成 2012-09 的样子。")
    year_of(month.year)
    return month


def year_of(year: int) -> int:
    """The year that was typed, by itself or in a month or day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CannotRun(f"年份“{year}”不在 {FIRST_YEAR}—{LAST_YEAR} 之内，请核对后写成 2012 的样子。")
    return year
