"""The year before, as far as it is known: its returns judged as those of this year are, and the office's own file."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import ledger
from pipeline.intake import OwnFile, read_last_year
from pipeline.judge.adjust import adjust
from pipeline.judge.block import Block, block_of, figures_onto, onto
from pipeline.judge.last_year import LastFile, LastYear
from pipeline.ledger.published import Published, closing
from pipeline.ledger.reported import forms_in, of_year
from pipeline.story.alone import judge_each
from pipeline.story.closed_year import Reported, blocks_of
from pipeline.tables.answers import Answers
from pipeline.tables.year_on_year import year_on_year
from pipeline.values.growth import GrowthTables
from pipeline.values.periods import Month
from pipeline.values.rulings import Rulings
from pipeline.values.taken import Taken
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.office import Office
from schemas.period import periods_of


@dataclass(frozen=True)
class YearBefore:
    """What is known of a year: its returns in force by form, as sent and as reported, and the office's own file."""

    year: int
    office: Office
    in_force: tuple[Block, ...]
    reported: tuple[Block, ...]
    file: LastFile

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that were in use."""
        return tuple(block.form for block in self.in_force)

    def beside(self, reported: Reported, own: Sequence[Form], months: Sequence[Month], office: Office) -> GrowthTables:
        """The figures of the year after it, by whose ``own`` forms both are told, beside its."""
        walk = Crosswalk(own[-1], (*self.forms, *own))
        answers = Answers(walk.form, onto(reported.blocks, walk), reported.book, months, office)
        return year_on_year(answers, self.onto(walk))

    @property
    def returns(self) -> int:
        """How many returns are known."""
        return sum(len(block.wide) for block in self.in_force)

    def onto(self, walk: Crosswalk) -> LastYear:
        """The same in the lines of a form."""
        returns, consolidated = (onto(blocks, walk) for blocks in (self.in_force, self.reported))
        return LastYear(self.year, walk.form, self.office, returns, consolidated, figures_onto(self.file, walk))


def last_year_of(
    year: int,
    own: OwnFile,
    everything: Taken,
    given: Sequence[Form],
    forms: Sequence[Form],
    office: Office,
    rulings: Rulings,
    published: Sequence[Published],
) -> YearBefore:
    """What is known of the year before ``year``; of a closed one, what was there at its closing.

    ``given`` are the forms of ``year``, ``forms`` are all. The office's own file is written in the lines of ``given``,
    or in those of the year before.
    """
    months = periods_of(year - 1, given[0].edition.length)
    closed, then = closing(published, year - 1), forms_in(forms, months) or given[:1]
    file = read_last_year(own, given, office, year, then)
    if closed:
        sent, reported = (blocks_of(closed.facts, then, adjusted=adjusted) for adjusted in (False, True))
        return YearBefore(year - 1, office, sent, reported, file)
    in_force = tuple(_in_force(of_year(everything, months, forms), then, office, rulings))
    reported = tuple(
        Block(block.form, adjust(block.wide, rulings.within(_months(block.form, months)), block.form).wide)
        for block in in_force
    )
    return YearBefore(year - 1, office, in_force, reported, file)


def _months(form: Form, months: Sequence[Month]) -> list[str]:
    """The months that are a form's own."""
    return [str(month) for month in months if str(month) in form.edition.valid]


def _in_force(taken: Taken, forms: Sequence[Form], office: Office, rulings: Rulings) -> "list[Block]":
    """The returns in force of each form, in the order of the months."""
    known = taken.returns["edition"].isin([form.edition.id for form in forms])
    if not known.any():  # the first year of most offices: nothing to judge
        return [block_of(taken, taken.returns[known], form) for form in forms]
    alone = list(judge_each(taken.only(taken.returns[known]), forms, office))
    found = []
    returns = taken.returns[known]
    entered = ledger.enter(
        returns, taken.only(returns).receipts, [f for one in alone for f in one.findings], office, rulings
    )
    for one in alone:
        own = entered[entered["in_force"] & (entered["edition"] == one.form.edition.id)]
        block = block_of(one.taken, own, one.form)
        in_order = block.wide["period"].sort_values(kind="stable").index
        found.append(Block(block.form, block.wide.loc[in_order]))
    return found
