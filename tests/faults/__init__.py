"""What was tried against the pipeline, counted: kind of fault, cases tried, outcome.

Each file of this folder holds the rows of one subject, a list of {"kind", "tried", "outcome"}. Tests write them where
FAULTS=write stands in the environment; `python -m tests.faults` makes the table in SECURITY.md of all of them.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from filelock import FileLock

FOLDER = Path(__file__).parent
PAGE = FOLDER.parents[1] / "SECURITY.md"
BEGIN, END = "<!-- faults: made by python -m tests.faults -->", "<!-- end of faults -->"
COLUMNS = {"kind": str, "tried": int, "outcome": str}


def count(subject: str, kind: str, tried: int, outcome: str, folder: Path = FOLDER) -> None:
    """Keep a row of the subject's file: so many cases of a kind were tried, and this is what became of all of them."""
    if os.environ.get("FAULTS") != "write":
        return
    path = folder / f"{subject}.json"
    with FileLock(f"{path}.lock"):
        rows = {row["kind"]: row for row in json.loads(path.read_text("utf-8"))} if path.exists() else {}
        rows[kind] = {"kind": kind, "tried": tried, "outcome": outcome}
        lines = ",\n".join(json.dumps(rows[kind], ensure_ascii=False) for kind in sorted(rows))
        path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    Path(f"{path}.lock").unlink(missing_ok=True)


def rows(folder: Path = FOLDER) -> Iterator[Mapping[str, str | int]]:
    """The rows of every file of the folder, in the order of their names. Raises ValueError where one is none."""
    for path in sorted(folder.glob("*.json")):
        for row in json.loads(path.read_text("utf-8")):
            if {name: type(value) for name, value in row.items()} != COLUMNS:
                raise ValueError(f"{path.name}: a row has kind, tried (a number) and outcome, not {row}")
            yield row


def table(of: Iterable[Mapping[str, str | int]]) -> str:
    """The rows as a Markdown table."""
    head = ["| kind of fault | cases tried | outcome |", "|---|---:|---|"]
    return "\n".join([*head, *(f"| {row['kind']} | {row['tried']:,} | {row['outcome']} |" for row in of)])


def with_table(page: str, made: str) -> str:
    """The page with the table between its two marks. Raises ValueError where the page has not both."""
    before, begun, rest = page.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"{PAGE.name} has no place for the table: {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{made}\n{END}{after}"
