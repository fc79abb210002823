"""publish: freeze what is forwarded."""

from pathlib import Path
from typing import Annotated

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
    day_of,
    month_of,
    office_in,
)
from pipeline.desk.telling import print_json
from pipeline.values.screen import Screen


def publish(
    through: Annotated[str, typer.Option(help="上报到哪个月，如 2012-06", metavar="月")],
    with_reservations: Annotated[
        str, typer.Option(help="带着没有解决的问题上报的理由，印在封面上", metavar="理由")
    ] = "",
    inbox: Inbox = Path("inbox"),
    outbox: Outbox = Path("outbox"),
    office: OfficeFolder = OFFICE,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """把要上报的汇总存成一个版本：工作簿、数据和清单，以后不再改动。"""
    from pipeline.desk.forwarding import forward
    from pipeline.story.run import Request

    month = month_of(through)
    request = Request(inbox, outbox, office_in(office), day_of(as_of), through=month)
    forwarded = forward(request, with_reservations.strip(), Screen(quiet=json))
    if json:
        print_json({"folder": str(forwarded.folder or ""), "new": forwarded.new, "verdict": forwarded.outcome.verdict})
    elif forwarded.folder and forwarded.new:
        typer.echo(
            f"已存为上报版本：{forwarded.folder}。请从这个文件夹上报；以后有更正，再运行一次 publish 存新的版本。"
        )
    elif forwarded.folder:
        typer.echo(f"与已上报的版本相同，没有另存：{forwarded.folder}")
    else:
        typer.echo(f"没有存上报版本。{forwarded.outcome.verdict}")
        for number, thing in enumerate(forwarded.outcome.first_things(), start=1):
            typer.echo(f"  {number}. {thing}")
        typer.echo('解决后再运行；确实要带着这些问题上报的，加上 --with-reservations "理由"，理由会印在封面上。')
    for one in () if json else forwarded.kept:
        typer.echo(one.words)
    raise typer.Exit(READY if forwarded.folder else NOT_READY)
