"""运行报告: the run on one page for the screen and for paper, of the same figures as the workbook."""

from pipeline.outbox.publish.report_html.report import NAME, report_html
from pipeline.outbox.publish.report_html.written import Written

__all__ = ["NAME", "Written", "report_html"]
