"""The outbox of a year: everything in it can be deleted and made again."""

from pathlib import Path

from pipeline.files import write_whole
from pipeline.outcome import Outcome
from pipeline.publish.data import write_data, write_run
from pipeline.publish.workbook import write_workbook


def publish(outcome: Outcome, outbox: Path) -> Path:
    """Write the year's folder; returns the workbook's path (another name where it is open in Excel)."""
    folder = outbox / str(outcome.year)
    workbook = write_whole(folder / workbook_name(outcome), lambda path: write_workbook(path, outcome))
    write_data(folder / "data", outcome)
    write_run(folder / "run.json", outcome)
    return workbook


def workbook_name(outcome: Outcome) -> str:
    """The consolidated workbook's file name; one a year."""
    return f"{outcome.year}年度{outcome.form.edition.report.workbook}.xlsx"
