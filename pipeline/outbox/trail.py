"""runs.jsonl: one line a run, the only place where the clock appears."""

import json
from datetime import datetime
from pathlib import Path

from pipeline.tables.outcome import Outcome


def leave_trail(outbox: Path, outcome: Outcome, started: datetime, cpu: float) -> None:
    """Append the line of a run that took so many seconds of CPU."""
    line = {
        "started": started.isoformat(timespec="seconds"),
        "version": outcome.versions["yuebao"],
        "fingerprint": outcome.fingerprint,
        "verdict": outcome.verdict,
        "cpu_seconds": round(cpu, 2),
    }
    outbox.mkdir(parents=True, exist_ok=True)
    with (outbox / "runs.jsonl").open("a", encoding="utf-8", newline="\n") as trail:
        trail.write(json.dumps(line, ensure_ascii=False) + "\n")
