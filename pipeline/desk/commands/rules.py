"""backtest: rules are tried on what was sent before they are switched on."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.desk.commands.options import NOT_READY, OFFICE, READY, AsOf, Inbox, Json, OfficeFolder, day_of, office_in
from pipeline.desk.telling import print_json
from pipeline.values.screen import Screen


def backtest(
    edition: Annotated[str, typer.Argument(help="表式的编号，或表式文件（.toml）", metavar="表式")],
    inbox: Inbox = Path("inbox"),
    office: OfficeFolder = OFFICE,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """启用规则以前，拿收件夹里历年的月报试判一遍，和现行规则比，什么也不写。"""
    from dataclasses import asdict

    from pipeline.desk.backtest import backtest as try_rules
    from pipeline.desk.backtest import told

    settings = office_in(office)
    found = try_rules(inbox, edition, settings, day_of(as_of), Screen(quiet=json))
    if json:
        print_json({**asdict(found), "rejects": found.rejects})
    else:
        for line in told(found, settings):
            typer.echo(line)
    raise typer.Exit(NOT_READY if found.rejects else READY)
