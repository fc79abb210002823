"""proof: the finished yearly report against itself and against the tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.desk.commands.options import (
    NOT_READY,
    OFFICE,
    READY,
    AsOf,
    Inbox,
    Json,
    OfficeFolder,
    day_of,
    office_in,
    year_of,
)
from pipeline.desk.telling import print_json
from pipeline.values.screen import Screen
from schemas.mistake import CannotRun, Mistake

if TYPE_CHECKING:
    from pipeline.proof import Proofread
    from pipeline.story.run import Request


def proof(
    report: Annotated[Path, typer.Argument(help="年度报告，.docx 或 .txt", metavar="文件")],
    year: Annotated[int, typer.Option(help="报告年度，如 2012", metavar="年")],
    inbox: Inbox = Path("inbox"),
    office: OfficeFolder = OFFICE,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """年度报告正文里的每个数：前后对不对得上，和汇总表对不对得上。"""
    from pipeline.proof import proofread, read_report
    from pipeline.story.run import Request
    from schemas.form import form_for
    from schemas.forms import forms_of

    asked, settings, paragraphs = year_of(year), office_in(office), read_report(report)
    form = form_for(forms_of(settings), f"{asked}-12")
    request = Request(inbox, inbox, settings, day_of(as_of), year)  # nothing is written
    tables, why = _tables(request, Screen(quiet=json))
    read = proofread(paragraphs, report.name, year, form, tables)
    if json:
        print_json({**_summary(read, report.name, year), "tables": why or "compared"})
    else:
        for line in _told(read, report.name, why):
            typer.echo(line)
    raise typer.Exit(NOT_READY if read.findings else READY)


def _tables(request: "Request", screen: Screen) -> tuple[tuple[Any, ...], str]:
    """The annual tables of the whole year, or none and why the text is held against itself alone."""
    from pipeline.story.run import examine

    try:
        outcome = examine(request, screen)
    except Mistake:
        raise
    except CannotRun:
        return (), "收件夹里没有可用的月报"
    if not outcome.coverage.counted:
        return (), "没有一份月报入汇"
    if len(outcome.months) < 12:
        return (), f"月报只到{outcome.months[-1].words}，不是全年"
    return outcome.tables, ""


def _told(read: "Proofread", name: str, why: str) -> Iterator[str]:
    """What was read, and one thing to look at a line."""
    compared = f"没有与汇总表核对（{why}），只核对了正文自身" if why else f"其中{read.matched}个与汇总表核对"
    yield f"{name}：读了{read.paragraphs}段、{read.figures}个数，{compared}。"
    if not read.findings:
        yield "没有发现对不上的数。"
        return
    yield f"有{len(read.findings)}处对不上，请核对："
    for number, finding in enumerate(read.findings, start=1):
        yield f"  {number}. {finding.cell}：{finding.message}{finding.remedy}"


def _summary(read: "Proofread", name: str, year: int) -> dict[str, Any]:
    """The same for a machine."""
    found = [
        {"id": f.id, "kind": f.rule, "place": f.cell, "written": f.value, "message": f.message, "remedy": f.remedy}
        for f in read.findings
    ]
    counts = {"paragraphs": read.paragraphs, "figures": read.figures, "matched": read.matched}
    return {"report": name, "year": year, **counts, "findings": found}
