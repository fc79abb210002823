"""What an edition's rules would have found, beside what the rules in use find."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from pipeline.desk.backtest.history import Breach, History, read_history
from pipeline.values.screen import Stages
from pipeline.values.tally import Tally
from schemas.form import Form
from schemas.forms import read_draft, read_form
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.rules.terms import Statement

EXAMPLES = 3

Change = Literal["new", "changed", "same", "removed"]


@dataclass(frozen=True)
class Counts:
    """In how many returns a rule was judged, lacked a value, fired; ``in_force``: fired in accepted ones."""

    judged: int
    not_judged: int
    fired: int
    in_force: int


@dataclass(frozen=True)
class Example:
    """A return in which a rule fires, with both sides in a sentence."""

    unit: str
    period: str
    file: str
    message: str


@dataclass(frozen=True)
class Tried:
    """A rule: what it is to the rules in use, what it finds (None where removed), what the one in use finds.

    ``rejects`` are the returns in force that it would send back.
    """

    rule: str
    level: str
    change: Change
    counts: Counts | None
    before: Counts | None
    rejects: int
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Backtest:
    """All rules of an edition, and those it does without, over ``returns`` from the first to the last month."""

    edition: str
    returns: int
    first: str
    last: str
    rules: tuple[Tried, ...]

    @property
    def rejects(self) -> int:
        """How often a new or changed rule would send back a return that is accepted today."""
        return sum(rule.rejects for rule in self.rules)


def backtest(inbox: Path, edition: str, office: Office, as_of: date, screen: Stages) -> Backtest:
    """Try the edition (an id, or the path of a .toml) on all returns in the inbox. Raises CannotRun, Mistake."""
    draft = _draft(edition, office)
    history = read_history(inbox, office, as_of, screen)
    with screen.stage("试判"):
        own, now = history.judge(draft), history.judge_in_use()
    current = history.kept[-1].form
    rules = [_tried(rule, draft, current, history, own, now) for rule in _ids(draft) | _ids(current)]
    periods = [str(period) for period in history.returns["period"]]
    return Backtest(draft.edition.id, len(periods), min(periods), max(periods), tuple(rules))


def _draft(edition: str, office: Office) -> Form:
    path = Path(edition)
    if path.suffix != ".toml":
        return read_form(edition, office)
    if not path.exists():
        raise CannotRun(f"找不到“{edition}”。请写表式的编号，或表式文件（.toml）的路径。")
    return read_draft(path, office)


def _ids(form: Form) -> dict[str, str]:
    """The rules of a form with their levels, in the order of the edition."""
    return {statement.rule: statement.level for statement in form.judged}


def _tried(
    rule: str, draft: Form, current: Form, history: History, own: tuple[Tally, list[Breach]],
    now: tuple[Tally, list[Breach]],
) -> Tried:  # fmt: skip
    change = _change(_meaning(draft, rule), _meaning(current, rule))
    level = (_ids(current) | _ids(draft))[rule]
    counts = None if change == "removed" else _counts(rule, own[0], history)
    before = None if change == "new" else _counts(rule, now[0], history)
    rejects = counts.in_force if counts and level == "must" and change in {"new", "changed"} else 0
    breaches = [breach for breach in (now if change == "removed" else own)[1] if breach.rule == rule]
    return Tried(rule, level, change, counts, before, rejects, _examples(breaches, history))


def _meaning(form: Form, rule: str) -> tuple[Statement, ...]:
    """What a rule claims, whatever its words."""
    return tuple(replace(statement, ask="") for statement in form.judged if statement.rule == rule)


def _change(draft: Collection[Statement], current: Collection[Statement]) -> Change:
    if not draft:
        return "removed"
    return "new" if not current else "same" if draft == current else "changed"


def _counts(rule: str, tally: Tally, history: History) -> Counts:
    returns = history.returns
    spoken_of = tally.spoken_of[rule] & {int(ret) for ret in returns["ret"]}
    broken, accepted = tally.broken[rule] & spoken_of, {int(ret) for ret in returns.loc[returns["in_force"], "ret"]}
    lacking = (tally.lacking[rule] & spoken_of) - broken
    return Counts(len(spoken_of) - len(lacking), len(lacking), len(broken), len(broken & accepted))


def _examples(breaches: Sequence[Breach], history: History) -> tuple[Example, ...]:
    """The first returns in which it fires, by month and unit; one sentence a return."""
    first = {breach.ret: breach.message for breach in reversed(breaches)}
    own = history.returns[history.returns["ret"].isin(first)]
    about = own[["unit", "period", "file", "ret"]].head(EXAMPLES).itertuples(index=False, name=None)
    return tuple(Example(unit, period, file, first[int(ret)]) for unit, period, file, ret in about)
