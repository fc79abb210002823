"""publish: freeze what is forwarded; verify: whether a forwarded folder is what it says."""

from collections.abc import Iterator
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
    day_of,
    month_of,
    office_in,
)
from pipeline.desk.telling import print_json, verified_told
from pipeline.values.screen import Screen

if TYPE_CHECKING:
    from pipeline.tables.outcome import Outcome


MARKS = 3  # of a paper that are named


def publish(
    through: Annotated[str, typer.Option(help="上报到哪个月，如 2012-06", metavar="月")],
    with_reservations: Annotated[
        str, typer.Option(help="带着没有解决的问题上报的理由，印在封面上", metavar="理由")
    ] = "",
    inbox: Inbox = Path("inbox"),
    outbox: Outbox = Path("outbox"),
    office: OfficeFolder = OFFICE,
    as_of: AsOf = "",
    to_the_public: Annotated[bool, typer.Option("--open", help="同时做一份可以公开的：数据文件和一个网页")] = False,
    json: Json = False,
) -> None:
    """把要上报的汇总存成一个版本：工作簿、数据和清单，以后不再改动。"""
    from pipeline.desk.forwarding import forward, release_of
    from pipeline.story.run import Request

    month = month_of(through)
    request = Request(inbox, outbox, office_in(office), day_of(as_of), through=month)
    forwarded = forward(request, with_reservations.strip(), Screen(quiet=json))
    release = release_of(forwarded, outbox, with_reservations.strip()) if to_the_public and forwarded.folder else None
    if json:
        told = {"folder": str(forwarded.folder or ""), "new": forwarded.new, "verdict": forwarded.outcome.verdict}
        told |= {"open": str(release)} if release else {}
        print_json(told | {"withheld": len(forwarded.outcome.withheld)})
    elif forwarded.folder and forwarded.new:
        typer.echo(
            f"已存为上报版本：{forwarded.folder}。请从这个文件夹上报；以后有更正，再运行一次 publish 存新的版本。"
        )
        for line in _unfinished(forwarded.folder):
            typer.echo(line)
    elif forwarded.folder:
        typer.echo(f"与已上报的版本相同，没有另存：{forwarded.folder}")
    else:
        typer.echo(f"没有存上报版本。{forwarded.outcome.verdict}")
        for line in _why(forwarded.outcome):
            typer.echo(line)
    if release and not json:
        typer.echo(f"可以公开的一份：{release}（打开其中的 index.html）。单个单位的数，办公室没有同意公开的不在里面。")
    for one in () if json else forwarded.kept:
        typer.echo(one.words)
    raise typer.Exit(READY if forwarded.folder else NOT_READY)


def _unfinished(folder: Path) -> Iterator[str]:
    """The papers of a version in which something is left to be finished by hand, and what to do about it."""
    from pipeline.outbox.publish.docx_template import unfinished

    for name, marks in unfinished(folder).items():
        some = "、".join(marks[:MARKS]) + ("等" if len(marks) > MARKS else "")
        yield (
            f"“{name}”里还有{len(marks)}处【】没有写好：{some}。要人写的请写进 Word 模板或“年报文字.toml”，"
            "待核对的请先定下来，再运行一次 publish 存新的版本；这一版里请不要直接改。"
        )


def verify(
    folder: Annotated[Path, typer.Argument(help="上报的文件夹，如 outbox/上报/2012-06_v1", metavar="文件夹")],
    lower: Lower = None,
    json: Json = False,
) -> None:
    """核对一个上报的文件夹：文件齐不齐、改没改过，汇总数由机读表重算对不对。"""
    from pipeline.desk.verifying import verify as verified_in

    verified = verified_in(folder, lower or ())
    if json:
        nodes = {"versions": verified.nodes.versions, "numbers": verified.nodes.numbers} if verified.nodes else {}
        print_json({"files": verified.files, "totals": verified.totals, "wrong": verified.wrong, **nodes})
    for line in () if json else verified_told(verified):
        typer.echo(line)
    raise typer.Exit(NOT_READY if verified.wrong else READY)


def _why(outcome: "Outcome") -> Iterator[str]:
    """Why nothing is forwarded, and what to do; what would leave with it comes first."""
    from pipeline.values.rulings import RULINGS

    held = outcome.withheld
    limit = outcome.office.settings.thresholds.findings_first
    things = [*map(outcome.todo, held[:limit])] if held else outcome.first_things()
    yield from (f"  {number}. {thing}" for number, thing in enumerate(things, start=1))
    if held:
        yield (
            f"有{len(held)}处个人信息或密级标志会随文件送到上级。请在“{RULINGS}”里逐行写“遮盖”，可以公开的写“核实通过”"
            f"和理由，放进收件夹再运行一次。没有定下来以前，加上 --with-reservations 也不能上报。"
        )
    else:
        yield '解决后再运行；确实要带着这些问题上报的，加上 --with-reservations "理由"，理由会印在封面上。'
