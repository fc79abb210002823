"""The words in front of a count: whether a list begins there, goes on, breaks off or is added up."""

import re
from dataclasses import dataclass

from pipeline.proof.figure import Figure, Sentence
from schemas.proof import Prose, Whole


@dataclass(frozen=True)
class Leads:
    """Reads what stands between a count of a sentence and the one before it (or the sentence's beginning)."""

    prose: Prose

    def lead(self, sentence: Sentence, n: int) -> str:
        """The words in front of the n-th count."""
        counts = sentence.counts
        start = counts[n - 1].end if n else sentence.start
        return sentence.text[start - sentence.start : counts[n].start - sentence.start]

    def marked(self, lead: str) -> bool:
        """Whether they say 其中 or the like."""
        return any(word in lead for word in self.prose.parts)

    def of_another(self, lead: str) -> bool:
        """Whether what is in front of 包括 is a thing of its own (解读材料包括) and not the count before it."""
        found = re.search(rf"[，;:]([^，;:]{{2,}})(?:{'|'.join(self.prose.parts[1:])})", lead)
        return bool(found)

    def seen(self, lead: str) -> bool:
        """Whether they say by what the list is made: 按渠道分."""
        return any(re.search(pattern, lead) for pattern in (*self.prose.seen_whole, *self.prose.seen_by))

    def is_view_of_one(self, lead: str) -> bool:
        """Whether a count alone behind these words is no list: they only say by what lists are seen."""
        return self.seen(lead) and not (self.marked(lead) or self.of_these(lead))

    def of_these(self, lead: str) -> bool:
        """Whether the count before them is what the list is made of: 97件申请中."""
        return ";" not in lead and bool(re.match(self.prose.of_these, lead))

    def listed(self, lead: str) -> bool:
        """Whether a colon behind the count before them opens the list."""
        return bool(re.match(self.prose.listed, lead))

    def starts(self, text: str) -> bool:
        """Whether a sentence begins with 其中."""
        return bool(re.match(rf"[\s\d.()]*({'|'.join(self.prose.parts)})", text))

    def next_to(self, lead: str) -> bool:
        """Whether 其中 stands right behind the count before them."""
        return bool(re.match(rf"，?({'|'.join(self.prose.parts)})", lead))

    def colon(self, lead: str) -> bool:
        """Whether semicolons may part the list that begins behind them."""
        return bool(re.search(r":\s*[^:，;]*$", lead)) or self.seen(lead)

    def numbered(self, lead: str) -> bool:
        """Whether a list begins with its first number: （一）."""
        return bool(re.match(self.prose.second_heading, lead) or re.match(r"\s*[(]?#+[).、．]", lead))

    def breaks(self, figure: Figure, first: Figure | None = None) -> bool:
        """Whether a count is no further part of a list, unless it and the first are known as members of one."""
        known = first and any(self._names(whole, first) and self._names(whole, figure) for whole in self.prose.wholes)
        return not known and figure.before.strip().startswith(self.prose.breaks)

    def _names(self, whole: Whole, figure: Figure) -> bool:
        return any(word in figure.before for words in whole.members for word in words)

    def anew(self, figure: Figure) -> bool:
        """Whether a count begins its clause with what it counts behind it (9个县区已建立), as a new subject does."""
        before = re.sub("|".join(self.prose.parts), "", figure.before).strip()
        return not before and bool(re.match(r"[\u4e00-\u9fff]", figure.after.strip()))

    def adds_up(self, figure: Figure, *, certainly: bool = False) -> bool:
        """Whether a count is the sum of those before it: 合计, or (unless it is to be certain) 共 or 办结合计."""
        before = figure.before.rstrip(self.prose.tail_ends)
        words = (*self.prose.tail, *self.prose.tail_or_not)
        found = re.search(f"(.*)(?:{'|'.join(words)}){self.prose.tail_verbs}", before)
        if not certainly or not found:
            return bool(found)
        return bool(re.match(self.prose.tail_of, found[1].strip()))

    def added_of(self, figure: Figure) -> str:
        """What behind 合计 says which of the counts before it are added up: 合计化解55起."""
        found = re.search(f"(?:{'|'.join((*self.prose.tail, *self.prose.tail_or_not))})(.*)$", figure.before)
        return found[1].strip(self.prose.tail_ends) if found else ""
