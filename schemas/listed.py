"""The lines of one table that have a measure, in printed order: what a selection of the rule language chooses from."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.entry import Entry
from schemas.mistake import nearest
from schemas.rules.parse import Misspelt
from schemas.rules.terms import Selection


class Listed(NamedTuple):
    """The place of each code, the codes that a unit fills in, and the codes of each block but its total's."""

    codes: dict[str, int]
    inputs: list[str]
    blocks: dict[str, list[str]]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Listed":
        """The list of these lines."""
        entries = list(entries)
        blocks: dict[str, list[str]] = {e.block: [] for e in entries if e.block}
        for entry in entries:
            if entry.block and not entry.is_total:
                blocks[entry.block].append(entry.code)
        return cls({e.code: n for n, e in enumerate(entries)}, [e.code for e in entries if e.is_input], blocks)

    def select(self, chosen: Selection) -> list[str]:
        """The codes of a selection. Raises Misspelt with the nearest valid name."""
        if chosen.first == "*":
            if not self.inputs:
                raise Misspelt(f"表 {chosen.table} 没有要填的行，不能写 *")
            return self.inputs
        if chosen.last is None and chosen.first in self.blocks:
            return self.blocks[chosen.first]
        for code in filter(None, (chosen.first, chosen.last)):
            if code not in self.codes:
                names = [*self.codes, *sorted(self.blocks)]
                raise Misspelt(f"表 {chosen.table} 没有“{code}”行，{nearest(code, names)}")
        if chosen.last is None:
            return [chosen.first]
        first, last = self.codes[chosen.first], self.codes[chosen.last]
        if last < first:
            raise Misspelt(f"“{chosen.first}..{chosen.last}”前后颠倒，请按表中的顺序写")
        return list(self.codes)[first : last + 1]
