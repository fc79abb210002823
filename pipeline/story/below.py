"""Returns that another office forwarded, as they are judged: what it was asked already is not asked of it again."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.values.findings import OPEN, Finding
from pipeline.values.taken import Taken

if TYPE_CHECKING:
    import pandas as pd

FORWARDED = "E-UPW"  # how the findings about what offices forward begin
REMEDY = "请报送单位查明：是哪个单位报错的，让它更正后重新上报；属实的，在处理意见里写“核实通过”和理由。"


def judged_above(findings: Iterable[Finding], taken: Taken) -> list[Finding]:
    """What is found in each return by itself, of a forwarded one as a question: its units were judged where they sent.

    A sum that lacks a part, or rests on what is borne for the time, need not hold; that it does is told for itself.
    """
    open_sums = {ret for ret, part in taken.below.items() if part.partial or part.provisional}
    return [_asked(f) if f.ret in taken.below else f for f in findings if f.ret not in open_sums]


def asked_above(findings: Iterable[Finding], taken: Taken, returns: "pd.DataFrame") -> list[Finding]:
    """What is found between returns, but for units of which some month lacks a part: it would be told of all others."""
    lacking = {ret for ret, part in taken.below.items() if part.partial}
    units = set(returns.loc[returns["ret"].isin(lacking), "unit"])
    own = set(returns.loc[returns["unit"].isin(units) & returns["ret"].isin(taken.below), "ret"])
    return [finding for finding in findings if finding.ret not in own]


def _asked(finding: Finding) -> Finding:
    if finding.level != "must":
        return finding
    return replace(finding, level="verify", state=OPEN["verify"], remedy=REMEDY)


def from_offices(taken: Taken) -> frozenset[int | None]:
    """The returns that other offices forwarded, and the files that they forwarded and that do not count."""
    return frozenset(taken.below) | {finding.ret for finding in taken.findings if finding.rule.startswith(FORWARDED)}
