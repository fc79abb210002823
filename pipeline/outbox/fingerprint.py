"""The run's number: a hash of every declared input and of the program's version."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from pipeline import VERSION
from pipeline.intake import Received
from pipeline.intake.listing import OWN
from pipeline.ledger.published import FOLDER, INBOX, MANIFEST, Published
from pipeline.values.files import sha256, short
from schemas.draft import DEFAULTS
from schemas.edition import EDITIONS
from schemas.office import Office

LIBRARIES = ("pandas", "pandera", "python-calamine", "xlsxwriter", "docxtpl", "python-docx")


def declared_inputs(
    inbox: Path, files: Sequence[Received], office: Office, published: Iterable[Published]
) -> dict[str, str]:
    """The SHA-256 of all that a run is made from: returns, the office's files and settings, what was forwarded."""
    own = [path for path in sorted(inbox / name for name in OWN) if path.is_file()]
    settings = [*office.files(), *sorted(office.editions.glob("*.toml")), *sorted(DEFAULTS.glob("*.docx"))]
    folders = dict.fromkeys((EDITIONS, office.editions))
    templates = [path for folder in folders for path in sorted(folder.glob("*/*.docx"))]
    return {
        **{f"{INBOX}/{path.name}": sha256(path.read_bytes()) for path in own},
        **{f"{INBOX}/{file.name}": file.sha256 for file in files},
        **{f"设置/{path.name}": sha256(path.read_bytes()) for path in settings},
        **{f"设置/{path.parent.name}/{path.name}": sha256(path.read_bytes()) for path in templates},
        **{f"{FOLDER}/{one.name}": sha256((one.folder / MANIFEST).read_bytes()) for one in published},
    }


def fingerprint(inputs: Mapping[str, str], as_of: date, through: str) -> str:
    """The number of a run on these inputs, as of that day, through that month."""
    known = {"inputs": inputs, "as_of": as_of.isoformat(), "through": through, "versions": versions()}
    return short(sha256(json.dumps(known, ensure_ascii=False, sort_keys=True).encode()))


def versions() -> dict[str, str]:
    """The versions of the program and of the libraries that read and write."""
    return {"yuebao": VERSION, **{name: version(name) for name in LIBRARIES}}
