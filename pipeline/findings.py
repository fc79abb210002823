"""A finding: one sentence that somebody can act on, at the cell, the file or the unit and month where it arises."""

import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING

from schemas.messages import catalogue

if TYPE_CHECKING:
    import pandas as pd

OPEN = {"must": "待改", "verify": "待说明", "ask": "请留意", "note": "知悉"}
MENDED, EXPLAINED = "已改", "已说明"
SIGNS = {"must": "×", "verify": "!", "ask": "?", "note": "·"}  # what tells a level without colour


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding arises; what is not known stays empty."""

    unit: str = ""
    period: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of findings.csv. Its id names rule, unit, period, cell and value: it falls when the value changes."""

    id: str
    level: str
    rule: str
    unit: str
    period: str
    file: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str
    state: str

    def settled(self, state: str, note: str) -> "Finding":
        """The finding with the unit's explanation."""
        return replace(self, state=state, message=f"{self.message}单位说明：{note}")


def make(level: str, rule: str, place: Place, value: str, message: str, remedy: str) -> Finding:
    """An open finding."""
    identity = "\x1f".join([rule, *astuple(place), value])
    digest = hashlib.sha256(identity.encode("utf-8")).hexdigest()
    return Finding(
        f"h{digest[:12]}", level, rule, place.unit, place.period, place.file, place.sheet, place.cell,
        value, message, remedy, OPEN[level],
    )  # fmt: skip


def tell(kind: str, place: Place, *, value: str = "", **facts: object) -> Finding:
    """A finding in the words of the catalogue; ``facts`` fill in its sentences."""
    message = catalogue()[kind]
    says, remedy = message.says.format(**facts), message.remedy.format(**facts)
    return make(message.level, kind, place, value, says, remedy)


def to_frame(findings: Iterable[Finding]) -> "pd.DataFrame":
    """Findings as a frame of schemas.frames.Findings, in the order given, each once."""
    import pandas as pd

    once = {finding.id: finding for finding in findings}
    return pd.DataFrame([astuple(f) for f in once.values()], columns=[f.name for f in fields(Finding)], dtype="str")
