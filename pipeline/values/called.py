"""What to type for this program at this desk: its own command, or the file that stands for it."""

import sys
from pathlib import Path

COMMAND, FILE = "yuebao", "run_pipeline.py"


def name() -> str:
    """As help pages call it."""
    return COMMAND if Path(sys.argv[0]).stem == COMMAND else FILE


def typed() -> str:
    """As it is typed in front of a command."""
    return COMMAND if name() == COMMAND else f"python {FILE}"
