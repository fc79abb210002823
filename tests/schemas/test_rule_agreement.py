"""One sentence, three renderings: what Python judges, pandera and the spreadsheet judge the same."""

from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from schemas.compiled import schema_for
from schemas.form import Form
from schemas.rules.judge import amount, judge
from schemas.rules.terms import ITEM, Ref, Statement
from schemas.rules.words import sentence
from tests.schemas.grammar import RULES
from tests.schemas.small import form, verdicts
from tests.schemas.spreadsheet import (
    BROKEN,
    HOLDS,
    NOT_JUDGED,
    Cells,
    Grids,
    by_formualizer,
    by_libreoffice,
    refs_of,
    register,
    workbook,
)

WORDS = {True: HOLDS, False: BROKEN, None: NOT_JUDGED}
REFS = refs_of(form())

# Shrinking a batch takes minutes; a failure names its statement and the cells that it reads instead.
GENERATE = settings(deadline=None, phases=[Phase.reuse, Phase.generate], suppress_health_check=HealthCheck)

COUNTS = [0, 1, 2, 3] * 32 + list(range(0, 201, 2))
FILLED = COUNTS + [None] * 27
TYPED = COUNTS + [None] * 17 + ["14条", "14"] * 5


def forms(least: int = 3, most: int = 8) -> st.SearchStrategy[Form]:
    rules = st.lists(RULES, min_size=least, max_size=most)
    return st.builds(lambda rules, blank: form(*rules, blank=blank), rules, st.sampled_from(["unknown", "zero"]))


def returns(cells: list[int | str | None], most: int = 4) -> st.SearchStrategy[list[Cells]]:
    """A byte a cell, which says what of ``cells`` is in it."""
    written = st.binary(min_size=len(REFS), max_size=len(REFS))
    return st.lists(
        written.map(lambda row: {ref: cells[n] for ref, n in zip(REFS, row, strict=True)}), min_size=1, max_size=most
    )


@settings(GENERATE, max_examples=8)
@given(forms(), returns(FILLED))
def test_the_frame_and_pandera_give_the_verdict_of_plain_python(form, returns):
    frame = wide(returns)
    for statement in form.statements:
        for cells, found in zip(returns, verdicts(statement, frame), strict=True):
            assert found == judge(statement, cells), told(form, statement, cells)

    cases = [(s, row, cells) for s in form.statements for row, cells in zip(frame.index, returns, strict=True)]
    assert failed(form, frame) == {(s.key, row) for s, row, cells in cases if judge(s, cells) is False}


def wide(returns: list[Cells]) -> pd.DataFrame:
    columns = {str(ref): pd.array([cells[ref] for cells in returns], dtype="Int64") for ref in REFS}
    return pd.DataFrame({**columns, "calendar_month": 1}, index=range(10, 10 + len(returns)))


def failed(form: Form, frame: pd.DataFrame) -> set[tuple[str, int]]:
    try:
        schema_for(form.statements).validate(frame, lazy=True)
    except SchemaErrors as errors:
        return {(error.check.name, row) for error in errors.schema_errors for row in error.failure_cases["index"]}
    return set()


@settings(GENERATE, max_examples=10)
@given(forms(), returns(TYPED))
def test_the_spreadsheet_gives_the_verdict_of_plain_python(form, returns):
    agree(form, returns, by_formualizer(workbook(form, returns), form, returns))


@pytest.mark.parametrize(
    ("holds", "blank", "cells", "said"),
    [
        ("T2.10 = 14", "unknown", {"10": 14}, HOLDS),
        ("T2.10 = 14", "unknown", {"10": "14"}, NOT_JUDGED),
        ("T2.10 = 14", "zero", {"10": "14条"}, NOT_JUDGED),
        ("T2.10 >= 1", "unknown", {}, NOT_JUDGED),
        ("T2.10 >= 1", "zero", {}, BROKEN),
        ("T2.20 >= 1 when T2.10 >= 1", "unknown", {"10": 0}, HOLDS),
        ("T2.20 >= 1 when T2.10 >= 1", "unknown", {"10": 1}, NOT_JUDGED),
        ("T2.20 >= 1 when T2.10 >= 1", "unknown", {"20": 1}, NOT_JUDGED),
        ("T2.20 >= 1 when T2.10 >= 1 and T2.11 >= 1", "unknown", {"10": 0, "20": 0}, NOT_JUDGED),
    ],
)
def test_a_blank_and_a_text_are_no_numbers_and_an_unmet_guard_asks_no_more(holds, blank, cells, said):
    asked = form(holds, blank=blank)
    sheet = dict.fromkeys(REFS) | {Ref("T2", line): value for line, value in cells.items()}

    assert by_formualizer(workbook(asked, [sheet]), asked, [sheet])["判"] == [[said]]


@pytest.mark.parametrize(
    ("holds", "cells", "said", "apart"),
    [
        ("sum(T8.charged) = T8.801_waived", {"801_charged": 10, "802_charged": 20, "801_waived": 30}, HOLDS, 0),
        ("sum(T8.charged) >= T8.801_waived", {"801_charged": 10, "802_charged": 20, "801_waived": 30}, HOLDS, 0),
        ("T8.801_waived >= sum(T8.charged)", {"801_charged": 10, "802_charged": 20, "801_waived": 30}, HOLDS, 0),
        ("sum(T8.charged) <= T8.801_waived", {"801_charged": 10, "802_charged": 21, "801_waived": 30}, BROKEN, 0.01),
        ("T8.801_charged >= 0.01", {"801_charged": 0}, BROKEN, -0.01),
        ("T8.801_charged >= 1", {"801_charged": 100}, HOLDS, 0),
        ("T8.801_charged >= 1", {"801_charged": 99}, BROKEN, -0.01),
        ("T8.801_charged <= 2 * T8.801_waived + 1.5", {"801_charged": 2150, "801_waived": 1000}, HOLDS, 0),
        ("T8.total_charged = 45035996273704.95", {"801_charged": 4503599627370495, "802_charged": 0}, HOLDS, 0),
    ],
)
def test_money_compares_to_the_last_fen(holds, cells, said, apart):
    asked = form(holds)
    sheet = dict.fromkeys(REFS) | {Ref("T8", line): value for line, value in cells.items()}
    computed = by_formualizer(workbook(asked, [sheet]), asked, [sheet])

    assert computed["判"] == [[said]]
    assert computed["差"] == [[pytest.approx(apart, abs=1e-9)]]
    agree(asked, [sheet], computed)


def test_the_rows_of_a_register_are_judged_alike_everywhere():
    asked = form(
        "each row T6.reviewed <= T6.disclosed",
        "each row T6.made = T6.disclosed - 2",
        "each row T6.disclosed >= T6.made when T6.reviewed <= T6.made and T6.reviewed >= 41150",
        "each row T6.made + T6.made <= T6.disclosed + T6.reviewed",
    )
    refs = [Ref("T6", field, ITEM) for field in ("made", "disclosed", "reviewed")]
    items = [dict(zip(refs, days, strict=True)) for days in product([41149, 41150, 41152, None], repeat=3)]
    frame = pd.DataFrame({str(ref): pd.array([item[ref] for item in items], dtype="Int64") for ref in refs})
    said = by_formualizer(register(asked, items), asked, items)
    for row, statement in enumerate(asked.statements):
        expected = [judge(statement, item) for item in items]

        assert said["判"][row] == [WORDS[verdict] for verdict in expected], statement
        assert verdicts(statement, frame.assign(calendar_month=9)) == expected


def test_a_text_among_the_days_of_a_row_is_not_judged():
    asked = form("each row T6.reviewed <= T6.disclosed")
    item = {Ref("T6", "reviewed", ITEM): "2012.9.13", Ref("T6", "disclosed", ITEM): 41150}

    assert by_formualizer(register(asked, [item]), asked, [item])["判"] == [[NOT_JUDGED]]


@pytest.mark.slow
@pytest.mark.libreoffice
@settings(GENERATE, max_examples=3, derandomize=True)
@given(forms(40, 40), returns(TYPED, 10))
def test_libreoffice_gives_the_verdict_of_plain_python(tmp_path_factory, form, returns):
    agree(form, returns, by_libreoffice(workbook(form, returns), tmp_path_factory.mktemp("office")))


def agree(form: Form, returns: list[Cells], said: Grids) -> None:
    for row, statement in enumerate(form.statements):
        for column, cells in enumerate(returns):
            values = numbers(form, cells, statement.blank)
            left, right = (amount(side, values) for side in (statement.claim.left, statement.claim.right))

            assert said["判"][row][column] == WORDS[judge(settled(statement), values)], told(form, statement, cells)
            if left is not None and right is not None:
                counted = round(float(said["差"][row][column]) * 10**statement.claim.quantity.decimals, 6)
                assert counted == left - right, told(form, statement, cells)


def told(form: Form, statement: Statement, cells: Cells) -> str:
    reads = {str(ref): cells[ref] for ref in statement.refs}
    return f"{sentence(statement, form.entries)}: {reads}"


def settled(statement: Statement) -> Statement:
    """The statement over values in which the blanks that mean zero already are 0."""
    return replace(statement, blank="unknown")


def numbers(form: Form, cells: Cells, blank: str) -> dict[Ref, int | None]:
    """The cells as a statement reads them: a text is no number even where a blank is 0, a total adds up its parts."""
    read = {ref: _number(value, blank) for ref, value in cells.items()}
    for ref in read:
        parts = [read[Ref(ref.table, part, ref.measure, ref.shift)] for part in form.entry(ref).parts]
        if parts:
            read[ref] = None if None in parts else sum(parts)
    return read


def _number(value: int | str | None, blank: str) -> int | None:
    if value is None and blank == "zero":
        return 0
    return value if isinstance(value, int) else None
