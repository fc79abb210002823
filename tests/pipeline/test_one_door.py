"""Earlier periods and other forms come to a form by one door: a frame of returns, a frame of facts, a file of figures."""

import ast
from pathlib import Path

import pytest

import pipeline

ROOT = Path(pipeline.__file__).parent
SOURCES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8")) for path in ROOT.rglob("*.py")}
DOORS = {"judge/block.py", "tables/brought.py"}
# What reads returns or facts of another period than its own, of what came in by a door. A new one is written here, with
# thought: it takes what it reads as an argument.
READERS = {
    "judge/wide.py",  # shift: the columns of months before
    "judge/figures.py",  # the numbers of single returns, for slips
    "judge/last_year.py",
    "judge/plausibility/panel.py",
    "judge/plausibility/cells.py",
    "judge/reconcile/cumulative.py",
    "judge/reconcile/months.py",
    "judge/reconcile/last_year.py",
    "tables/year_on_year.py",
    "tables/revise/ripple.py",  # later months
    "paper/templates/prior.py",
    "tables/gone.py",
}


def calls(tree: ast.AST) -> set[str]:
    """The names of everything that is called."""
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {f.attr if isinstance(f, ast.Attribute) else f.id for f in called if isinstance(f, ast.Attribute | ast.Name)}


def callers(*names: str) -> set[str]:
    return {path for path, tree in SOURCES.items() if calls(tree) & set(names)}


def test_a_wide_frame_is_made_in_one_place():
    assert callers("widen") == {"judge/block.py"}


def test_only_the_doors_know_what_a_line_is_in_another_form():
    assert callers("sources") == {*DOORS, "tables/revise/ripple.py"}


@pytest.mark.parametrize("names", [("shift", "cumsum", "cumcount", "ffill"), ("plus",)])
def test_nothing_else_reads_another_period(names):
    own = {path for path in callers(*names) if path.split("/")[0] in {"judge", "story", "tables"}}

    # these hand to shift what came in: a year's returns, and what a blank form can ask with
    assert own - READERS - DOORS <= {"judge/reconcile/reconcile.py", "judge/known.py"}


def test_every_reader_is_there_and_makes_no_frame_itself():
    assert SOURCES.keys() >= READERS
    assert not READERS & callers("widen", "onto", "block_of", "take_in", "read_table")


def test_returns_are_judged_in_one_place():
    assert callers("validate") & {path for path in SOURCES if path.split("/")[0] in {"story", "desk"}} == {
        "story/alone.py"
    }
    assert callers("judge_each") == {"story/judged.py", "story/year_before.py", "desk/backtest/history.py"}
