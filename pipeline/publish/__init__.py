"""Write what the office forwards and works with: the consolidated workbook and the data files."""

from pipeline.publish.publish import publish, workbook_name

__all__ = ["publish", "workbook_name"]
