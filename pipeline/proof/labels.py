"""What a figure counts, from the words around it: the same for two ways of saying it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
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
        at = (figure.before, figure.after)
        if at not in self._cores:
            self._cores[at] = self.bare(figure.before) or self.bare(figure.after)
        return self._cores[at]

    def key(self, figure: Figure) -> str:
        """The code that the words name, or what is left of them within a list."""
        core = self.core(figure)
        if core not in self._keys:
            self._keys[core] = self._key(core)
        return self._keys[core]

    def named(self, label: str) -> str:
        """What the label of a line or the head of a column names, without its numbering and what stands in brackets."""
        for style in self.prose.table.styles:
            label = re.sub(style, "", label)
        return self._listed(self.bare(re.sub(r"\([^()]*\)", "", label)))

    def is_total(self, label: str) -> bool:
        """Whether a label is that of a total."""
        bare = re.sub(r"\([^()]*\)|\s", "", label.rpartition(">")[2])
        return any(re.search(pattern, bare) for pattern in self.prose.table.totals)

    def thing(self, figure: Figure) -> str:
        """What a figure counts, without what it is counted by: an enumeration before 等 only tells what there is."""
        words = re.sub(self.prose.enumeration, "", figure.before)
        return self.bare(re.sub(self.prose.leading, "", words))

    def _key(self, core: str) -> str:
        said = (self._codes[name] for name in (*self._shorter(core), self._listed(core)) if name in self._codes)
        return next(said, self._listed(core))

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

    def _shorter(self, core: str) -> Iterator[str]:
        """The words, and what is left of them as one plain word after the other falls off their end."""
        while True:
            yield core
            end = next((word for word in self.prose.words.plain if core.endswith(word) and core != word), "")
            if not end:
                return
            core = core.removesuffix(end)

    def _listed(self, core: str) -> str:
        return self._plain.sub("", core) or core

    @cached_property
    def _cores(self) -> dict[tuple[str, str], str]:
        return {}

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {}

    @cached_property
    def _empty(self) -> re.Pattern[str]:
        return _any(self.prose.words.empty)

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return _any(self.prose.words.plain)

    @cached_property
    def _codes(self) -> dict[str, str]:
        """The code by its names, whole and as they are said within a list; a name of two codes names neither."""
        whole = self._by(self.bare)
        return {**self._by(lambda name: self._listed(self.bare(name))), **whole}

    def _by(self, said: Callable[[str], str]) -> dict[str, str]:
        every: dict[str, set[str]] = defaultdict(set)
        for code, names in self.names.items():
            for name in names:
                every[said(name)].add(code)
        return {name: min(codes) for name, codes in every.items() if len(codes) == 1}


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
