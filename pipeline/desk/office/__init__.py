"""A new office: what is asked, its lists as people paste them, its folder."""

from pipeline.desk.office.answers import Answers, Given, ask
from pipeline.desk.office.asker import Asker
from pipeline.desk.office.folder import write_office

__all__ = ["Answers", "Asker", "Given", "ask", "write_office"]
