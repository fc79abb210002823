"""Write what the office forwards and works with: the consolidated workbook, the data files, whom to remind."""

from pipeline.publish.chase import FOLDER as CHASE_FOLDER
from pipeline.publish.freeze import freeze
from pipeline.publish.publish import publish, publish_report, workbook_name
from pipeline.publish.report_html import NAME as REPORT

__all__ = ["CHASE_FOLDER", "REPORT", "freeze", "publish", "publish_report", "workbook_name"]
