"""The year before, as far as it is known: its returns judged as those of this year are, and the office's own file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.intake import OwnFile, read_last_year
from pipeline.judge.adjust import adjust
from pipeline.judge.judging import one_a_cell
from pipeline.judge.last_year import LastFile, LastYear
from pipeline.judge.validate import confirm_zeros, validate
from pipeline.judge.wide import widen
from pipeline.ledger.closed import keep_closed, rulings_when_closed
from pipeline.ledger.published import Published, closing
from pipeline.ledger.reported import of_year
from pipeline.values.periods import Month
from pipeline.values.rulings import Rulings
from pipeline.values.taken import Taken
from schemas.form import Form, form_for
from schemas.office import Office

if TYPE_CHECKING:
    import pandas as pd


def last_year_of(
    year: int,
    own: OwnFile,
    everything: Taken,
    form: Form,
    forms: tuple[Form, ...],
    office: Office,
    rulings: Rulings,
    published: Sequence[Published],
) -> LastYear:
    """What is known of the year before ``year``; of a closed one, what was there at its closing."""
    months = list(Month(year - 1, 1).until(Month(year - 1, 12)))
    file = read_last_year(own, form, office, year)
    taken, closed = of_year(everything, months, forms), closing(published, year - 1)
    if closed:
        taken, rulings = keep_closed(taken, closed), rulings_when_closed(rulings, closed)
    return year_before(taken, form, forms, office, year - 1, file, rulings)


def year_before(
    taken: Taken, form: Form, forms: Iterable[Form], office: Office, year: int, file: LastFile, rulings: Rulings
) -> LastYear:
    """What is known of ``year``; ``taken`` are its returns in the inbox, of which those of ``form`` count.

    The office's rulings hold for them as they did then.
    """
    then = form_for(forms, f"{year}-12")
    other = then.edition.id if then and then.edition.id != form.edition.id else ""
    last = LastYear(year, form, office, returns := _in_force(taken, form, office, rulings), returns, file, other)
    adjusted = adjust(returns, rulings.within([str(month) for month in last.months]), form)
    return replace(last, consolidated=adjusted.wide)


def _in_force(taken: Taken, form: Form, office: Office, rulings: Rulings) -> "pd.DataFrame":
    """One wide row a return in force, in the order of the months."""
    own = taken.only(taken.returns[taken.returns["edition"] == form.edition.id])
    if own.returns.empty:
        return widen(own.rows, own.items, own.returns, form)  # the first year of most offices: nothing to judge
    own = confirm_zeros(own, form)
    found = validate(own, form, office.settings.thresholds.confirm_above)[0]
    entered = ledger.enter(own.returns, own.receipts, one_a_cell([*own.findings, *found]), office, rulings)
    there = entered[entered["in_force"]]
    counted = own.rows[own.rows["ret"].isin(there["ret"])]
    listed = own.items[own.items["ret"].isin(there["ret"])]
    return widen(counted, listed, there, form).sort_values("period", kind="stable")
