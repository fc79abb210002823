"""The one judge: each return by itself, by its own form. Of the year, the year before, a closed year and backtest."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.judge.block import Block, in_own_steps, onto
from pipeline.judge.judging import one_a_cell
from pipeline.judge.validate import confirm_zeros, possible_block, validate
from pipeline.story.below import judged_above
from pipeline.values.findings import Finding
from pipeline.values.taken import Taken
from pipeline.values.tally import Tally
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Wide


class Alone(NamedTuple):
    """The returns of one form, each judged by itself: ``taken`` with zeros confirmed, and everything found in them."""

    form: Form
    taken: Taken
    findings: list[Finding]
    tally: Tally


def judge(taken: Taken, form: Form, office: Office, earlier: "DataFrame[Wide] | None" = None) -> Alone:
    """Judge each return of what was ``taken`` in by the form, which is its own: cells, cover, rules within it.

    The one judge: of the year, the year before, a closed year and backtest, called once a form. ``earlier`` are returns
    of the forms before, in the lines of this one.
    """
    own = confirm_zeros(taken, form)
    found, tally = validate(own, form, office.settings.thresholds.confirm_above, earlier)
    found = judged_above(found, own) if own.below else found
    return Alone(form, own, one_a_cell([*own.findings, *found]), tally)


def judge_each(taken: Taken, forms: Sequence[Form], office: Office) -> Iterator[Alone]:
    """Each return by its own form; what has no form is judged beside the last, for nothing is in it."""
    known = {form.edition.id for form in forms}
    editions = taken.returns["edition"]
    before: list[Block] = []
    for form in forms:
        own = editions == form.edition.id
        if form is forms[-1]:
            own |= ~editions.isin(known)
        walk = Crosswalk(form, [block.form for block in before])
        earlier = in_own_steps(onto(before, walk), walk) if before else None
        alone = judge(taken if own.all() else taken.only(taken.returns[own]), form, office, earlier)
        before += [possible_block(alone.taken, form)] if form is not forms[-1] else []
        yield alone
