"""Write what the office forwards and works with: the consolidated workbook, the drafts, the data, whom to remind."""

from pipeline.outbox.publish.chase import FOLDER as CHASE_FOLDER
from pipeline.outbox.publish.drafts import DRAFT, NOTE, draft_names
from pipeline.outbox.publish.freeze import freeze
from pipeline.outbox.publish.publish import publish, publish_report, workbook_name
from pipeline.outbox.publish.report_html import NAME as REPORT

__all__ = [
    "CHASE_FOLDER",
    "DRAFT",
    "NOTE",
    "REPORT",
    "draft_names",
    "freeze",
    "publish",
    "publish_report",
    "workbook_name",
]
