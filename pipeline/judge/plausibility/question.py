"""A question before it is put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.rules.terms import Ref


@dataclass(frozen=True)
class Question:
    """A return that looks odd, at a line or as a whole (``ref`` None).

    ``effect`` is by what share of the city's total the line would change if the usual number stood there; of a whole
    return, that of its most changed line. ``facts`` fill in the sentence.
    """

    rule: str
    unit: int
    month: int
    ref: Ref | None
    written: int | None
    effect: float
    facts: Mapping[str, object] = field(default_factory=dict)
