"""Run the command as the office types it: in this process, or in one of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.desk.cli import main
from pipeline.intake import intake
from pipeline.intake.children import Done, in_children
from pipeline.story import run
from pipeline.story.run import Request
from pipeline.tables.outcome import Outcome
from pipeline.values.screen import Stages

PROGRAM = Path(__file__).parents[2] / "run_pipeline.py"


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


def here(read: Callable[[object], object], items: Sequence[object], *_: object) -> Iterator[Done[object]]:
    """Reading in this process, which comes to the same (test_inbox) and is quicker."""
    return in_children(read, items, 0, read)


@dataclass(frozen=True)
class Command:
    """The command line in a folder; ``command("run", "--json")``."""

    folder: Path
    called: str = "run_pipeline.py"

    def __call__(self, *arguments: object) -> Said:
        """Run it in this process. An exception that leaves it would be a traceback on the office's screen."""
        with (
            pytest.MonkeyPatch.context() as patch,
            redirect_stdout(io.StringIO()) as out,
            redirect_stderr(io.StringIO()) as err,
        ):
            patch.chdir(self.folder)
            patch.setattr(intake, "in_children", here)
            patch.setattr(sys, "argv", [self.called, *map(str, arguments)])
            with pytest.raises(SystemExit) as ended:
                main()
        return Said(int(ended.value.code or 0), out.getvalue(), err.getvalue())


@contextmanager
def looking_once() -> Iterator[list[Outcome]]:
    """Only the first command looks into its inbox; the others tell what it found, which is what is given here."""
    found: list[Outcome] = []
    real = run.examine

    def examine(request: Request, screen: Stages, **how: bool) -> Outcome:
        if not found:
            found.append(real(request, screen, **how))
        return found[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "examine", examine)
        yield found


def in_a_process(*arguments: object, code: str = "", folder: Path | None = None) -> Said:
    """Run the program, or ``code``, as a process of its own."""
    command = [sys.executable, *(["-c", code] if code else [str(PROGRAM)]), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM.parent), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(  # noqa: S603
        command, env=environment, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return Said(done.returncode, done.stdout, done.stderr)
