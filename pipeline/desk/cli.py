"""The command. Heavy imports wait until a command needs them, so that --help answers at once."""

import sys

import typer
from typer.exceptions import TyperException

from pipeline.desk.chinese import COMMANDS, OPTIONS, Command, Commands, said, speak_chinese
from pipeline.desk.commands.demo import demo
from pipeline.desk.commands.edition import edition
from pipeline.desk.commands.forms import check, templates
from pipeline.desk.commands.new_office import new_office
from pipeline.desk.commands.options import CANNOT_RUN, READY
from pipeline.desk.commands.proof import proof
from pipeline.desk.commands.publish import publish, verify
from pipeline.desk.commands.rules import backtest
from pipeline.desk.commands.year import explain, run, unit_years
from pipeline.values.called import name, typed
from pipeline.values.files import reason
from schemas.mistake import CannotRun

INTERRUPTED = 130  # what typer makes of Ctrl-C

app = typer.Typer(
    help="统计报表：收表、校验、对账、汇总。不带命令时等于 run。",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=Commands,
    options_metavar=OPTIONS,
    subcommand_metavar=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (run, demo, templates, check, explain, publish, verify, unit_years, backtest, proof, new_office):
    app.command(cls=Command, options_metavar=OPTIONS)(command)
app.add_typer(edition, name="edition")


def main() -> None:
    """Run the command line; what the office can mend ends with a sentence and exit code 2, never a traceback."""
    speak_chinese()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = sys.argv[1:]
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in {"-h", "--help"}):
        arguments = ["run", *arguments]
    sys.exit(_call(arguments))


def _call(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    try:
        code = int(app(arguments, prog_name=name(), standalone_mode=False) or READY)
        if code != INTERRUPTED:
            return code
        what = "已中断。再运行一次即可，不会丢失数据。"
    except CannotRun as trouble:
        what = str(trouble)
    except TyperException as trouble:
        what = f"{said(trouble)}。写法请看 {typed()} --help"
    except OSError as trouble:
        where = f"“{trouble.filename}”" if trouble.filename else "文件"
        what = f"读写{where}失败（{reason(trouble)}）。请检查磁盘和权限后再试。"
    except Exception as trouble:
        if not type(trouble).__module__.startswith("pandera"):  # which is imported by whoever needs it
            raise
        what = _of_ours(trouble)
    typer.echo(f"不能运行：{what}", err=True)
    return CANNOT_RUN


def _of_ours(trouble: Exception) -> str:
    """What a frame that is not as its model says is told as: a defect of ours, found before anything is written."""
    names = (getattr(getattr(trouble, what, None), "name", None) for what in ("schema", "check"))
    where = " ".join(str(name) for name in names if name)
    return (
        f"程序自己的核对没有通过（{where}），这是程序的差错。发件夹没有改动。请把收件夹的副本和这句话交给维护程序的人。"
    )
