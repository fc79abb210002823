"""``python -m tests.empty`` tries every command over every nearly empty inbox, and writes what they came to."""

import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from schemas.office import OFFICES, read_office
from tests.builders import Desk
from tests.empty.commands import RAN, SAID, every_command
from tests.empty.inboxes import INBOXES, built

RESULT = Path(__file__).parents[1] / "faults" / "empty.json"
OFFICE = "shifan"


def row(inbox: str, found: Mapping[str, str]) -> dict[str, str | int]:
    """What the commands over one inbox came to, as it is told."""
    counts = Counter(found.values())
    lost = len(found) - counts[RAN] - counts[SAID]
    outcome = f"{counts[RAN]} {RAN}, {counts[SAID]} {SAID}, {lost} tracebacks"
    return {"kind": f"inbox: {inbox}", "tried": len(found), "outcome": outcome}


def main() -> None:
    """Try them all."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for n, inbox in enumerate(INBOXES):
            there = built(inbox, Desk(Path(folder, f"{n}"), read_office(OFFICES / OFFICE)))
            rows.append(row(inbox, every_command(there, Path(folder, f"{n} each"), OFFICE)))
            print(rows[-1])  # noqa: T201  # how far it is
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
