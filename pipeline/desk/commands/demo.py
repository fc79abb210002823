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
    json: Json = False,
) -> None:
    """造一整年的演示月报并汇总，核对是否找出了全部预设的差错。"""
    from pipeline.desk.demo import build_demo, compare, read_plan
    from pipeline.story.run import Request
    from pipeline.story.run import run as run_pipeline
    from schemas.form import form_for
    from schemas.forms import forms_of

    settings, screen = office_in(office), Screen(quiet=json)
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
