"""What was tried against the pipeline, counted: kind of fault, cases tried, outcome.

Each file of this folder holds the rows of one subject, a list of {"kind", "tried", "outcome"}. Tests write them where
FAULTS=write stands in the environment.
"""

import json
import os
from pathlib import Path

FOLDER = Path(__file__).parent


def count(subject: str, kind: str, tried: int, outcome: str, folder: Path = FOLDER) -> None:
    """Keep a row of the subject's file: so many cases of a kind were tried, and this is what became of all of them."""
    if os.environ.get("FAULTS") != "write":
        return
    path = folder / f"{subject}.json"
    rows = {row["kind"]: row for row in json.loads(path.read_text("utf-8"))} if path.exists() else {}
    rows[kind] = {"kind": kind, "tried": tried, "outcome": outcome}
    lines = ",\n".join(json.dumps(rows[kind], ensure_ascii=False) for kind in sorted(rows))
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
