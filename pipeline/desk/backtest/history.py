"""What the inbox holds of all years, as the rules of any edition can be judged on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.intake import Listing, Receipts, list_inbox, read_own_files, read_rulings, take_in
from pipeline.judge.judging import judge_all, one_a_cell
from pipeline.judge.validate import confirm_zeros, possible, validate
from pipeline.judge.wide import by_item, shift, widen
from pipeline.values.rulings import RULINGS, Rulings
from pipeline.values.screen import Stages
from pipeline.values.taken import Taken
from pipeline.values.tally import Tally
from schemas.form import Form
from schemas.forms import as_asked, forms_of
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.rules import words
from schemas.rules.terms import Ref, Statement

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

    def wide(self, form: Form) -> "pd.DataFrame":
        """The returns as the lines of ``form``; what the own form does not have is not known, which is not 0."""
        import pandas as pd

        wide = widen(possible(self.taken.rows), self.taken.items, self.returns, form)
        own = {Ref(*key, measure) for key, entry in self.form.entries.items() for measure in entry.measures}
        asked = {Ref(*key, measure) for key, entry in form.entries.items() for measure in entry.measures}
        unknown = [str(ref) for ref in sorted(asked - own) if str(ref) in wide]
        wide[unknown] = pd.NA
        return wide.astype(dict.fromkeys(unknown, "Int64"))


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
        import pandas as pd

        wide = pd.concat([kept.wide(form) for kept in self.kept])
        return _judge(form, wide, self.returns, pd.concat([kept.taken.items for kept in self.kept]), self.office)

    def judge_each(self) -> tuple[Tally, list[Breach]]:
        """The verdicts of the rules in use: each return by its own form's."""
        tally, breaches = Tally(), list[Breach]()
        for kept in self.kept:
            breaches += _judge(kept.form, kept.wide(kept.form), kept.returns, kept.taken.items, self.office, tally)[1]
        return tally, breaches


def read_history(inbox: Path, office: Office, as_of: date, screen: Stages) -> History:
    """Read the inbox; the receipts book stays as it is. Raises CannotRun where it holds no return."""
    files, _ = list_inbox(inbox) if inbox.is_dir() else Listing([], [])
    forms = forms_of(office)
    receipts = Receipts.read(inbox) if files else Receipts()
    with screen.stage("读取月报") as progress:
        taken = take_in(files, receipts, forms, office, 1, progress) if files else None
    rulings, _ = read_rulings(read_own_files(inbox, 1)[RULINGS], forms, office, as_of)
    kept = tuple(_keep(taken, forms, office, rulings)) if taken else ()
    if not kept:
        raise CannotRun(f"收件夹“{inbox}”里没有能试的月报。请把收到的月报放进去，或用 --inbox 写明收件夹。")
    return History(kept, as_asked(office, forms))


def _keep(taken: Taken, forms: Sequence[Form], office: Office, rulings: Rulings) -> Iterator[Kept]:
    for form in forms:
        returns = taken.returns[taken.returns["edition"] == form.edition.id]
        if returns.empty:
            continue
        own = confirm_zeros(taken.only(returns), form)
        judged, _ = validate(own, form, office.settings.thresholds.confirm_above)
        entered = ledger.enter(returns, own.receipts, one_a_cell([*own.findings, *judged]), office, rulings)
        yield Kept(form, entered[entered["version"].notna()], own)


def _judge(
    form: Form,
    wide: "pd.DataFrame",
    returns: "pd.DataFrame",
    items: "pd.DataFrame",
    office: Office,
    tally: Tally | None = None,
) -> tuple[Tally, list[Breach]]:
    tally, breaches = tally or Tally(), list[Breach]()
    single = tuple(s for s in form.judged if s.scope == "return" and not s.spans_months)
    spanning = tuple(s for s in form.judged if s.spans_months)
    there = returns.loc[returns["in_force"], "ret"]
    beside = shift(wide.loc[there], {ref for s in spanning for ref in s.refs}, form, office)
    for statements, frame in ((single, wide), (spanning, beside)):
        for statement, ret, left, right in judge_all(statements, frame, tally):
            breaches.append(Breach(statement.rule, ret, words.complaint(statement, form.entries, left, right)))
    for table in form.edition.tables:
        rules = tuple(s for s in form.judged if s.scope == "row" and s.at.table == table.id)
        if rules:
            breaches += _judge_rows(
                rules, form, by_item(items[items["ret"].isin(returns["ret"])], returns, table), tally
            )
    return tally, breaches


def _judge_rows(rules: tuple[Statement, ...], form: Form, listed: "pd.DataFrame", tally: Tally) -> Iterator[Breach]:
    """The rules about each row of a register; ``listed`` as by_item gives it."""
    rows = listed.to_dict("index")
    for statement, item, _, _ in judge_all(rules, listed, tally):
        row = rows[item]
        texts = {ref.line: str(row[ref.line]) for ref in statement.refs}
        message = words.dates_complaint(statement, form.named, int(row["row"]), texts)
        yield Breach(statement.rule, int(row["ret"]), message)
