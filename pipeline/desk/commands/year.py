"""run, explain and unit-years: the year's tables, where their numbers come from, and each unit's own year."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.desk.commands.options import (
    NOT_READY,
    OFFICE,
    READY,
    AsOf,
    Inbox,
    Json,
    Lower,
    OfficeFolder,
    Outbox,
    Through,
    day_of,
    month_of,
    office_folder,
    office_in,
    year_of,
)
from pipeline.desk.telling import explained, explanation_in_json, print_json, told
from pipeline.desk.unchanged import Door, Said
from pipeline.values.screen import Screen

if TYPE_CHECKING:
    from pipeline.outbox.written import Kept
    from pipeline.values.periods import Month

UNCHANGED = "收件夹、设置和程序自上次运行以来没有变化，写出的文件都还在，也没有人改过。上次的结果："


def run(
    inbox: Inbox = Path("inbox"),
    outbox: Outbox = Path("outbox"),
    office: OfficeFolder = OFFICE,
    year: Annotated[int | None, typer.Option(help="年度，默认为最近一份报表的年度", metavar="年")] = None,
    through: Through = "",
    as_of: AsOf = "",
    workers: Annotated[int, typer.Option(help="用几个进程读表", min=1, metavar="个数")] = 1,
    json: Json = False,
) -> None:
    """收件夹里的全部报表 → 发件夹里的汇总工作簿。"""
    asked, last = None if year is None else year_of(year), month_of(through) if through else None
    door = Door(inbox, outbox, office_folder(office), day_of(as_of), (asked, last))
    said = door.last()
    if said and not json:
        typer.echo(UNCHANGED)
    said = said or _said(door, asked, last, workers, Screen(quiet=json))
    if json:
        print_json(said.machine)
    else:
        typer.echo("\n".join(said.lines))
    raise typer.Exit(said.code)


def _said(door: Door, year: int | None, through: "Month | None", workers: int, screen: Screen) -> Said:
    """What a run comes to; it is kept for the next one, unless something of a person's had to be put aside."""
    from pipeline.intake import RECEIPTS
    from pipeline.outbox.publish.data import summary
    from pipeline.story.run import Request
    from pipeline.story.series import run_all

    before = door.inputs_if_known()
    request = Request(door.inbox, door.outbox, office_in(door.office), door.as_of, year, through, workers)
    deliveries = run_all(request, screen)
    own, *more = deliveries
    machine = {**summary(own.outcome), **_kept(own.kept)}
    machine |= {"series": [summary(one.outcome) for one in more]} if more else {}
    lines = [line for outcome, written, kept in deliveries for line in told(outcome, written, kept)]
    ready = all(one.outcome.ready for one in deliveries)
    said = Said(lines, machine, READY if ready else NOT_READY)
    if not any(one.kept for one in deliveries):
        door.keep(said, before, RECEIPTS)
    return said


def _kept(kept: "Sequence[Kept]") -> dict[str, list[str]]:
    """The files of the outbox that are not ours, where there are any."""
    return {"kept": [str(one.path) for one in kept]} if kept else {}


def explain(
    year: Annotated[int, typer.Argument(help="年度，如 2012", metavar="年")],
    table: Annotated[str, typer.Argument(help="表号，如 表1", metavar="表")],
    row: Annotated[str, typer.Argument(help="行名，如 7月、全年、单位简称", metavar="行")],
    column: Annotated[str, typer.Argument(help="栏名，如 合计", metavar="栏")],
    inbox: Inbox = Path("inbox"),
    outbox: Outbox = Path("outbox"),
    office: OfficeFolder = OFFICE,
    through: Through = "",
    as_of: AsOf = "",
    lower: Lower = None,
    json: Json = False,
) -> None:
    """汇总表里的一个数是怎么来的：一直查到每份报表的单元格。"""
    from pipeline.story.run import Request, examine
    from pipeline.tables.explain import explain as explain_cell

    last = month_of(through) if through else None
    request = Request(inbox, outbox, office_in(office), day_of(as_of), year_of(year), last)
    outcome = examine(request, Screen(quiet=json))
    explanation = explain_cell(outcome, table, row, column)
    if lower:
        from pipeline.desk.following import followed
        from pipeline.desk.lower import Lower as Below

        explanation = followed(explanation, Below(lower))
    if json:
        print_json(explanation_in_json(explanation))
    else:
        for line in explained(explanation):
            typer.echo(line)


def unit_years(
    unit: Annotated[list[str] | None, typer.Option(help="单位代码或名称，可写几次；默认全部", metavar="单位")] = None,
    to: Annotated[Path | None, typer.Option(help="放在哪里，默认 发件夹/单户年表/年度", metavar="文件夹")] = None,
    inbox: Inbox = Path("inbox"),
    outbox: Outbox = Path("outbox"),
    office: OfficeFolder = OFFICE,
    year: Annotated[int | None, typer.Option(help="年度，默认为最近一份报表的年度", metavar="年")] = None,
    through: Through = "",
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """每个单位一份单户年表：全年报的数、问过的、改过的、定过的，供单位核对签章。"""
    from pipeline.desk.unit_years import write_unit_years
    from pipeline.story.run import Request

    asked, last = None if year is None else year_of(year), month_of(through) if through else None
    request = Request(inbox, outbox, office_in(office), day_of(as_of), asked, last)
    written = write_unit_years(unit or [], to, request, Screen(quiet=json))
    folder = written[0].parent if written else outbox
    if json:
        print_json({"folder": str(folder), "unit_years": [path.name for path in written]})
    else:
        typer.echo(f"做好 {len(written)} 份单户年表，在“{folder}”。请发给各单位核对，签章后收回一份。")
