"""The Word drafts in the outbox: the yearly report, and the note to the last month's table."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pipeline.outbox.publish.report_docx import note, report
from pipeline.tables.outcome import Outcome
from pipeline.values.files import write_whole

NOTE, DRAFT = "分析说明", "年度报告统计稿"


def report_name(outcome: Outcome) -> str:
    """Where the draft of the yearly report stands in the year's folder."""
    return f"{outcome.year}{DRAFT}.docx"


def draft_names(outcome: Outcome) -> tuple[str, str]:
    """Where the report and the note stand in the year's folder."""
    return report_name(outcome), f"{NOTE}/{outcome.months[-1]}_{NOTE}.docx"


def drafts(outcome: Outcome) -> dict[str, bytes]:
    """The drafts by their place in the year's folder.

    Raises Mistake where a template or the office's texts are wrong.
    """
    return dict(zip(draft_names(outcome), (report(outcome), note(outcome)), strict=True))


def write_drafts(folder: Path, made: Mapping[str, bytes]) -> list[Path]:
    """Write the drafts; returns their paths."""
    return [write_whole(folder / name, partial(Path.write_bytes, data=content)) for name, content in made.items()]
