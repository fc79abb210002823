"""Returns judged, each by its own form: by itself, then in force beside the others. Shared by run and desk."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.judge.adjust import Adjusted, adjust
from pipeline.judge.block import Block, block_of, onto
from pipeline.judge.judging import one_a_cell
from pipeline.judge.reconcile import InForce, Reconciled, compare, reconcile
from pipeline.story.alone import Alone, judge_each
from pipeline.story.below import asked_above
from pipeline.story.year_before import YearBefore
from pipeline.values.differences import Difference
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from pipeline.values.printed import PrintedFigure
from pipeline.values.rulings import NONE, Rulings
from pipeline.values.screen import Stages
from pipeline.values.taken import Taken
from pipeline.values.tally import Tally
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.received import Entered


@dataclass(frozen=True)
class Part:
    """The returns of one form: those in force as their form has them, and with the office's adjustments."""

    form: Form
    in_force: Block
    adjusted: Adjusted


@dataclass(frozen=True)
class Judged:
    """Returns of one year: ``returns`` as ledger.enter gives them, ``taken`` with zeros confirmed, ``parts`` by form.

    ``walk`` brings them onto the form of the tables, which are made from ``adjusted``: all that are in force, with the
    office's adjustments. ``every`` has them by form as they were reconciled.
    """

    taken: Taken
    returns: "DataFrame[Entered]"
    parts: tuple[Part, ...]
    every: tuple[InForce, ...]
    walk: Crosswalk
    findings: list[Finding]
    differences: list[Difference]
    tally: Tally

    @property
    def not_judged(self) -> Counter[str]:
        """How often each rule was not judged for want of a value."""
        return self.tally.not_judged

    @property
    def adjusted(self) -> Block:
        """The returns that tables are made from."""
        return self.adjusted_onto(self.walk)

    def adjusted_onto(self, walk: Crosswalk) -> Block:
        """The same of the forms of a walk, in the lines of its form."""
        own = [part for part in self.parts if any(part.form is form for form in walk.forms)]
        return Block(walk.form, onto([Block(part.form, part.adjusted.wide) for part in own], walk))

    def sent_onto(self, walk: Crosswalk) -> "pd.DataFrame":
        """All returns in force as the units sent them, in the lines of any form."""
        return onto([part.in_force for part in self.parts], walk)

    def walk_of(self, months: Sequence[Month]) -> Crosswalk:
        """What brings the first months of the year onto the form that their tables were printed by."""
        forms = [part.form for part in self.parts if any(str(month) in part.form.edition.valid for month in months)]
        return Crosswalk(forms[-1], forms)


def judge_returns(
    taken: Taken,
    forms: Sequence[Form],
    office: Office,
    year: int,
    screen: Stages,
    printed: Sequence[PrintedFigure] = (),
    rulings: Rulings = NONE,
    last_year: YearBefore | None = None,
) -> Judged:
    """Judge what was taken in for a year by its ``forms``, the last of which is that of its tables.

    ``printed`` are the figures of the yearly report.
    """
    with screen.stage("校验"):
        alone = list(judge_each(taken, forms, office))
        taken, findings, tally = _together(taken, alone)
        findings = taken.replies.heard(findings)
        returns = ledger.enter(taken.returns, taken.receipts, findings, office, rulings, taken.mails)
    with screen.stage("对账"):
        parts = tuple(part_of(form, returns, taken, rulings) for form in forms)
        every = tuple(in_force_of(parts, returns, taken, office, year, last_year))
        reconciled = [_heard(reconcile(there, tally), taken) for there in every]
        judged = Judged(taken, returns, parts, every, Crosswalk(forms[-1], forms), findings, [], tally)
        asked, differences = compare(every, reconciled, judged.adjusted, printed, findings, rulings.waivers)
    asked = asked_above(asked, taken, returns)
    asked += [finding for part in parts for finding in part.adjusted.findings]
    return replace(judged, findings=[*findings, *asked], differences=differences)


def _together(taken: Taken, alone: Sequence[Alone]) -> tuple[Taken, list[Finding], Tally]:
    """What was judged form by form as one."""
    import pandas as pd

    if len(alone) == 1:
        return alone[0].taken, alone[0].findings, alone[0].tally
    rows = pd.concat([one.taken.rows for one in alone]).sort_index()
    findings = one_a_cell([finding for one in alone for finding in one.findings])
    return replace(taken, rows=rows), findings, Tally.of(one.tally for one in alone)


def _heard(reconciled: Reconciled, taken: Taken) -> Reconciled:
    """What comes of the returns in force, with what their units replied."""
    return reconciled._replace(findings=taken.replies.heard(reconciled.findings))


def part_of(form: Form, returns: "DataFrame[Entered]", taken: Taken, rulings: Rulings) -> Part:
    """The returns in force of a form."""
    own = returns[returns["in_force"] & (returns["edition"] == form.edition.id)]
    block = block_of(taken, own, form)
    return Part(form, block, adjust(block.wide, rulings.within(form.edition.valid), form))


def in_force_of(
    parts: Sequence[Part],
    returns: "DataFrame[Entered]",
    taken: Taken,
    office: Office,
    year: int,
    last_year: YearBefore | None,
) -> Iterator[InForce]:
    """The returns in force by form, each with what came before in the lines of that form."""
    blocks = [part.in_force for part in parts]
    latest = frozenset(int(ret) for ret in _latest(returns))
    before = last_year.forms if last_year else ()
    for n, part in enumerate(parts):
        walk = Crosswalk(part.form, (*before, *(other.form for other in parts)))
        wide = onto(blocks[n : n + 1], walk)
        so_far = onto(blocks[: n + 1], walk) if n else wide
        own = returns[returns["ret"].isin(wide.index)]
        rows = taken.rows[taken.rows["ret"].isin(wide.index)]
        last = last_year.onto(walk) if last_year else None
        yield InForce(walk, office, year, wide, so_far, rows, own, latest, last)


def _latest(returns: "pd.DataFrame") -> "pd.Series[int]":
    """The last return in force of each unit."""
    own = returns[returns["in_force"]].sort_values("period", kind="stable")
    return own.groupby("unit")["ret"].last()
