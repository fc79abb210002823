"""The likely slips as a sentence of a finding."""

from collections.abc import Sequence

from pipeline.judge.slips.suspects import Suspect
from schemas.rules import words
from schemas.rules.terms import Linear, Ref


def hint(suspects: Sequence[Suspect], entries: words.Entries) -> str:
    """What the unit should look at first, or "" where nothing is singled out."""
    told = [_told(suspect, entries) for suspect in suspects]
    if not told:
        return ""
    return f"疑为{told[0]}。" if len(told) == 1 else f"可能是其中一处：{'；'.join(told)}。"


def _told(suspect: Suspect, entries: words.Entries) -> str:
    def said(*refs: Ref) -> str:
        return words.side(Linear(tuple((1, ref) for ref in refs)), entries)

    quantity = entries[suspect.ref.table, suspect.ref.line].quantity
    written, expected = quantity.show(suspect.written), quantity.show(suspect.expected)
    how = f"把{said(suspect.twice)}{suspect.how}" if suspect.twice else suspect.how
    return f"{said(suspect.ref)}{how}：{written} 应为 {expected}"
