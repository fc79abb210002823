"""Every rule of every edition, and every kind of finding, has an example that trips it, and nothing else.

The examples come in one post: each unit makes one mistake, and is told of that one alone.
"""

import pickle
from collections.abc import Callable
from functools import cache, partial
from itertools import chain
from pathlib import Path

import pytest

from pipeline.outbox.publish import publish
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding
from schemas.forms import read_form
from schemas.messages import catalogue
from schemas.office import OFFICES, read_office
from schemas.units import UnitRow, units_of
from tests.builders import Desk, complaints
from tests.pipeline.examples import AT_THE_YEARS_END, CATALOGUE, DRIFT, OF_THE_YEAR_BEFORE
from tests.pipeline.examples_of_rules import RULES
from tests.pipeline.happenings import Example
from tests.pipeline.questions import QUESTIONS
from tests.pipeline.ruled import CLOSED, FORMS, LEAKS, ON_PAPER, OWN_FILES
from tests.pipeline.ruled import SHOWN as RULED
from tests.pipeline.test_mails import SHOWN as MAILS
from tests.replies.answering import SHOWN as REPLIES
from tests.upward.world import SHOWN as UPWARD

OFFICE = read_office()
HOMES = {name: home for home in map(read_office, sorted(OFFICES.iterdir())) for name in home.settings.editions}
OF_EDITION = {"jyg-2012": RULES, "sfs-2012": RULES}
POSTS = {
    **{edition: (edition, rules) for edition, rules in OF_EDITION.items()},
    "catalogue": ("jyg-2012", CATALOGUE),
    "drift": ("jyg-2012", DRIFT),
}
YET_TO_COME = UnitRow(
    code="620200-099", name="嘉峪关市新设局", short="市新设局", kind="市政府部门", valid_from="2013-02"
)
YEARS_END, NEXT_YEAR = "year's end", "next year"
ENDS = {YEARS_END: AT_THE_YEARS_END, NEXT_YEAR: OF_THE_YEAR_BEFORE}
# A form that has the rules of another, which it extends; what other tests tell in the default lane.
SECOND_LINE = {"sfs-2012", "drift", "catalogue", YEARS_END, NEXT_YEAR}
IN_THE_POST = [(name, rule) for name, (_, examples) in POSTS.items() for rule in examples]


def marked(*values: str) -> object:
    """The parameters of a test about a post, in the lane of that post."""
    return pytest.param(*values, marks=[pytest.mark.slow] if values[0] in SECOND_LINE else [])


def senders(post: str) -> dict[str, tuple[str, Example]]:
    """The unit that makes each mistake, by rule; those that keep records of others are not among them."""
    _, examples = POSTS[post]
    owners = {code.owner for code in OFFICE.codes["channels"]}
    units = [unit for unit in OFFICE.units if unit.code not in owners]
    assert len(examples) <= len(units), "more examples than units: split the post in two"
    own = {example.of for example in examples.values()}
    others = iter(unit.short for unit in units if unit.short not in own)
    return {rule: (example.of or next(others), example) for rule, example in examples.items()}


def send_the_post(folder: Path, post: str) -> Outcome:
    """What is found when each unit makes one mistake; nothing is overdue yet."""
    edition, _ = POSTS[post]
    settings = OFFICE.settings.model_copy(update={"editions": (edition,)})
    desk = Desk(folder, OFFICE._replace(settings=settings, units=(*OFFICE.units, *units_of([YET_TO_COME]))))
    for rule, (unit, example) in senders(post).items():
        example.happens(desk, unit, rule)
    return desk.examine(as_of="2012-01-31", through="2012-12")


def end_the_year(folder: Path) -> Outcome:
    """What is found when one of two units sent January and the yearly report is at hand."""
    desk = Desk(folder, OFFICE._replace(units=OFFICE.units[:2]))
    desk.send(OFFICE.units[0].short)
    for rule, example in AT_THE_YEARS_END.items():
        example.happens(desk, OFFICE.units[1].short, rule)
    return desk.examine(as_of="2012-02-07", through="2012-12")


def begin_the_next_year(folder: Path) -> Outcome:
    """What is found in the next January of two units, where the office has figures of its own of the year before."""
    desk = Desk(folder, OFFICE._replace(units=OFFICE.units[:2]))
    for rule, example in OF_THE_YEAR_BEFORE.items():
        example.happens(desk, OFFICE.units[1].short, rule)
    return desk.examine(as_of="2013-01-31")


@pytest.fixture(scope="session")
def outcome(once) -> Callable[[str], Outcome]:
    """What is found in each post, or at the year's end; each is sent once for all workers."""
    ends = {YEARS_END: end_the_year, NEXT_YEAR: begin_the_next_year}
    makers = {**{post: partial(send_the_post, post=post) for post in POSTS}, **ends}

    @cache
    def found(name: str) -> Outcome:
        folder = once(f"post-{name}", lambda own: dump(makers[name](own), own / "found.pickle"))
        return pickle.loads((folder / "found.pickle").read_bytes())  # noqa: S301  # we wrote it

    return found


def dump(found: Outcome, path: Path) -> None:
    path.write_bytes(pickle.dumps(found))


def told_to(found: Outcome, unit: str, file: str) -> list[Finding]:
    """The findings about a unit, and those about its file where the unit is not known."""
    code = next(u.code for u in OFFICE.units if u.short == unit)
    return [f for f in found.findings if f.unit == code or (not f.unit and Path(f.file).stem == file)]


@pytest.mark.parametrize("edition", HOMES)
def test_every_rule_has_an_example_and_every_example_a_rule(edition):
    rules = {statement.rule for statement in read_form(edition, HOMES[edition]).statements}

    told = {*CATALOGUE, *DRIFT, *AT_THE_YEARS_END, *OF_THE_YEAR_BEFORE}
    elsewhere = {*QUESTIONS, *RULED, *CLOSED, *ON_PAPER, *OWN_FILES, *FORMS, *LEAKS}
    elsewhere |= REPLIES | MAILS | UPWARD
    ours = {"W-LOS-01"}  # no return brings it about: it tells of a defect of the program's
    assert set(OF_EDITION[edition]) | told | elsewhere | ours == rules | set(catalogue())
    assert set(OF_EDITION[edition]) & told == set()


@pytest.mark.parametrize(("post", "rule"), [marked(*both) for both in IN_THE_POST])
def test_the_unit_is_told_of_its_mistake_and_nothing_else(outcome, post, rule):
    unit, example = senders(post)[rule]
    own = (rule, example.sheet, example.cell)

    found = told_to(outcome(post), unit, rule)

    assert sorted((f.rule, f.sheet, f.cell) for f in found) == sorted([own, *example.besides])
    assert example.says in next(f.message for f in found if (f.rule, f.sheet, f.cell) == own)


@pytest.mark.parametrize("post", [marked(post) for post in POSTS])
def test_the_post_holds_nothing_beyond_its_examples(outcome, post):
    besides = chain.from_iterable(example.besides for _, example in senders(post).values())

    told = sorted(rule for rule, _, _ in complaints(outcome(post)))

    assert told == sorted([*senders(post), *(rule for rule, _, _ in besides)])


@pytest.mark.parametrize(
    "post", [marked(post) if post == "catalogue" else pytest.param(post, marks=pytest.mark.slow) for post in POSTS]
)
def test_whatever_went_wrong_the_outbox_is_written(outcome, post, tmp_path):
    assert all(path.exists() for path in publish(outcome(post), tmp_path))


@pytest.mark.parametrize("end", [marked(end) for end in ENDS])
def test_the_years_end_and_the_next_year_bring_their_examples_to_light(outcome, end):
    examples = ENDS[end]
    expected = [(rule, example.sheet, example.cell) for rule, example in examples.items()]

    assert complaints(outcome(end)) == expected
    for finding in outcome(end).findings:
        assert examples[finding.rule].says in finding.message


@pytest.mark.parametrize("post", [marked(post) for post in (*POSTS, *ENDS)])
def test_every_finding_is_a_sentence_and_says_what_to_do(outcome, post):
    for finding in outcome(post).findings:
        assert finding.message.endswith("。"), finding.rule
        assert finding.remedy.endswith("。"), finding.rule
