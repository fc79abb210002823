"""What the returns in force are asked about, for the run."""

from collections import Counter
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
    since: Month,
    not_judged: Counter[str],
) -> list[Finding]:
    """The questions about the returns in force (``wide``: a row a return) from a month on, the weightiest first.

    Months before it are what they are compared with.
    """
    block = panel(wide, form, since)
    files = dict(zip(returns["ret"], returns["file"], strict=True))
    found = ask(block, office.settings.thresholds.identical_nonzero, not_judged)
    return list(told(found, block, rows, files, form, office))
