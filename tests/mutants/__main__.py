"""Whether the tests of a subject notice that its code was changed: a seeded sample of mutants, made by mutmut.

``python -m tests.mutants [--sample 300] [--seed 1] [SUBJECT ...]`` works on a copy of the project, for mutmut writes
beside the code; it must be installed (``pip install mutmut``). What survives is told mutant by mutant; what it came to
is kept in last.json, where ``because`` says why each that survived may. A mutant that a busy machine gave no time counts as
survived: try it again.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
LAST = HERE / "last.json"
# The code of each subject, and the tests that are its own.
SUBJECTS: dict[str, tuple[list[str], list[str]]] = {
    "quantities": (["schemas/quantity.py"], ["tests/schemas/test_quantity.py"]),
    "roll-up": (
        ["pipeline/values/answer.py", "pipeline/tables/answers.py", "pipeline/tables/rollup.py"],
        [
            *(f"tests/pipeline/test_{name}.py" for name in ("answers", "rows_and_columns", "rollup")),
            "tests/publish/test_reasons.py",
        ],
    ),
    "ledger": (
        [f"pipeline/ledger/{name}.py" for name in ("versions", "enter", "settle", "book", "coverage")],
        ["tests/pipeline/test_entered.py"],
    ),
    "judging": (
        ["pipeline/judge/judging.py", "pipeline/judge/validate.py", "pipeline/judge/adjust.py"],
        [f"tests/pipeline/test_{name}.py" for name in ("judging", "intake", "conserved", "rulings")],
    ),
    "revisions": (
        [
            "pipeline/tables/printed.py",
            *(f"pipeline/tables/revise/{n}.py" for n in ("changes", "causes", "counted", "ripple")),
        ],
        ["tests/pipeline/test_printed_cells.py", "tests/pipeline/test_changed_numbers.py"],
    ),
}
# What finds the year of the second office by a process of its own, which knows nothing of mutmut.
WITHOUT = "not slow and not long"
NOT = "not published_facts and not second_office and not demonstration"
CONFIG = """
[tool.mutmut]
source_paths = ["pipeline", "schemas"]
only_mutate = {files}
also_copy = ["tests", "run_pipeline.py", "README.md", "constraints.txt"]
pytest_add_cli_args = ["-o", "addopts=", "-q", "-x", "-p", "no:cacheprovider", "-m", "{without}", "-k", "{but}"]
pytest_add_cli_args_test_selection = {tests}
"""


def main() -> None:
    """Try a share of the sample on each subject."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("subjects", nargs="*", default=list(SUBJECTS))
    asked.add_argument("--sample", type=int, default=300)
    asked.add_argument("--seed", type=int, default=1)
    wanted = asked.parse_args()
    found = json.loads(LAST.read_text("utf-8")) if LAST.exists() else {}
    for subject in wanted.subjects:
        with TemporaryDirectory() as folder:
            copy = Path(shutil.copytree(PROJECT, Path(folder) / "project", ignore=_besides))
            found[subject] = tried(copy, subject, wanted.sample // len(SUBJECTS), wanted.seed)
        LAST.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        told = {key: value for key, value in found[subject].items() if key != "survivors"}
        sys.stdout.write(f"{subject} {told}\n")


def tried(copy: Path, subject: str, size: int, seed: int) -> dict[str, object]:
    """Make all mutants of a subject, try some of them, and say how many the tests noticed."""
    files, tests = SUBJECTS[subject]
    there = [file for file in tests if (copy / file).exists()]
    with (copy / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write(CONFIG.format(files=json.dumps(files), tests=json.dumps(there), without=WITHOUT, but=NOT))
    _mutmut(copy, "run", "--max-children", "1", "none.of.them*")
    names = sorted(name for name, _ in results(copy))
    sample = random.Random(seed).sample(names, min(size, len(names)))  # noqa: S311  # a sample, no secret
    _mutmut(copy, "run", "--max-children", str(os.cpu_count()), *sample)
    states = {name: state for name, state in results(copy) if name in sample}
    survivors = {name: _shown(copy, name) for name, state in states.items() if state != "killed"}
    return {
        "mutants": len(names),
        "tried": len(sample),
        "noticed": len(sample) - len(survivors),
        "survivors": survivors,
    }


def results(copy: Path) -> Iterator[tuple[str, str]]:
    """Every mutant with what became of it."""
    for line in _mutmut(copy, "results", "--all", "true").splitlines():
        name, colon, state = line.strip().rpartition(": ")
        if colon:
            yield name, state


def _shown(copy: Path, name: str) -> list[str]:
    """What a mutant changes."""
    lines = _mutmut(copy, "show", name).splitlines()
    return [line for line in lines if re.match(r"[+-](?![+-])", line)]


def _mutmut(copy: Path, *words: str) -> str:
    said = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-m", "mutmut", *words], cwd=copy, capture_output=True, text=True, check=False
    )
    if said.returncode and words[0] != "run":
        raise SystemExit(said.stdout + said.stderr)
    return said.stdout


def _besides(folder: str, names: list[str]) -> list[str]:
    """What a copy of the project does without."""
    return [name for name in names if name in {".git", ".venv", "demo", "mutants"} and Path(folder) == PROJECT]


if __name__ == "__main__":
    main()
