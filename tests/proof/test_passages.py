"""Passages in the manner of many reports: nothing is said of those that are right, and the error of the others is told.

A line has the year of the report, the passage (⏎ a new line, ⇥ a tab) and, where it is wrong, what is wrong and what
would be right there.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.proof.figure import Doubt
from pipeline.proof.pasted import blocks_of
from pipeline.proof.proof import compare
from tests.proof.truth import Error, told

PASSAGES = Path(__file__).parent / "passages"


def lines(name: str) -> Iterator[list[str]]:
    """The fields of every passage of a file."""
    for line in (PASSAGES / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("@@")


def doubts(year: str, text: str) -> tuple[Doubt, ...]:
    return compare(blocks_of(text.replace("⏎", "\n").replace("⇥", "\t").split("\n")), int(year)).doubts


def test_nothing_is_said_of_what_is_right():
    said = {text: found for year, text in lines("right.txt") if (found := [told(d) for d in doubts(year, text)])}

    assert said == {}


@pytest.mark.parametrize(("year", "text", "error"), [*lines("wrong.txt")])
def test_what_is_wrong_is_told_and_nothing_else(year, text, error):
    found = doubts(year, text)
    at, _, right = error.partition("→")

    assert found
    assert all(Error("", at, right).is_told(doubt) for doubt in found)
