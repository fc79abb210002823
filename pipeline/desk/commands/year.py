"""run and explain: the year's tables, and where their numbers come from."""

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
    OfficeFolder,
    Outbox,
    Through,
    day_of,
    month_of,
    office_in,
    year_of,
)
from pipeline.desk.telling import explained, explanation_in_json, print_json, tell, tell_json
from pipeline.values.screen import Screen

if TYPE_CHECKING:
    from pipeline.outbox.written import Kept


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
    from pipeline.outbox.publish.data import summary
    from pipeline.story.run import Request
    from pipeline.story.series import run_all

    asked, last = None if year is None else year_of(year), month_of(through) if through else None
    request = Request(inbox, outbox, office_in(office), day_of(as_of), asked, last, workers)
    deliveries = run_all(request, Screen(quiet=json))
    if json:
        own, *more = deliveries
        beside = {"series": [summary(one.outcome) for one in more]} if more else {}
        tell_json(own.outcome, **_kept(own.kept), **beside)
    else:
        for outcome, written, kept in deliveries:
            tell(outcome, written, kept)
    raise typer.Exit(READY if all(one.outcome.ready for one in deliveries) else NOT_READY)


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
    json: Json = False,
) -> None:
    """汇总表里的一个数是怎么来的：一直查到每份报表的单元格。"""
    from pipeline.story.run import Request, examine
    from pipeline.tables.explain import explain as explain_cell

    last = month_of(through) if through else None
    request = Request(inbox, outbox, office_in(office), day_of(as_of), year_of(year), last)
    outcome = examine(request, Screen(quiet=json))
    explanation = explain_cell(outcome, table, row, column)
    if json:
        print_json(explanation_in_json(explanation))
    else:
        for line in explained(explanation):
            typer.echo(line)
