"""对账: the city's comparisons, those that do not meet apart from those that do."""

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.outbox.publish.checks import pressing_first
from pipeline.tables.outcome import Outcome
from pipeline.values.differences import ACCOUNTED, AGREE, DIFFER, Difference

LONG = 160  # characters of an explanation that are read without being asked for


class Item(NamedTuple):
    """A comparison; ``opening`` is the beginning of an explanation too long to be shown unfolded, else ""."""

    figures: Difference
    opening: str


@dataclass(frozen=True)
class Compared:
    """The comparisons that do not meet, the most pressing first, and those that do."""

    exceptions: list[Item]
    ties: list[Item]

    @property
    def words(self) -> str:
        """How many there are of each, in a sentence."""
        verdicts = [item.figures.verdict for item in self.exceptions]
        apart, explained = verdicts.count(DIFFER), verdicts.count(ACCOUNTED)
        rest = len(verdicts) - apart - explained
        parts = [f"一致{len(self.ties):,}项", f"不一致{apart:,}项"]
        parts += [f"已说明{explained:,}项"] * bool(explained) + [f"缺数未判{rest:,}项"] * bool(rest)
        return f"共核对{len(verdicts) + len(self.ties):,}项：{'，'.join(parts)}"


def compared(outcome: Outcome) -> Compared:
    """The comparisons for the city, in the order of the workbook's sheet."""
    city = [_item(d) for d in pressing_first(outcome) if d.scope == "city"]
    ties = [item for item in city if item.figures.verdict == AGREE]
    return Compared([item for item in city if item.figures.verdict != AGREE], ties)


def _item(difference: Difference) -> Item:
    explanation = difference.explanation
    return Item(difference, explanation.partition("：")[0] if len(explanation) > LONG else "")
