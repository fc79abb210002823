"""What the returns in force are asked about, for the run."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.judge.plausibility.asking import ask
from pipeline.judge.plausibility.panel import panel
from pipeline.judge.plausibility.telling import told
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd


def questions(
    form: Form,
    office: Office,
    wide: "pd.DataFrame",
    rows: "pd.DataFrame",
    returns: "pd.DataFrame",
    months: Sequence[Month],
    not_judged: Counter[str],
) -> list[tuple[float, Finding]]:
    """The questions about the returns in force (``wide``: a row a return) of some ``months`` of a year.

    Each is told with its effect, the weightiest first. Other months are what they are compared with.
    """
    block = panel(wide, form, office, months[0].so_far[0], months)
    files = dict(zip(returns["ret"], returns["file"], strict=True))
    found = ask(block, office.settings.thresholds.identical_nonzero, not_judged)
    findings = told(found, block, rows, files, form, office)
    return [(question.effect, finding) for question, finding in zip(found, findings, strict=True)]
