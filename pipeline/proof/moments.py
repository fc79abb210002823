"""Of when the figures of a sentence speak."""

import re
from bisect import bisect
from dataclasses import dataclass
from functools import cached_property

from schemas.proof import Prose

_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_REACH = 200  # letters before a figure that say of when it speaks


@dataclass(frozen=True)
class Moments:
    """Of when the figures of a sentence speak: years and other spans by where they are named."""

    prose: Prose
    year: int
    text: str

    def year_at(self, place: int) -> int:
        """The year of which the words before a place speak last, but for those it is compared with."""
        at = bisect(self._years, (place,))
        return self._years[at - 1][1] if at else self.year

    def span_at(self, place: int) -> tuple[str, ...]:
        """The words before a place, in its clause, that speak of another span than the year."""
        start = max(self.text.rfind(";", 0, place) + 1, place - _REACH)
        return tuple(m[0] for m in self.prose.another_span.finditer(self.text, start, place))

    @cached_property
    def _years(self) -> list[tuple[int, int]]:
        return [
            (m.start(), int(m[1])) for m in _YEAR.finditer(self.text)
            if not self.text[max(0, m.start() - 4) : m.start()].endswith(self.prose.time.against)
        ]  # fmt: skip
