"""Every command, as it is typed over an inbox in which nearly nothing lies, and what it may come to."""

import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from pyarrow import parquet

from pipeline.intake.receipts import COPY
from pipeline.ledger.published import papers_of
from pipeline.values.files import sha256
from schemas import frames, received, reports
from schemas.exact import from_table
from schemas.office import OFFICES
from schemas.states import IN_FORCE
from tests.cli.running import Command, Said

CELL = ("表1", "1月", "渠道合计")
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run",),
    "run the year": ("run", "--year", "2012", "--json"),
    "run the next year": ("run", "--year", "2013"),
    "run through a month": ("run", "--through", "2012-01"),
    "run through the next January": ("run", "--through", "2013-01"),
    "publish": ("publish", "--through", "2012-01"),
    "publish with reservations": ("publish", "--through", "2012-01", "--with-reservations", "试"),
    "publish the next January": ("publish", "--through", "2013-01", "--with-reservations", "试"),
    "explain": ("explain", "2012", *CELL),
    "explain the next year": ("explain", "2013", *CELL),
    "templates": ("templates", "--period", "2012-02"),
    "templates of the next January": ("templates", "--period", "2013-01"),
    "templates of the next February": ("templates", "--period", "2013-02"),
    "proof": ("proof", "年报.txt", "--year", "2012"),
    "proof of the next year": ("proof", "年报.txt", "--year", "2013"),
    "backtest": ("backtest",),
    "check": ("check", "inbox"),
}
DATA = {
    "facts": frames.Facts, "findings": frames.Findings, "questions": frames.Findings,
    "reconciliation": frames.Reconciliation, "returns": frames.Returns, "revisions": reports.Revisions,
    "ripple": reports.Ripple, "rulings": reports.Rulings, "receipts": received.Receipts, "changes": received.Changes,
    "assessment": reports.Assessment, "rules": reports.Rules,
}  # fmt: skip
FORM = {"jyg": "jyg-2012", "shifan": "sfs-2012"}
UNIT = {"jyg": "620200-025", "shifan": "990000-006"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
RAN, SAID = "ran", "said what to do"


def typed(command: str, office: str = "jyg", as_of: str = "2013-02-20") -> list[str]:
    """A command as typed: for the office, as of a day, for one unit where it writes forms."""
    words = [*COMMANDS[command], "--office", str(OFFICES / office)]
    words += [] if words[0] == "check" else ["--as-of", as_of]
    words += ["--unit", UNIT[office]] if words[0] == "templates" else []
    return [*words, FORM[office]] if words[0] == "backtest" else words


def comes_to(folder: Path, words: list[str]) -> str:
    """Type a command in a folder: that it ran, or that it said what to do; anything else is an AssertionError."""
    before = written(folder)
    said = Command(folder)(*words)
    assert said.code in {0, 1, 2}, said
    assert "Traceback" not in said.out + said.err
    if said.code == 2:
        assert CHINESE.search(said.err + said.out), said
        assert written(folder) == before
        return SAID
    assert_whole(folder, words, said, written(folder) - before)
    return RAN


def written(folder: Path) -> set[Path]:
    """Every file of the outbox, but for the copy of the receipts book: what came was received, whatever was asked."""
    return {path for path in (folder / "outbox").rglob("*") if path.is_file() and path.name != COPY}


def assert_whole(folder: Path, words: list[str], said: Said, new: set[Path]) -> None:
    """What a command wrote is there to the last file, and nothing else is."""
    assert [path.name for path in written(folder) if path.name.startswith((".", "~"))] == []
    for path in new:
        if path.suffix in {".xlsx", ".docx"}:
            with zipfile.ZipFile(path) as parts:
                assert parts.testzip() is None
    if words[0] == "run":
        year = json.loads(next((folder / "outbox").glob("2*/run.json")).read_text("utf-8"))["year"]
        own = {path.name for path in (folder / "outbox" / str(year)).iterdir()}
        assert own >= {"运行报告.html", "处理意见.xlsx", "run.json", "data", f"{year}年度政府信息公开统计汇总.xlsx"}
        assert_data(folder / "outbox" / str(year) / "data")
    if words[0] == "publish" and said.code == 0:
        manifest = max((folder / "outbox" / "上报").glob("*/清单.json"), key=lambda path: path.stat().st_mtime)
        told, papers = json.loads(manifest.read_text("utf-8")), papers_of(manifest.parent)
        for place, files in ((manifest.parent, told["out"]), (papers, told["papers"])):
            assert {name: sha256((place / name).read_bytes()) for name in files} == files
        assert_data(papers / "data")
    if words[0] == "templates":
        assert [path.suffix for path in new] == [".xlsx"]


def assert_data(folder: Path) -> None:
    """The data files have the columns of their models, and facts only of returns that are accepted."""
    tables = {name: pd.read_csv(folder / f"{name}.csv", dtype="str", keep_default_na=False) for name in DATA}
    for name, model in DATA.items():
        told = [column for column in frames.columns_of(model) if (name, column) != ("facts", "decimals")]
        assert list(tables[name].columns) == told, name
    facts = from_table(parquet.read_table(folder / "facts.parquet"))
    assert facts.dtypes.to_dict() == frames.frame_of(frames.Facts).dtypes.to_dict()
    accepted = tables["returns"][tables["returns"]["state"].isin(IN_FORCE)]
    keys = zip(accepted["unit"], accepted["period"], strict=True)
    assert set(zip(facts["unit"], facts["period"], strict=True)) <= set(keys)


def every_command(built: Path, work: Path, office: str = "jyg") -> dict[str, str]:
    """What every command comes to over one inbox, each in a folder of its own."""
    found = {}
    for command in COMMANDS:
        folder = work / command
        shutil.copytree(built, folder)
        try:
            found[command] = comes_to(folder, typed(command, office))
        except Exception as trouble:  # noqa: BLE001  # the whole list is told, not the first
            found[command] = f"{type(trouble).__name__}: {str(trouble)[:300]}"
    return found


def counted(inbox: str, found: Mapping[str, str]) -> dict[str, Any]:
    """What the commands over one inbox came to, as a row of tests/faults."""
    counts = Counter(found.values())
    lost = len(found) - counts[RAN] - counts[SAID]
    outcome = f"{counts[RAN]} {RAN}, {counts[SAID]} {SAID}, {lost} tracebacks"
    return {"kind": f"inbox: {inbox}", "tried": len(found), "outcome": outcome}
