"""new-office: an office that runs at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.desk.commands.options import OWN_OFFICE, READY, Json
from pipeline.desk.telling import print_json
from schemas.mistake import CannotRun
from schemas.period import Period

if TYPE_CHECKING:
    from pipeline.desk.office import Answers
    from schemas.office import Office

NAMED = "名称=内容"


def new_office(
    folder: Annotated[
        Path, typer.Argument(help="放办公室设置的新文件夹；放在“办公室”里的，以后不用写 --office", metavar="文件夹")
    ] = OWN_OFFICE,
    name: Annotated[str, typer.Option(help="办公室的全称", metavar="文字")] = "",
    area: Annotated[str, typer.Option(help="地区，如 某某县", metavar="文字")] = "",
    code: Annotated[str, typer.Option(help="行政区划代码，单位代码以它开头", metavar="代码")] = "",
    reports_to: Annotated[str, typer.Option(help="汇总表报给谁", metavar="文字")] = "",
    contact: Annotated[str, typer.Option(help="填表单位有疑问和谁联系", metavar="文字")] = "",
    scope: Annotated[str, typer.Option(help="统计范围", metavar="文字")] = "",
    form_no: Annotated[str, typer.Option(help="表号", metavar="文字")] = "",
    due: Annotated[str, typer.Option(help="每期过后几日前报送", metavar="日")] = "",
    paper: Annotated[str, typer.Option(help="纸质件要不要一并报送：要，或不要", metavar="文字")] = "",
    first: Annotated[str, typer.Option(help="从哪个月开始报，如 2012-09", metavar="月")] = "",
    form: Annotated[list[str] | None, typer.Option(help="表式的编号，可写几次", metavar="表式")] = None,
    units: Annotated[str, typer.Option(help="填报单位：名称，或 .xlsx、.csv、.txt 文件", metavar="名单")] = "",
    codes: Annotated[
        list[str] | None, typer.Option("--list", help="代码表，内容是名称或文件，可写几次", metavar=NAMED)
    ] = None,
    duty: Annotated[list[str] | None, typer.Option(help="哪个单位有哪项职责，可写几次", metavar=NAMED)] = None,
    json: Json = False,
) -> None:
    """新建一个办公室：逐项问，或用选项写明；没有人回答的用通用的，建好就能用。"""
    from datetime import date

    from pipeline.desk.office import Asker, Given, ask, write_office

    given = Given(
        *(name, area, code, reports_to, contact, scope, form_no, due, paper, first, tuple(form or ()), units),
        lists=_named(codes or []),
        duties=_named(duty or []),
    )
    today = date.today()  # noqa: DTZ011  # the office's own day
    answers = ask(folder, given, Asker.at_the_screen(quiet=json), f"{today:%Y-%m}")
    office = write_office(folder, answers)
    if json:
        print_json({"folder": str(folder), "units": len(office.units), "editions": list(office.settings.editions)})
    else:
        for line in _told(folder, answers, office, stood_in=not units):
            typer.echo(line)
    raise typer.Exit(READY)


def _named(given: Sequence[str]) -> dict[str, str]:
    """What was given as name=content. Raises CannotRun."""
    wrong = [text for text in given if "=" not in text]
    if wrong:
        raise CannotRun(f"“{wrong[0]}”要写成“{NAMED}”。")
    found: dict[str, list[str]] = {}
    for text in given:
        key, _, content = text.partition("=")
        found.setdefault(key.strip(), []).append(content.strip())
    return {key: "\n".join(contents) for key, contents in found.items()}


def _told(folder: Path, answers: "Answers", office: "Office", *, stood_in: bool) -> Iterator[str]:
    """What was made, what to look at, and what to do next."""
    from pipeline.desk.office.answers import STAND_INS
    from pipeline.values.called import typed
    from pipeline.values.periods import parse_month, years_without_holidays

    forms = "、".join(office.settings.editions)
    yield f"建好了“{office.settings.name}”，在“{folder}”：填报单位 {len(office.units)} 个，表式 {forms}。"
    for own, base in zip(office.settings.editions, answers.forms, strict=True):
        if own != base.id:
            yield f"“{base.id}”已经到期，或用了别处的代码表：以它为底做了自己的“{own}”，在 editions 文件夹。"
    if stood_in and [unit.name for unit in answers.units] == STAND_INS.split():
        yield "没有写填报单位，先放了几个示例单位，请在“单位名录.xlsx”里换成自己的。"
    books = "、".join(path.name for path in sorted(folder.glob("*.xlsx")))
    yield f"名单用 Excel 改：{books}。期限、联系人等写在 office.toml。"
    month = parse_month(answers.first)
    years = years_without_holidays([month], office) if month else []
    if years:
        yield f"{years[0]}年的放假安排程序还不知道，报送期限只避开周末；公布后写进“放假安排.xlsx”。"
    yield "下一步，做第一期的空白报表发给各单位，收到的放进 inbox，再汇总："
    which = "" if folder == OWN_OFFICE else f' --office "{folder}"'
    yield f"  {typed()} templates --period {_first_period(answers)}{which}"
    yield f"  {typed()} run{which}"


def _first_period(answers: "Answers") -> str:
    """The first period of the shortest form: a month, a quarter, a year."""
    from pipeline.values.periods import parse_month

    length, month = min(form.length for form in answers.forms), parse_month(answers.first)
    if month is None or length == 1:
        return answers.first
    return str(Period(month.year, -(-month.month // length) * length, length))
