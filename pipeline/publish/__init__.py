"""Write what the office forwards and works with: the consolidated workbook, the data files, whom to remind."""

from pipeline.publish.chase import FOLDER as CHASE_FOLDER
from pipeline.publish.publish import publish, workbook_name

__all__ = ["CHASE_FOLDER", "publish", "workbook_name"]
