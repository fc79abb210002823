"""Run the command as the office types it: in this process, or in one of its own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.cli import main

PROGRAM = Path(__file__).parents[2] / "run_pipeline.py"


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


class Command:
    """The command line, in a folder of its own; ``command("run", "--json")``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Said:
        """Run it in this process. An exception that leaves it would be a traceback on the office's screen."""
        self._monkeypatch.setattr(sys, "argv", ["run_pipeline.py", *map(str, arguments)])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Said(int(ended.value.code or 0), *self._capsys.readouterr())


def in_a_process(*arguments: object, code: str = "") -> Said:
    """Run the program, or ``code``, as a process of its own."""
    command = [sys.executable, *(["-c", code] if code else [str(PROGRAM)]), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM.parent), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    return Said(done.returncode, done.stdout, done.stderr)
