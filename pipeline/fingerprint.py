"""The run's number: a hash of every declared input and of the program's version."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from pipeline.intake import Received
from pipeline.periods import Month
from schemas.draft import DEFAULTS
from schemas.office import Office

LIBRARIES = ("pandas", "pandera", "python-calamine", "xlsxwriter", "docxtpl", "python-docx")


def fingerprint(inbox: Path, files: Sequence[Received], office: Office, as_of: date, months: Sequence[Month]) -> str:
    """The number of a run over these files, with these settings, as of that day."""
    own = [p for p in sorted(inbox.iterdir()) if p.is_file() and not p.name.startswith((".", "~$"))]
    settings = [*office.files(), *sorted(office.editions.glob("*.toml")), *sorted(DEFAULTS.glob("*.docx"))]
    inputs = {
        "files": [(f.name, f.sha256) for f in files],
        "settings": [(p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in [*own, *settings]],
        "as_of": as_of.isoformat(),
        "through": str(months[-1]),
        "versions": versions(),
    }
    return "h" + hashlib.sha256(json.dumps(inputs, ensure_ascii=False).encode()).hexdigest()[:12]


def versions() -> dict[str, str]:
    """The versions of the program and of the libraries that read and write."""
    return {name: version(name) for name in ("yuebao", *LIBRARIES)}
