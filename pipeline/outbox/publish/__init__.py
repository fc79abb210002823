"""Write what the office forwards and works with: the consolidated workbook, the drafts, the data, whom to remind."""

from pipeline.outbox.publish.chase import ENDING as CHASE_ENDING
from pipeline.outbox.publish.chase import FOLDER as CHASE_FOLDER
from pipeline.outbox.publish.correction import FOLDER as CORRECTION_FOLDER
from pipeline.outbox.publish.correction import NAME as CORRECTION
from pipeline.outbox.publish.drafts import DRAFT, NOTE, draft_names
from pipeline.outbox.publish.freeze import freeze
from pipeline.outbox.publish.inquiry import ENDING as INQUIRY_ENDING
from pipeline.outbox.publish.inquiry import FOLDER as INQUIRY_FOLDER
from pipeline.outbox.publish.notice import ENDING as NOTICE_ENDING
from pipeline.outbox.publish.publish import publish, publish_report, workbook_name
from pipeline.outbox.publish.report_html import NAME as REPORT
from pipeline.outbox.publish.trace import PAPERS

# Folders of a year that a run writes whole, with the ending of the names of our files there.
WHOLE = (
    (CHASE_FOLDER, CHASE_ENDING),
    (CHASE_FOLDER, NOTICE_ENDING),
    (INQUIRY_FOLDER, INQUIRY_ENDING),
    (NOTE, f"_{NOTE}"),
    (CORRECTION_FOLDER, f"_{CORRECTION}"),
)

__all__ = [
    "CHASE_ENDING",
    "CHASE_FOLDER",
    "DRAFT",
    "INQUIRY_ENDING",
    "INQUIRY_FOLDER",
    "NOTE",
    "NOTICE_ENDING",
    "PAPERS",
    "REPORT",
    "WHOLE",
    "draft_names",
    "freeze",
    "publish",
    "publish_report",
    "workbook_name",
]
