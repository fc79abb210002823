"""Random worlds whose files are moved, renamed, put into folders, zipped and unzipped: nothing printed changes.

Eleven worlds in the slow lane, sixty larger ones by command: `python -m pytest -m long tests/worlds`.
"""

from collections import Counter
from pathlib import Path

import pytest

from pipeline.intake import list_inbox
from pipeline.tables.outcome import Outcome
from schemas.rules.terms import Ref
from tests.worlds.world import LINES, World, grow, moved, ruled

LATE = "2012-06-15"
STATES = {"退回", "待核实", "通过", "核实通过", "暂列", "作废"}
SMALL = [(0, 2, 1), (1, 2, 1), *((seed, 2, 2) for seed in range(100, 109))]
LARGE = [(seed, 4, 3) for seed in range(1000, 1060)]


def worlds(lane: list[tuple[int, int, int]], mark: pytest.MarkDecorator) -> list[object]:
    return [pytest.param(*one, id=f"world {one[0]}", marks=[mark]) for one in lane]


@pytest.mark.parametrize(
    ("seed", "units", "months"),
    [*worlds(SMALL, pytest.mark.slow), *worlds(LARGE, pytest.mark.long)],
)
def test_where_files_lie_and_what_they_are_called_changes_nothing(tmp_path, seed, units, months):
    world = grow(tmp_path, seed, units, months)
    last = f"2012-{months:02}"
    first = world.desk.examine(LATE, last)
    ruled(world, [f.id for f in first.open_findings if f.level == "verify"])
    before = world.desk.examine(LATE, last)
    book = (world.desk.inbox / "收件登记.csv").read_bytes()

    moved(world)
    after = world.desk.examine(LATE, last)

    assert told(after) == told(before)
    assert (world.desk.inbox / "收件登记.csv").read_bytes() == book
    for outcome in (before, after):
        each_file_has_one_state(outcome)
        totals_are_those_of_the_cells(world, outcome)
    assert sorted(row.sha256 for row in after.returns.itertuples() if row.file) == sorted(
        file.sha256 for file in list_inbox(world.desk.inbox, 0).files if file.sha256 or file.trouble
    )


def told(outcome: Outcome) -> dict[str, object]:
    """Everything that a run tells, without the places where files lie."""
    where = ["file", "sheet", "cell"]
    return {
        "returns": rows(outcome.returns.drop(columns="file")),
        "facts": rows(outcome.facts.drop(columns="file")),
        "receipts": rows(outcome.receipts.drop(columns="file")),
        "findings": Counter(
            (f.id, f.level, f.rule, f.unit, f.period, f.sheet, f.cell, f.value, f.state) for f in outcome.findings
        ),
        "differences": Counter(
            (d.id, d.scope, d.unit, d.period, d.left_value, d.right_value) for d in outcome.differences
        ),
        "tables": [(t.annual.id, t.rows) for t in outcome.tables],
        "changes": rows(outcome.amended.drop(columns=["from_file", "to_file", *where[1:]])),
        "sent back": Counter((back.unit, back.period, back.edition) for back in outcome.sent_back),
        "coverage": outcome.coverage,
    }


def rows(frame) -> Counter[tuple[str, ...]]:
    return Counter(frame.astype("str").itertuples(index=False, name=None))


def each_file_has_one_state(outcome: Outcome) -> None:
    there = outcome.returns[outcome.returns["file"] != ""]
    assert there["file"].is_unique
    assert set(there["state"]) <= STATES


def totals_are_those_of_the_cells(world: World, outcome: Outcome) -> None:
    """The year's totals, summed from the cells of the returns that count, told without the program."""
    for line in LINES:
        table, _, code = line.partition(".")
        facts = outcome.facts
        own = facts[(facts["table"] == table) & (facts["line"] == code) & (facts["measure"] == "month")]
        printed = {(outcome.office.short(f.unit), f.period): int(f.value) for f in own.itertuples()}
        wanted = {
            (unit, month): world.number(content, line, unit, month)
            for unit, month in {(one.unit, one.month) for one in world.sent}
            if (content := world.counting(unit, month))
        }
        assert printed == wanted, (line, Path(world.desk.inbox).name)
        assert totals_printed(outcome, line) == {sum(wanted.values()) if wanted else None}


def totals_printed(outcome: Outcome, line: str) -> set[int | None]:
    """What the annual tables print as the total of a line; None where nothing counts."""
    table, _, code = line.partition(".")
    return {
        row.numbers[at]
        for annual in outcome.tables
        for at, column in enumerate(annual.columns)
        if column.linear and column.linear.terms == ((1, Ref(table, code)),) and not column.linear.constant
        for row in annual.rows
        if row.kind == "total"
    }
