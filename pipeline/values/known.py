"""What the office knows of a unit before its return comes: what a blank form can ask with, as a run would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.rules.terms import Ref


class Span(NamedTuple):
    """Numbers from one to another, both among them, in steps of their line; ``high`` None: without end."""

    low: int
    high: int | None


@dataclass(frozen=True)
class Known:
    """``numbers`` of other periods by the reference that a rule names them with, in steps of their lines.

    ``usual`` are the numbers that nobody would ask about, by line; a line without any is not asked about. ``before``
    are the lines that are held against the period before, to tell a form that was filled in for that one. ``heard``: a
    return without any number would be asked about; ``quiet``: one with ``least`` numbers would.
    """

    numbers: Mapping[Ref, int] = field(default_factory=dict)
    usual: Mapping[Ref, tuple[Span, ...]] = field(default_factory=dict)
    before: Mapping[Ref, int] = field(default_factory=dict)
    heard: bool = False
    quiet: bool = False
    least: int = 0

    @property
    def is_known(self) -> bool:
        """Whether a whole return can be held against anything."""
        return bool(self.before or self.heard or self.quiet)
