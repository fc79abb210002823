"""edition: what can be known about a form before it is sent out; a form drafted from a sheet that somebody drew."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.desk.chinese import OPTIONS, Command, Commands
from pipeline.desk.commands.options import NOT_READY, OFFICE, READY, Json, OfficeFolder, office_in
from pipeline.desk.telling import print_json
from pipeline.values.files import write_text
from pipeline.values.screen import Screen
from schemas.mistake import CannotRun

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


@edition.command(cls=Command, options_metavar=OPTIONS)
def draft(
    form: Annotated[Path, typer.Argument(help="现有的表式（.xlsx），空白的", metavar="文件")],
    to: Annotated[Path | None, typer.Option(help="草稿写到哪里；默认在表式旁边，同名的 .toml", metavar="文件")] = None,
    json: Json = False,
) -> None:
    """由画好的电子表格起草表式：代码、名称、单位、层次、合计写出来，不能定的注明“待定”，由人来定。"""
    from pipeline.desk.drafting import draft_of
    from pipeline.values.called import typed
    from schemas.drafting import questions

    target = to or form.with_suffix(".toml")
    if target.exists():
        raise CannotRun(f"“{target}”已经有了，不覆盖。请用 --to 写到别处，或先把它移走。")
    text = draft_of(form, target.stem)
    if not target.parent.is_dir():
        raise CannotRun(f"没有文件夹“{target.parent}”。请先建好，或用 --to 写到别处。")
    write_text(target, text)
    asked = questions(text)
    if json:
        print_json({"edition": str(target), "open": [{"line": line, "question": what} for line, what in asked]})
    else:
        typer.echo(f"草稿写在：{target}。有 {len(asked)} 处待定：")
        for line, what in asked[:MOST]:
            typer.echo(f"  第 {line} 行：{what}")
        typer.echo(f'定好以后检查：{typed()} edition check "{target}"')
    raise typer.Exit(NOT_READY if asked else READY)


@edition.command(cls=Command, options_metavar=OPTIONS)
def pack(
    name: Annotated[str, typer.Argument(help="表式的编号，或表式文件（.toml）", metavar="表式")],
    to: Annotated[Path | None, typer.Option(help="写到哪里；默认在当前文件夹", metavar="文件")] = None,
    office: OfficeFolder = OFFICE,
    json: Json = False,
) -> None:
    """把一份表式连同它的底本、文字模板和数据字典装成一个文件，交给别的办公室。"""
    from pipeline.desk.package import packed
    from pipeline.values.files import replace_whole, sha256

    known, data = packed(name, office_in(office))
    target = to or Path(f"{known}_表式包.zip")
    if target.exists() and target.read_bytes() != data:
        raise CannotRun(f"“{target}”已经有了，内容不同，不覆盖。请用 --to 写到别处，或先把它移走。")
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_whole(target, data)
    if json:
        print_json({"edition": known, "file": str(target), "sha256": sha256(data)})
    else:
        typer.echo(f"装好了：{target}，校验码（SHA-256）{sha256(data)}。")
        typer.echo(f'收到的办公室这样解开并检查：yuebao edition unpack "{target.name}"')
    raise typer.Exit(READY)


@edition.command(cls=Command, options_metavar=OPTIONS)
def unpack(
    file: Annotated[Path, typer.Argument(help="收到的表式包（.zip）", metavar="文件")],
    office: OfficeFolder = OFFICE,
    json: Json = False,
) -> None:
    """解开收到的表式包，放进办公室自己的表式里，在这里检查一遍；不对的不解。"""
    from dataclasses import asdict

    from pipeline.desk.edition import MUST
    from pipeline.desk.package import unpack as unpacked

    done = unpacked(file, office_in(office), Screen(quiet=json))
    wrong = sum(concern.level == MUST for concern in done.concerns)
    if json:
        told = [asdict(concern) for concern in done.concerns]
        print_json({"edition": done.manifest.edition, "written": list(map(str, done.written)), "concerns": told})
    else:
        typer.echo(f"表式“{done.manifest.edition}”（{done.manifest.title}）：放好 {len(done.written)} 个文件。")
        verdict = f"必须改 {wrong} 处" if wrong else "在这里可以用"
        typer.echo(f"{verdict}，请留意 {len(done.concerns) - wrong} 处。")
        for concern in done.concerns[:MOST]:
            typer.echo(f"  {concern.level} {concern.words}")
        if not wrong:
            typer.echo(f"要用它，把“{done.manifest.edition}”写进 office.toml 的 editions。")
    raise typer.Exit(NOT_READY if wrong else READY)
