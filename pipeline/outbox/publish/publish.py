"""The outbox of a year: everything in it can be deleted and made again."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.outbox.guard import covered
from pipeline.outbox.publish.chase import FOLDER, write_chase
from pipeline.outbox.publish.correction import correction, write_correction
from pipeline.outbox.publish.data import write_data, write_run
from pipeline.outbox.publish.drafts import drafts, write_drafts
from pipeline.outbox.publish.inquiry import FOLDER as INQUIRIES
from pipeline.outbox.publish.inquiry import write_inquiries
from pipeline.outbox.publish.notice import write_notice
from pipeline.outbox.publish.papers import papers_name, write_papers
from pipeline.outbox.publish.report_html import NAME, Written, report_html
from pipeline.outbox.publish.rulings import write_rulings
from pipeline.outbox.publish.workbook import write_workbook
from pipeline.tables.outcome import Outcome
from pipeline.values.files import write_text, write_whole


def publish(outcome: Outcome, stage: Path) -> list[Path]:
    """Write the year's folder below ``stage``; returns the paths written, the workbook's first."""
    folder, clear = stage / outcome.folder, covered(outcome)  # as what is forwarded: working papers are told apart
    made, letter = drafts(clear), correction(clear)  # a template that is wrong stops it before it writes
    workbook = write_whole(folder / workbook_name(clear), lambda path: write_workbook(path, clear))
    papers = write_whole(folder / papers_name(clear), lambda path: write_papers(path, clear))
    data = [papers, *write_data(folder / "data", clear), write_run(folder / "run.json", clear)]
    data += [*write_drafts(folder, made), *write_correction(folder, letter), *write_chase(folder / FOLDER, outcome)]
    data += [*write_notice(folder / FOLDER, clear), *write_inquiries(folder / INQUIRIES, outcome)]
    return [workbook, write_rulings(folder, outcome), *data]


def publish_report(
    outcome: Outcome, stage: Path, outbox: Path, published: Sequence[Path], returned: Sequence[Path]
) -> Path:
    """Write the run report below ``stage``. It comes last, since it leads to the files where they lie in the outbox."""
    clear = covered(outcome)  # it may be sent on
    written = Written(clear, outbox / outcome.folder, published, returned, FOLDER)
    return write_text(stage / outcome.folder / NAME, report_html(clear, written))


def workbook_name(outcome: Outcome) -> str:
    """The consolidated workbook's file name; one a year."""
    return f"{outcome.year}年度{outcome.form.edition.report.workbook}.xlsx"
