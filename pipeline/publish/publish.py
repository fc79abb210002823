"""The outbox of a year: everything in it can be deleted and made again."""

from pathlib import Path

from pipeline.files import write_whole
from pipeline.outcome import Outcome
from pipeline.publish.chase import FOLDER, write_chase
from pipeline.publish.data import write_data, write_run
from pipeline.publish.rulings import write_rulings
from pipeline.publish.workbook import write_workbook


def publish(outcome: Outcome, outbox: Path) -> list[Path]:
    """Write the year's folder; returns the paths written, the workbook's first.

    A file that is open in Excel is written under another name, which tells it from the one meant.
    """
    folder = outbox / str(outcome.year)
    workbook = write_whole(folder / workbook_name(outcome), lambda path: write_workbook(path, outcome))
    data = [*write_data(folder / "data", outcome), write_run(folder / "run.json", outcome)]
    return [workbook, write_rulings(folder, outcome), *data, *write_chase(folder / FOLDER, outcome)]


def workbook_name(outcome: Outcome) -> str:
    """The consolidated workbook's file name; one a year."""
    return f"{outcome.year}年度{outcome.form.edition.report.workbook}.xlsx"
