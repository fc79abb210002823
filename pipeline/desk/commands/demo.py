"""demo: a whole year to try the system with."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.desk.commands.options import NOT_READY, OFFICE, READY, Json, OfficeFolder, office_in
from pipeline.desk.telling import tell, tell_json
from pipeline.values.screen import Screen
from schemas.mistake import CannotRun


def demo(
    folder: Annotated[Path, typer.Argument(help="放演示数据的新文件夹", metavar="文件夹")] = Path("demo"),
    office: OfficeFolder = OFFICE,
    cascade: Annotated[bool, typer.Option("--cascade", help="逐级汇总的演示：三个县、一个市、一个省")] = False,
    json: Json = False,
) -> None:
    """造一整年的演示月报并汇总，核对是否找出了全部预设的差错。"""
    if cascade:
        raise typer.Exit(_cascade(folder, json=json))
    from pipeline.desk.demo import build_demo, compare, read_plan
    from pipeline.story.run import Request
    from pipeline.story.run import run as run_pipeline
    from schemas.form import form_for
    from schemas.forms import forms_of

    settings, screen = office_in(office, shipped=True), Screen(quiet=json)
    plan = read_plan(settings)
    form = form_for(forms_of(settings), f"{plan.year}-12")
    if form is None:
        raise CannotRun(f"{plan.year}年没有可用的表式。")
    with screen.stage("造演示月报") as progress:
        planted = build_demo(folder, plan, form, settings, progress)
    request = Request(folder / "inbox", folder / "outbox", settings, plan.as_of)
    outcome, written, kept = run_pipeline(request, screen)
    lines, exact = compare(planted, outcome)
    if json:
        tell_json(outcome, planted=len(planted), found_exactly=exact)
    else:
        tell(outcome, written, kept, before=lines)
    raise typer.Exit(READY if exact else NOT_READY)


def _cascade(folder: Path, *, json: bool) -> int:
    """Three levels in a folder; whether what is wrong was found from the top, and nothing else."""
    from pipeline.desk.cascade import Levels, read_cascade, tell_story
    from pipeline.desk.telling import print_json

    plan = read_cascade()
    told = tell_story(Levels(folder, plan, len(plan.units.names)), Screen(quiet=json))
    if json:
        print_json({"told": told.lines, "found_exactly": told.exact})
    for line in () if json else told.lines:
        typer.echo(line)
    return READY if told.exact else NOT_READY
