"""What a figure counts, from the words around it: the same for two ways of saying it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.proof.figure import Figure
from schemas.proof import Prose

_SIGNS = re.compile(r"[\s\d#“”‘’\"'《》<>()\[\]、，;:。,.·…—-]|\d{4}年|(?<=\d)年")
_YEARS = re.compile(r"\d{4}年度?|[#\d]+[年月日]")


@dataclass(frozen=True)
class Labels:
    """Reads labels with the words of the prose and the names of an office's codes (``names``: by code, all names)."""

    prose: Prose
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def core(self, figure: Figure) -> str:
        """The words that say what it counts, without those that say nothing."""
        return self.bare(figure.before) or self.bare(figure.after)

    def key(self, figure: Figure) -> str:
        """The code that the words name, or what is left of them within a list."""
        core = self.core(figure)
        return self._codes.get(self._listed(core), "") or self._listed(core)

    def is_code(self, key: str) -> bool:
        """Whether a key is a code of the office."""
        return key in self.names

    def rest(self, figure: Figure) -> bool:
        """Whether it counts the remainder of a list."""
        return any(word in figure.before for word in self.prose.rest)

    def channel(self, figure: Figure) -> bool:
        """Whether it counts what ran on a channel."""
        return any(word in figure.before for word in self.prose.overlap.channels)

    def bare(self, text: str) -> str:
        """A text without signs, years and the words that say nothing."""
        return self._empty.sub("", _SIGNS.sub("", _YEARS.sub("", text)))

    def _listed(self, core: str) -> str:
        return self._plain.sub("", core) or core

    @cached_property
    def _empty(self) -> re.Pattern[str]:
        return _any(self.prose.words.empty)

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return _any(self.prose.words.plain)

    @cached_property
    def _codes(self) -> dict[str, str]:
        every = ((code, self._listed(self.bare(name))) for code, names in self.names.items() for name in names)
        return {name: code for code, name in every}


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
