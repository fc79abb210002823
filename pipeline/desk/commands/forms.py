"""templates and check: what goes out to the units, and what they look through before they send it."""

from pathlib import Path
from typing import Annotated

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
    Outbox,
    day_of,
    month_of,
    office_in,
)
from pipeline.desk.telling import print_json
from pipeline.values.screen import Screen


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
    """给每个单位做一份空白报表，前几个月已收到的累计数预先填好。"""
    from pipeline.desk.blank_forms import issue_templates
    from pipeline.story.run import Request

    month = month_of(period)
    folder = to or outbox / "模板" / str(month)
    screen = Screen(quiet=json)
    request = Request(inbox, outbox, office_in(office), day_of(as_of))
    written = issue_templates(month, unit or [], folder, request, screen)
    if json:
        print_json({"period": str(month), "folder": str(folder), "templates": [path.name for path in written]})
    else:
        typer.echo(f"做好 {len(written)} 份 {month.words} 的空白报表，在“{folder}”。请发给各单位填报。")


def check(
    files: Annotated[list[Path], typer.Argument(help="报表文件，或放报表的文件夹，可写几个", metavar="文件")],
    office: OfficeFolder = OFFICE,
    json: Json = False,
) -> None:
    """报送前自己检查：和办公室收到后的校验一样，不需要收件夹。"""
    from pipeline.desk.check import check as check_files
    from pipeline.desk.telling import checked, checked_as_json

    settings = office_in(office)
    found = check_files(files, settings, Screen(quiet=json))
    if json:
        print_json(checked_as_json(found))
    else:
        for line in checked(found, settings):
            typer.echo(line)
    unread = not any(one.readable for one in found)
    raise typer.Exit(CANNOT_RUN if unread else READY if all(one.fit or one.attached for one in found) else NOT_READY)
