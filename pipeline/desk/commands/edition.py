"""edition: what can be known about a form before it is sent out."""

from typing import Annotated

import typer

from pipeline.desk.chinese import OPTIONS, Command, Commands
from pipeline.desk.commands.options import NOT_READY, OFFICE, READY, Json, OfficeFolder, office_in
from pipeline.desk.telling import print_json
from pipeline.values.screen import Screen

MOST = 60  # things that are told of an edition

edition = typer.Typer(
    help="表式发出以前，先把它从头到尾试一遍。",
    cls=Commands,
    rich_markup_mode=None,
    options_metavar=OPTIONS,
    subcommand_metavar="命令 [选项]",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@edition.callback()
def _several() -> None:
    """表式发出以前，先把它从头到尾试一遍。"""


@edition.command(cls=Command, options_metavar=OPTIONS)
def check(
    editions: Annotated[
        list[str] | None, typer.Argument(help="表式的编号，或表式文件（.toml）；默认办公室在用的全部", metavar="表式")
    ] = None,
    office: OfficeFolder = OFFICE,
    json: Json = False,
) -> None:
    """检查表式：试填、试读、逐条试规则，再试运行一年，什么也不留下。"""
    from dataclasses import asdict

    from pipeline.desk.edition import MUST, check_edition

    settings, screen = office_in(office), Screen(quiet=json)
    found = {name: check_edition(name, settings, screen) for name in editions or settings.settings.editions}
    wrong = sum(concern.level == MUST for concerns in found.values() for concern in concerns)
    if json:
        told = [{"edition": name, "concerns": [asdict(c) for c in concerns]} for name, concerns in found.items()]
        print_json({"editions": told, "must": wrong})
    for name, concerns in found.items() if not json else ():
        must = sum(concern.level == MUST for concern in concerns)
        verdict = f"必须改 {must} 处" if must else "可以发出"
        typer.echo(f"{name}：{verdict}，请留意 {len(concerns) - must} 处。")
        for concern in concerns[:MOST]:
            typer.echo(f"  {concern.level} {concern.words}")
        if len(concerns) > MOST:
            typer.echo(f"  另有 {len(concerns) - MOST} 处没有列出；全部见 --json。")
    raise typer.Exit(NOT_READY if wrong else READY)
