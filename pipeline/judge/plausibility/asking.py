"""Every question that the returns in force raise, the weightiest first."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from pipeline.judge.plausibility.cells import odd_cells
from pipeline.judge.plausibility.copies import copies
from pipeline.judge.plausibility.panel import Panel
from pipeline.judge.plausibility.question import Question
from pipeline.judge.plausibility.readings import otherwise
from pipeline.judge.plausibility.usual import Usual, usual
from pipeline.judge.plausibility.wholes import all_round, silent_and_waking

NOT_JUDGED = "P-USU-01"


def ask(panel: Panel, least: int, not_judged: Counter[str]) -> list[Question]:
    """The questions in the order of their effect on the city's totals; ``least`` numbers that are not 0 make a copy.

    One cause, one question: about a return that is odd as a whole its single numbers are not asked. Counts the cells
    that could not be judged.
    """
    about = usual(panel)
    unjudged = panel.there[:, :, None] & np.isnan(about.score)
    not_judged[NOT_JUDGED] += int(unjudged[:, panel.asked].sum())
    asked: dict[tuple[int, int], Question] = {}
    for question in _of_returns(panel, about, least):
        asked.setdefault((question.unit, question.month), question)
    cells = [q for q in odd_cells(panel, about) if (q.unit, q.month) not in asked]
    found = [q for q in (*asked.values(), *cells) if q.month in panel.asked]
    return sorted(found, key=lambda q: (-q.effect, q.month, q.unit))


def _of_returns(panel: Panel, about: Usual, least: int) -> Iterator[Question]:
    yield from copies(panel, about, least)
    yield from silent_and_waking(panel, about, least)
    yield from otherwise(panel, about)
    yield from all_round(panel, about)
