"""What changed since it was forwarded: which numbers, because of which return or ruling, and what moves with them."""

from pipeline.tables.revise.changes import changes
from pipeline.tables.revise.ripple import later_months
from pipeline.values.revisions import Change, Moved, Revisions

__all__ = ["Change", "Moved", "Revisions", "changes", "later_months"]
