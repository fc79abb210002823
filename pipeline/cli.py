"""The command. Heavy imports wait until a command needs them, so that --help answers at once."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.exceptions import TyperException

from pipeline.chinese import Command, Commands, chinese
from pipeline.screen import Screen
from pipeline.telling import explained, print_json, tell, tell_json
from schemas.mistake import CannotRun

if TYPE_CHECKING:
    from pipeline.periods import Month
    from schemas.office import Office

READY, NOT_READY, CANNOT_RUN = 0, 1, 2
INTERRUPTED = 130  # what typer makes of Ctrl-C
OFFICE = Path(__file__).parent.parent / "schemas" / "offices" / "jyg"

app = typer.Typer(
    help="政府信息公开统计月报：收表、校验、对账、汇总。不带命令时等于 run。",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Inbox = Annotated[Path, typer.Option(help="收件夹", metavar="文件夹")]
Outbox = Annotated[Path, typer.Option(help="发件夹", metavar="文件夹")]
OfficeFolder = Annotated[
    Path, typer.Option("--office", help="办公室的设置", metavar="文件夹", show_default="schemas/offices/jyg")
]
AsOf = Annotated[str, typer.Option(help="截至日期，如 2013-01-31；默认今天", metavar="日期")]
Json = Annotated[bool, typer.Option("--json", help="只打印一份机器可读的摘要")]


@app.command(cls=Command)
def run(
    inbox: Inbox = Path("inbox"),
    outbox: Outbox = Path("outbox"),
    office: OfficeFolder = OFFICE,
    year: Annotated[int | None, typer.Option(help="年度，默认为最近一份月报的年度", metavar="年")] = None,
    through: Annotated[str, typer.Option(help="汇总到哪个月，如 2012-06", metavar="月")] = "",
    as_of: AsOf = "",
    workers: Annotated[int, typer.Option(help="用几个进程读表", min=1, metavar="个数")] = 1,
    json: Json = False,
) -> None:
    """收件夹里的全部月报 → 发件夹里的汇总工作簿。"""
    from pipeline.run import Request
    from pipeline.run import run as run_pipeline

    request = Request(
        inbox, outbox, _office(office), _day(as_of), year, _month(through) if through else None, workers
    )  # fmt: skip
    outcome, written = run_pipeline(request, Screen(quiet=json))
    tell_json(outcome) if json else tell(outcome, written)
    raise typer.Exit(READY if outcome.ready else NOT_READY)


@app.command(cls=Command)
def demo(
    folder: Annotated[Path, typer.Argument(help="放演示数据的新文件夹", metavar="文件夹")] = Path("demo"),
    office: OfficeFolder = OFFICE,
    json: Json = False,
) -> None:
    """造一整年的演示月报并汇总，核对是否找出了全部预设的差错。"""
    from pipeline.demo import build_demo, compare, read_plan
    from pipeline.run import Request
    from pipeline.run import run as run_pipeline
    from schemas.form import form_for
    from schemas.forms import forms_of

    settings, screen = _office(office), Screen(quiet=json)
    plan = read_plan(settings)
    form = form_for(forms_of(settings), f"{plan.year}-12")
    if form is None:
        raise CannotRun(f"{plan.year}年没有可用的表式。")
    with screen.stage("造演示月报") as progress:
        planted = build_demo(folder, plan, form, settings, progress)
    request = Request(folder / "inbox", folder / "outbox", settings, plan.as_of)
    outcome, written = run_pipeline(request, screen)
    lines, exact = compare(planted, outcome)
    if json:
        tell_json(outcome, planted=len(planted), found_exactly=exact)
    else:
        tell(outcome, written, before=lines)
    raise typer.Exit(READY if exact else NOT_READY)


@app.command(cls=Command)
def templates(
    period: Annotated[str, typer.Option(help="报告期，如 2012-09", metavar="月")],
    unit: Annotated[list[str] | None, typer.Option(help="单位代码或名称，可写几次；默认全部", metavar="单位")] = None,
    to: Annotated[Path | None, typer.Option(help="放在哪里，默认 发件夹/模板/月份", metavar="文件夹")] = None,
    inbox: Inbox = Path("inbox"),
    outbox: Outbox = Path("outbox"),
    office: OfficeFolder = OFFICE,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """给每个单位做一份空白月报，前几个月已收到的累计数预先填好。"""
    from pipeline.issue import issue_templates

    month = _month(period)
    folder = to or outbox / "模板" / str(month)
    screen = Screen(quiet=json)
    written = issue_templates(month, unit or [], folder, inbox, _office(office), _day(as_of), screen)
    if json:
        print_json({"period": str(month), "folder": str(folder), "templates": [path.name for path in written]})
    else:
        typer.echo(f"做好 {len(written)} 份 {month.words} 的空白月报，在“{folder}”。请发给各单位填报。")


@app.command(cls=Command)
def check(
    files: Annotated[list[Path], typer.Argument(help="月报文件，或放月报的文件夹，可写几个", metavar="文件")],
    office: OfficeFolder = OFFICE,
    json: Json = False,
) -> None:
    """报送前自己检查：和办公室收到后的校验一样，不需要收件夹。"""
    from pipeline.check import check as check_files
    from pipeline.telling import checked, checked_as_json

    settings = _office(office)
    found = check_files(files, settings, Screen(quiet=json))
    if json:
        print_json(checked_as_json(found))
    else:
        for line in checked(found, settings):
            typer.echo(line)
    unread = not any(one.readable for one in found)
    raise typer.Exit(CANNOT_RUN if unread else READY if all(one.fit for one in found) else NOT_READY)


@app.command(cls=Command)
def explain(
    year: Annotated[int, typer.Argument(help="年度，如 2012", metavar="年")],
    table: Annotated[str, typer.Argument(help="表号，如 表1", metavar="表")],
    row: Annotated[str, typer.Argument(help="行名，如 7月、全年、单位简称", metavar="行")],
    column: Annotated[str, typer.Argument(help="栏名，如 合计", metavar="栏")],
    inbox: Inbox = Path("inbox"),
    outbox: Outbox = Path("outbox"),
    office: OfficeFolder = OFFICE,
    through: Annotated[str, typer.Option(help="汇总到哪个月，如 2012-06", metavar="月")] = "",
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """汇总表里的一个数是怎么来的：一直查到每份月报的单元格。"""
    from dataclasses import asdict

    from pipeline.explain import explain as explain_cell
    from pipeline.run import Request, examine

    request = Request(inbox, outbox, _office(office), _day(as_of), year, _month(through) if through else None)
    outcome = examine(request, Screen(quiet=json))
    explanation = explain_cell(outcome, table, row, column)
    if json:
        print_json(asdict(explanation))
    else:
        for line in explained(explanation):
            typer.echo(line)


def main() -> None:
    """Run the command line; what the office can mend ends with a sentence and exit code 2, never a traceback."""
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
        code = int(app(arguments, prog_name="run_pipeline.py", standalone_mode=False) or READY)
        if code != INTERRUPTED:
            return code
        what = "已中断。再运行一次即可，不会丢失数据。"
    except CannotRun as trouble:
        what = str(trouble)
    except TyperException as trouble:
        what = chinese(trouble.format_message()).rstrip(".?)") + "。写法请看 python run_pipeline.py --help"
    except OSError as trouble:
        where = f"“{trouble.filename}”" if trouble.filename else "文件"
        what = f"读写{where}失败（{trouble.strerror}）。请检查磁盘和权限后再试。"
    typer.echo(f"不能运行：{what}", err=True)
    return CANNOT_RUN


def _office(folder: Path) -> "Office":
    from schemas.office import read_office

    return read_office(folder)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()  # noqa: DTZ011  # the office's own day
    except ValueError:
        raise CannotRun(f"“{text}”不是日期，请写成 2013-01-31 的样子。") from None


def _month(text: str) -> "Month":
    from pipeline.periods import parse_month

    month = parse_month(text)
    if month is None:
        raise CannotRun(f"“{text}”不是月份，请写成 2012-09 的样子。")
    return month
