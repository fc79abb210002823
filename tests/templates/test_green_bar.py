"""The green bar keeps its word: what a run asks of a return is what the form said before it was sent."""

from dataclasses import dataclass

import pytest

from pipeline.judge.known import known_of
from pipeline.paper.templates import Prior
from pipeline.values.periods import Month
from tests.builders import Desk, sound, sound_items
from tests.publish.reading import by_formualizer, differences, shown
from tests.templates.faults import ELSEWHERE, FAULTS, Fault

pytestmark = pytest.mark.slow

MAY = Month(2012, 5)
BEFORE = [f"2012-{n:02}" for n in range(1, 5)]
COLOURS = {"还不": "must", "请填": "must", "请说": "asked", "校验": ""}


@dataclass(frozen=True)
class Sent:
    """A return of May as its unit sees it, and what a run has about it."""

    fault: Fault
    bar: str
    level: str
    rules: frozenset[str]


def usual(desk: Desk, number: int, month: int) -> dict[str, int | str | None]:
    """What the unit with this number has in a month: like other months, and like no other unit."""
    read = 0 if number % 2 else 5
    return {"T2.04": read, "T2.05": 120 + 7 * month + 3 * number, "T2.08": 7 + month % 3, "T2.07": 2 + number % 4}


def send(desk: Desk, unit: str, number: int, fault: Fault, known) -> str:
    """The unit's return of May; returns the banner."""
    changes = usual(desk, number, 4 if fault.again else 5) | dict(fault.changes)
    form = desk.layout(str(MAY), unit).form
    if fault.idle:
        changes = {f"{table}.{code}": None for (table, code), e in form.entries.items() if e.is_input}
    values = sound(form) | {}
    items = [] if fault.idle else sound_items(form, MAY, values)
    if fault.register:
        fault.register(items)
    path = desk.send(
        unit, str(MAY), changes, cover=fault.cover, notes=fault.notes, items=items, known=known,
        prior=Prior() if fault.blank else None, received="2012-06-03",
    )  # fmt: skip
    cells = shown(path)
    assert differences(cells, shown(by_formualizer(path))) == {}, fault
    return str(cells["封面", "A2"])


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """Every fault, each by a unit of its own which had four sound months before."""
    desk = Desk(tmp_path_factory.mktemp("green"))
    names = [
        u.short for u in desk.office.units_in(str(MAY)) if not desk.form(str(MAY)).of(str(MAY), u.code).table("T5")
    ]
    units = dict(zip(names, (*FAULTS, *ELSEWHERE), strict=False))
    assert len(units) == len(FAULTS) + len(ELSEWHERE)
    for number, unit in enumerate(units):
        for month in BEFORE:
            desk.send(unit, month, usual(desk, number, int(month[-2:])), received=f"{month}-28")
    before = desk.examine("2012-05-20", "2012-04")
    assert before.open_questions == ()
    codes = {unit: desk.unit(unit).code for unit in units}
    known = known_of(before.in_force, before.form, set(codes.values()), MAY, desk.office)
    bars = {unit: send(desk, unit, n, fault, known[codes[unit]]) for n, (unit, fault) in enumerate(units.items())}
    outcome = desk.examine("2012-06-03", "2012-05")
    own = {
        unit: [f for f in (*outcome.findings, *outcome.questions) if f.unit == codes[unit] and f.period == str(MAY)]
        for unit in units
    }
    return {
        unit: Sent(
            fault,
            COLOURS[bars[unit][:2]],
            level([f for f in own[unit] if f.pending and f.file]),
            frozenset(f.rule for f in own[unit]),
        )
        for unit, fault in units.items()
    }


def level(open_findings):
    return "must" if any(f.level == "must" for f in open_findings) else "asked" if open_findings else ""


def test_each_fault_is_found_by_a_run_and_asked_in_the_form(sent):
    told = [one for one in sent.values() if one.fault in FAULTS]

    assert [(one.fault, one.rules) for one in told if one.fault.rule and one.fault.rule not in one.rules] == []
    assert [(one.fault, one.bar, one.level, one.rules) for one in told if one.bar != one.level] == []
    assert [
        (one.fault, one.level) for one in told if one.level != {"must": "must", "": ""}.get(one.fault.level, "asked")
    ] == []


def test_what_a_form_cannot_ask_is_known_by_name(sent):
    """Of what needs the whole office, or more than one comparison a row, the form is green and a run asks."""
    told = {
        one.fault.rule: (one.bar, one.level, one.fault.rule in one.rules)
        for one in sent.values()
        if one.fault in ELSEWHERE
    }

    assert told == {fault.rule: ("", "asked", True) for fault in ELSEWHERE}
