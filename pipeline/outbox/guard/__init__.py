"""What must not leave unnoticed: found in everything that would travel, asked of the office, covered in every file."""

from pipeline.outbox.guard.cover import covered, covering
from pipeline.outbox.guard.guard import guarded, told_by_hand

__all__ = ["covered", "covering", "guarded", "told_by_hand"]
