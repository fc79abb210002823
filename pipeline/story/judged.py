"""Returns judged: each by itself, then those in force together. What a run and a desk check have in common."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.judge.adjust import Adjusted, adjust
from pipeline.judge.judging import one_a_cell
from pipeline.judge.last_year import LastYear
from pipeline.judge.reconcile import InForce, reconcile
from pipeline.judge.validate import confirm_zeros, validate
from pipeline.judge.wide import widen
from pipeline.values.differences import Difference
from pipeline.values.findings import Finding
from pipeline.values.printed import PrintedFigure
from pipeline.values.rulings import NONE, Rulings
from pipeline.values.screen import Stages
from pipeline.values.taken import Taken
from pipeline.values.tally import Tally
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Entered


@dataclass(frozen=True)
class Judged:
    """Returns of one form and year, ``taken`` with zeros confirmed.

    ``adjusted`` are those in force with the office's adjustments, which tables are made from.
    """

    taken: Taken
    returns: "DataFrame[Entered]"
    there: InForce
    findings: list[Finding]
    differences: list[Difference]
    adjusted: Adjusted
    tally: Tally

    @property
    def not_judged(self) -> Counter[str]:
        """How often each rule was not judged for want of a value."""
        return self.tally.not_judged


def judge_returns(
    taken: Taken,
    form: Form,
    office: Office,
    year: int,
    screen: Stages,
    printed: Sequence[PrintedFigure] = (),
    rulings: Rulings = NONE,
    last_year: LastYear | None = None,
) -> Judged:
    """Judge what was taken in; ``printed`` are the figures of the yearly report."""
    with screen.stage("校验"):
        taken = confirm_zeros(taken, form)
        own, tally = validate(taken, form, office.settings.thresholds.confirm_above)
        findings = one_a_cell([*taken.findings, *own])
        returns = ledger.enter(taken.returns, taken.receipts, findings, office, rulings)
    with screen.stage("对账"):
        there = _in_force(form, office, year, returns, taken, last_year)
        adjusted = adjust(there.wide, rulings, form)
        asked, differences = reconcile(there, adjusted.wide, printed, findings, tally, rulings.waivers)
    asked += adjusted.findings
    return Judged(taken, returns, there, [*findings, *asked], differences, adjusted, tally)


def _in_force(
    form: Form, office: Office, year: int, returns: "DataFrame[Entered]", taken: Taken, last_year: LastYear | None
) -> InForce:
    own = returns[returns["in_force"]]
    rows, items = taken.rows[taken.rows["ret"].isin(own["ret"])], taken.items[taken.items["ret"].isin(own["ret"])]
    return InForce(form, office, year, widen(rows, items, own, form), rows, own, last_year)
