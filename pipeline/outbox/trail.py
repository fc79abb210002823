"""runs.jsonl: one line a run, the only place where the clock appears."""

import json
from datetime import datetime
from pathlib import Path

from pipeline.outbox.written import TRAIL
from pipeline.tables.outcome import Outcome
from pipeline.values.files import append_text


def leave_trail(outbox: Path, outcome: Outcome, started: datetime, cpu: float) -> None:
    """Append the line of a run that took so many seconds of CPU."""
    line = {
        "started": started.isoformat(timespec="seconds"),
        "version": outcome.versions["yuebao"],
        "fingerprint": outcome.fingerprint,
        "verdict": outcome.verdict,
        "cpu_seconds": round(cpu, 2),
    }
    trail = outbox / TRAIL
    cut_off = trail.exists() and not trail.read_bytes().endswith(b"\n")  # by whoever had it open
    append_text(trail, ("\n" if cut_off else "") + json.dumps(line, ensure_ascii=False) + "\n")
