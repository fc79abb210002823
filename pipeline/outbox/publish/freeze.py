"""What is forwarded, frozen: workbook, data and a manifest of every file in and out, below 上报/, never overwritten."""

import json
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.ledger.published import DATA, FOLDER, MANIFEST, Published
from pipeline.outbox.guard import covered
from pipeline.outbox.publish.correction import correction, write_correction
from pipeline.outbox.publish.data import write_data, write_run
from pipeline.outbox.publish.drafts import drafts, write_drafts
from pipeline.outbox.publish.publish import workbook_name
from pipeline.outbox.publish.workbook import write_workbook
from pipeline.outbox.written import STAGE
from pipeline.tables.outcome import Issue, Outcome
from pipeline.values.files import clear, sha256
from schemas.mistake import CannotRun


def freeze(outcome: Outcome, outbox: Path, versions: Sequence[Published], reservations: str) -> Path:
    """Write the next version of the outcome's last month; returns its folder, which is there whole or not at all."""
    through = outcome.months[-1]
    number = max((one.number for one in versions if one.through == through), default=0) + 1
    issued = covered(replace(outcome, issue=Issue(number, reservations)))
    folder = outbox / FOLDER / f"{through}_v{number}"
    if folder.parent.is_symlink() or folder.is_symlink() or folder.exists():
        raise CannotRun(f"“{folder}”不能存上报版本：那里已有别的东西，或是快捷方式（链接）。请移走它，再运行一次。")
    temporary = outbox / STAGE / folder.name
    temporary.mkdir(parents=True)
    try:
        write_workbook(temporary / workbook_name(issued), issued)
        write_data(temporary / DATA, issued)
        write_run(temporary / "run.json", issued)
        write_drafts(temporary, drafts(issued))
        write_correction(temporary, correction(issued))  # against the version before, which it explains for good
        text = json.dumps(_manifest(issued, folder.name, temporary), ensure_ascii=False, indent=2)
        (temporary / MANIFEST).write_bytes(f"{text}\n".encode())
        for path in temporary.rglob("*"):
            path.chmod(0o755 if path.is_dir() else stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
        temporary.chmod(0o755)
        folder.parent.mkdir(exist_ok=True)
        temporary.rename(folder)
    finally:
        clear(outbox / STAGE)
    return folder


def _manifest(outcome: Outcome, name: str, folder: Path) -> dict[str, object]:
    """Every file in and out with its SHA-256, and what was said when it was forwarded."""
    out = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    office = outcome.office.settings
    return {
        "name": name,
        "office": office.id,
        "region_code": office.region_code,
        "through": str(outcome.months[-1]),
        "as_of": outcome.as_of.isoformat(),
        "fingerprint": outcome.fingerprint,
        "verdict": outcome.verdict,
        "reservations": outcome.issue.reservations if outcome.issue else "",
        "rulings": [ruling.id for ruling in outcome.rulings.every],
        "in": dict(outcome.inputs),
        "out": {name: sha256(path.read_bytes()) for name, path in out.items()},
    }
