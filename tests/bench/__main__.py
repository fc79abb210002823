"""Time the demonstration year through the pipeline beside bare reading, bare writing and a plain script."""

import argparse
import ctypes
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.contenders import CONTENDERS, FIGURES
from tests.builders import demo_year

LIMIT = "pipeline ≤ 2.5 × (read + write) + 4 s"
PR_SET_CHILD_SUBREAPER = 36
FIFTH = "pipeline ≤ plain ÷ 5"


def main() -> None:
    """Build the year, run every contender once (or only one), show the figures and whether the limits hold."""
    arguments = _arguments()
    _adopt_orphans()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo_year(folder)
        _cells(folder)
        measured = [_measure(contender, folder) for contender in ([arguments.only] if arguments.only else CONTENDERS)]
    report = {"measured": measured, **_ratios({m["name"]: m["cpu_s"] for m in measured})}
    _show(report)
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the figures to a file too")
    parser.add_argument("--only", choices=sorted(CONTENDERS), metavar="NAME", help="time one of them")
    return parser.parse_args()


def _cells(folder: Path) -> None:
    """Keep the finished workbook's cells for the bare write."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(next((folder / "outbox").rglob("*汇总.xlsx")))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    (folder / FIGURES).write_bytes(pickle.dumps(sheets))


def _measure(name: str, folder: Path) -> dict[str, Any]:
    """One contender in a fresh process: CPU of it and of every process it starts, imports included."""
    command = [sys.executable, "-m", "tests.bench.contenders", name, str(folder)]
    before = _cpu_of_children()
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")  # noqa: S603  # our own
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured | {"cpu_s": _cpu_of_children() - before}


def _adopt_orphans() -> None:
    """Let processes whose parent ended before them become ours, so that their time is counted (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _cpu_of_children() -> float:
    """CPU seconds of all processes that we started, and that these started, once all have ended."""
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _ratios(cpu: dict[str, float]) -> dict[str, Any]:
    if set(cpu) != set(CONTENDERS):
        return {}
    bare = cpu["read"] + cpu["write"]
    return {
        "to_bare": cpu["pipeline"] / bare,
        "to_plain": cpu["pipeline"] / cpu["plain"],
        "limits": {LIMIT: cpu["pipeline"] <= 2.5 * bare + 4, FIFTH: cpu["pipeline"] <= cpu["plain"] / 5},
    }


def _show(report: dict[str, Any]) -> None:
    console = Console()
    table = Table("contender", "CPU s", "peak MiB", title="the demonstration year, 602 files")
    for measured in report["measured"]:
        table.add_row(measured["name"], f"{measured['cpu_s']:.2f}", f"{measured['peak_mib']:.0f}")
        for stage, seconds in measured["stages"].items():
            table.add_row(f"  {stage}", f"{seconds:.2f}", "")
    console.print(table)
    for limit, holds in report.get("limits", {}).items():
        console.print(f"{'holds ' if holds else 'BROKEN'}  {limit}")
    if "to_bare" in report:
        console.print(f"pipeline ÷ (read + write) = {report['to_bare']:.2f}")
        console.print(f"pipeline ÷ plain = {report['to_plain']:.3f}")


if __name__ == "__main__":
    main()
