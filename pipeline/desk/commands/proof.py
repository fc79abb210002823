"""proof: the finished yearly report against itself and against the tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.desk.commands.options import (
    CANNOT_RUN,
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
    from pipeline.tables.outcome import Outcome

MOST = 40  # things to look at that are told
MANY = 8  # places of numbers that were not read, and numbers of a place, that are told


def proof(
    report: Annotated[Path, typer.Argument(help="年度报告，.docx、.txt、.html 或有文字的 .pdf", metavar="文件")],
    year: Annotated[int, typer.Option(help="报告年度，如 2012", metavar="年")],
    last: Annotated[
        Path | None, typer.Option(help="上年已发布的年度报告，核对“比上年”和上年结转", metavar="文件")
    ] = None,
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

    asked, settings, blocks = year_of(year), office_in(office), read_report(report)
    before = read_report(last) if last else ()
    form = form_for(forms_of(settings), f"{asked}-12")
    request = Request(inbox, inbox, settings, day_of(as_of), year)  # nothing is written
    outcome, why = _outcome(request, Screen(quiet=json))
    tables, answers = (outcome.tables, outcome.answers.of) if outcome else ((), None)
    read = proofread(blocks, report.name, year, form, tables, answers, before)
    if json:
        print_json({**_summary(read, report.name, year), "tables": why or "compared"})
    else:
        for line in _told(read, report.name, why):
            typer.echo(line)
    raise typer.Exit(CANNOT_RUN if not read.figures else NOT_READY if read.findings else READY)


def _outcome(request: "Request", screen: Screen) -> tuple["Outcome | None", str]:
    """What a run over the whole year comes to, or why the text is held against itself alone."""
    from pipeline.story.run import examine

    try:
        outcome = examine(request, screen)
    except Mistake:
        raise
    except CannotRun:
        return None, "收件夹里没有可用的报表"
    if not outcome.coverage.counted:
        return None, "没有一份报表入汇"
    if len(outcome.months) < 12:
        return None, f"报表只到{outcome.months[-1].words}，不是全年"
    return outcome, ""


def _told(read: "Proofread", name: str, why: str) -> Iterator[str]:
    """What was read and what was not, and one thing to look at a line."""
    compared = f"没有与汇总表核对（{why}），只核对了报告自身" if why else f"其中{read.matched}个与汇总表核对"
    there = read.figures + len(read.unread)
    text = f"正文{read.figures - read.in_tables}个，表格{read.in_tables}个"
    yield (
        f"{name}：{read.paragraphs}段、{read.tables}张表格，有数字{there}个，读了{read.figures}个（{text}），{compared}。"
    )
    yield from _unread(read)
    if not read.figures:
        yield "一个数也没有读到，什么也没有核对。请检查是不是选错了文件，或者数字是图片。"
        return
    if not read.findings:
        yield "读到的数没有发现对不上的。" if read.unread else "没有发现对不上的数。"
        return
    yield f"有{len(read.findings)}处对不上，请核对："
    for number, finding in enumerate(read.findings[:MOST], start=1):
        yield f"  {number}. {finding.cell}：{finding.message}{finding.remedy}"
    if len(read.findings) > MOST:
        yield f"  另有{len(read.findings) - MOST}处没有列出；先改正以上各处，再核对一次。"


def _unread(read: "Proofread") -> Iterator[str]:
    """The numbers that were not read, by place."""
    if not read.unread:
        return
    places: dict[str, list[str]] = {}
    for place, written in read.unread:
        places.setdefault(place, []).append(written)
    told = "；".join(f"{place} {'、'.join(several[:MANY])}" for place, several in list(places.items())[:MANY])
    more = "等" if len(places) > MANY or any(len(several) > MANY for several in places.values()) else ""
    yield f"有{len(read.unread)}个数没有读懂，没有核对：{told}{more}。"


def _summary(read: "Proofread", name: str, year: int) -> dict[str, Any]:
    """The same for a machine."""
    found = [
        {"id": f.id, "kind": f.rule, "place": f.cell, "written": f.value, "message": f.message, "remedy": f.remedy}
        for f in read.findings
    ]
    counts = {
        "paragraphs": read.paragraphs, "tables": read.tables, "figures": read.figures, "in_tables": read.in_tables,
        "matched": read.matched, "unread": [{"place": place, "written": written} for place, written in read.unread],
    }  # fmt: skip
    return {"report": name, "year": year, **counts, "findings": found}
