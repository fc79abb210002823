"""The run's number: a hash of every file that a run is made from and of the program's version."""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from pipeline import VERSION
from pipeline.intake import Received
from pipeline.intake.listing import OWN
from pipeline.ledger.published import FOLDER, INBOX, MANIFEST, Published
from pipeline.values.files import sha256, short
from schemas.draft import DEFAULTS, TEMPLATES, TEXTS, template_of
from schemas.form import Form
from schemas.office import Office

LIBRARIES = ("pandas", "pandera", "python-calamine", "xlsxwriter", "docxtpl", "python-docx", "chinesecalendar")
SCHEMAS = DEFAULTS.parent
WORDS = ("leaks.toml", "letters.toml", "messages.toml", "units.toml")  # what is said, searched for, and counted in
SETTINGS, SHIPPED = "设置", "程序"  # what is the office's, and what comes with the program


def declared_inputs(
    inbox: Path, files: Sequence[Received], office: Office, forms: Iterable[Form], published: Iterable[Published]
) -> dict[str, str]:
    """The SHA-256 of every file that a run reads: returns, settings, forms, templates, words, what was forwarded."""
    own = [path for path in sorted(inbox / name for name in OWN) if path.is_file()]
    return {
        **{f"{INBOX}/{path.name}": sha256(path.read_bytes()) for path in own},
        **{f"{INBOX}/{file.name}": file.sha256 for file in files},
        **{_called(path, office): sha256(path.read_bytes()) for path in _settings(office, tuple(forms))},
        **{f"{FOLDER}/{one.name}": sha256((one.folder / MANIFEST).read_bytes()) for one in published},
    }


def _settings(office: Office, forms: Sequence[Form]) -> Iterable[Path]:
    """The files behind the office, its forms, their templates, and every sentence that is said."""
    texts = office.folder / TEXTS
    editions = (path for form in forms for path in form.files)
    templates = (template_of(office, form.edition, name) for form in forms for name in TEMPLATES)
    words = (SCHEMAS / name for name in WORDS)
    found = (*office.files(), *([texts] if texts.exists() else []), *editions, *templates, *words)
    return dict.fromkeys(path.resolve() for path in found)


def _called(path: Path, office: Office) -> str:
    """What a file is named by, wherever the project and the office's folder lie: no two alike."""
    folder = office.folder.resolve()
    for name, place in ((SETTINGS, folder), (SHIPPED, SCHEMAS.resolve())):
        if path.is_relative_to(place):
            return f"{name}/{path.relative_to(place).as_posix()}"
    return f"{SETTINGS}/{Path(os.path.relpath(path, folder)).as_posix()}"


def fingerprint(inputs: Mapping[str, str], as_of: date, through: str) -> str:
    """The number of a run on these inputs, as of that day, through that month."""
    known = {"inputs": inputs, "as_of": as_of.isoformat(), "through": through, "versions": versions()}
    return short(sha256(json.dumps(known, ensure_ascii=False, sort_keys=True).encode()))


def versions() -> dict[str, str]:
    """The versions of the program and of the libraries that read and write."""
    return {"yuebao": VERSION, **{name: version(name) for name in LIBRARIES}}
