"""What the inbox holds of all years, as the rules of any edition can be judged on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.intake import Listing, Receipts, list_inbox, read_own_files, read_rulings, take_in
from pipeline.judge.block import Block, block_of, items_onto, onto
from pipeline.judge.judging import judge_all
from pipeline.judge.validate import possible
from pipeline.judge.wide import by_item, shift
from pipeline.story.alone import judge_each
from pipeline.values.rulings import RULINGS, Rulings
from pipeline.values.screen import Stages
from pipeline.values.taken import Taken
from pipeline.values.tally import Tally
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.forms import as_asked, forms_of
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.rules import words
from schemas.rules.terms import Statement

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Breach:
    """A rule broken in a return, with both sides in a sentence."""

    rule: str
    ret: int
    message: str


@dataclass(frozen=True)
class Kept:
    """The returns of one form: every version, with ``in_force`` as the form's own rules decided."""

    form: Form
    returns: "pd.DataFrame"
    taken: Taken

    @property
    def block(self) -> Block:
        """Every version as its own form has it; what cannot be is not known."""
        return block_of(replace(self.taken, rows=possible(self.taken.rows, self.form)), self.returns, self.form)


@dataclass(frozen=True)
class History:
    """Everything in the inbox that is a return, by form."""

    kept: tuple[Kept, ...]
    office: Office

    @property
    def returns(self) -> "pd.DataFrame":
        """Every return that can be judged: ret, unit, period, file, in_force."""
        import pandas as pd

        return pd.concat([kept.returns for kept in self.kept]).sort_values(["period", "unit", "ret"])

    def judge(self, form: Form) -> tuple[Tally, list[Breach]]:
        """The verdicts of a form's rules on all returns; those between months on the ones in force."""
        return self._judge(form, self.kept, Tally())

    def judge_in_use(self) -> tuple[Tally, list[Breach]]:
        """The verdicts of the rules in use: each return by its own form's."""
        tally, breaches = Tally(), list[Breach]()
        for kept in self.kept:
            breaches += self._judge(kept.form, (kept,), tally)[1]
        return tally, breaches

    def _judge(self, form: Form, asked: Sequence[Kept], tally: Tally) -> tuple[Tally, list[Breach]]:
        """The verdicts of a form on some of the returns, beside all earlier ones, in its own lines."""
        walk = Crosswalk(form, [kept.form for kept in self.kept])
        single = tuple(s for s in walk.form.judged if s.scope == "return" and not s.spans_months)
        spanning = tuple(s for s in walk.form.judged if s.spans_months)
        wide, every = (onto([kept.block for kept in own], walk) for own in (asked, self.kept))
        there = set(self.returns.loc[self.returns["in_force"], "ret"])
        now, earlier = wide[wide.index.isin(there)], every[every.index.isin(there) & ~every.index.isin(wide.index)]
        beside = shift(now, {ref for s in spanning for ref in s.refs}, walk.form, self.office, earlier)
        breaches = [
            Breach(statement.rule, ret, words.complaint(statement, walk.form.entries, left, right))
            for statements, frame in ((single, wide), (spanning, beside))
            for statement, ret, left, right in judge_all(statements, frame, tally)
        ]
        return tally, [*breaches, *(breach for kept in asked for breach in _of_items(form, kept, walk, tally))]


def read_history(inbox: Path, office: Office, as_of: date, screen: Stages) -> History:
    """Read the inbox; the receipts book stays as it is. Raises CannotRun where it holds no return."""
    files, _ = list_inbox(inbox) if inbox.is_dir() else Listing([], [])
    forms = forms_of(office)
    receipts = Receipts.read(inbox) if files else Receipts()
    with screen.stage("读取报表") as progress:
        taken = take_in(files, receipts, forms, office, 1, progress) if files else None
    rulings, _ = read_rulings(read_own_files(inbox, 1)[RULINGS], forms, office, as_of)
    kept = tuple(_keep(taken, forms, office, rulings)) if taken else ()
    if not kept:
        raise CannotRun(f"收件夹“{inbox}”里没有能试的报表。请把收到的报表放进去，或用 --inbox 写明收件夹。")
    return History(kept, as_asked(office, forms))


def _keep(taken: Taken, forms: Sequence[Form], office: Office, rulings: Rulings) -> Iterator[Kept]:
    own = [form for form in forms if (taken.returns["edition"] == form.edition.id).any()]
    known = taken.returns["edition"].isin([form.edition.id for form in own])
    for alone in judge_each(taken.only(taken.returns[known]), own, office) if own else ():
        entered = ledger.enter(alone.taken.returns, alone.taken.receipts, alone.findings, office, rulings)
        yield Kept(alone.form, entered[entered["version"].notna()], alone.taken)


def _of_items(form: Form, kept: Kept, walk: Crosswalk, tally: Tally) -> Iterator[Breach]:
    """The rules about each row of a register, on the items of some returns, as the form calls their fields."""
    for table in form.edition.tables:
        rules = tuple(s for s in form.judged if s.scope == "row" and s.at.table == table.id)
        items = items_onto(kept.taken.items, kept.form, table.id, walk) if rules else None
        if items is not None and len(items):
            returns = kept.returns
            yield from _judge_rows(
                rules, form, by_item(items[items["ret"].isin(returns["ret"])], returns, table), tally
            )


def _judge_rows(rules: tuple[Statement, ...], form: Form, listed: "pd.DataFrame", tally: Tally) -> Iterator[Breach]:
    """The rules about each row of a register; ``listed`` as by_item gives it."""
    rows = listed.to_dict("index")
    for statement, item, _, _ in judge_all(rules, listed, tally):
        row = rows[item]
        texts = {ref.line: str(row[ref.line]) for ref in statement.refs}
        message = words.dates_complaint(statement, form.named, int(row["row"]), texts)
        yield Breach(statement.rule, int(row["ret"]), message)
