"""Yearly figures as reports publish them, typed in as returns of several units: zeros left blank, most totals too.

Invented, in the manner of real ones: a town prints the totals of its results nowhere, another fills in the totals of four rows,
a bureau writes every total and no zero.
"""

import pytest

from tests.builders import Desk
from tests.national.county import county, printed, send, told

AS_OF = "2022-02-20"
COLUMNS = "pcrwlo"
RESULTS = ["311", "312", *map(str, (*range(3131, 3139), *range(3141, 3144), *range(3151, 3156), 3161, 3162, 3163))]
PLACED = {  # by unit: rows with their figures by column, as far as they are not 0
    "东溪镇": {"301": {"p": 821, "c": 3}, "302": {"p": 18}, "311": {"p": 409, "c": 2}, "312": {"p": 57}, "3131": {"p": 3},
              "3141": {"p": 188, "c": 1}, "3151": {"p": 84}, "3161": {"p": 9}, "3163": {"p": 17}, "304": {"p": 72}},
    "西岭乡": {"301": {"p": 12}, "302": {"c": 1}, "311": {"p": 7, "c": 1}, "3141": {"p": 4}, "304": {"p": 1}},
    "县财政局": {"301": {"p": 6, "o": 2}, "311": {"p": 5, "o": 1}, "3136": {"o": 1}, "304": {"p": 1}},
}  # fmt: skip
FOUR = ("301", "302", "317", "304")  # the rows whose totals are mostly printed


def figures(unit: str) -> dict[str, int]:
    return {f"T3.{row}_{c}": number for row, own in PLACED[unit].items() for c, number in own.items()}


def total(own: dict[str, int], row: str) -> int:
    """The total of a row; of the results that of all of them."""
    rows = RESULTS if row == "317" else [row]
    return sum(number for key, number in own.items() if key.partition("_")[0].removeprefix("T3.") in rows)


def column(own: dict[str, int], c: str) -> int:
    return sum(own.get(f"T3.{row}_{c}", 0) for row in RESULTS)


def typed_of(own: dict[str, int], rows=FOUR) -> dict[str, int]:
    """The totals that a report prints, typed over what the form would compute."""
    across = {f"T3.{row}_t": total(own, row) for row in rows}
    down = {f"T3.317_{c}": made for c in COLUMNS if (made := column(own, c))}
    return {key: number for key, number in (across | down).items() if number}


def file(desk: Desk, broken: dict[str, dict[str, int]] | None = None) -> None:
    """Every unit's figures are typed in; ``broken`` are those that are printed otherwise, by unit."""
    for unit in PLACED:
        own = figures(unit)
        typed = typed_of(own, FOUR if unit != "县财政局" else (*FOUR, *RESULTS))
        changed = (broken or {}).get(unit, {})
        typed |= {key: number for key, number in changed.items() if key in typed}
        numbers = own | {key: number for key, number in changed.items() if key not in typed}
        blank = [f"T3.{row}_t" for row in RESULTS] if unit != "县财政局" else []
        rest = [f"T3.317_{c}" for c in COLUMNS if f"T3.317_{c}" not in typed]
        send(desk, unit, "2021", numbers, emptied=[*blank, *rest], typed=typed)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, county())


def test_published_figures_that_add_up_are_silent(desk):
    file(desk)
    outcome = desk.examine(AS_OF)

    assert told(outcome) == []
    assert printed(outcome, "表三", "一、本年新收政府信息公开申请数量", "总计") == 844
    assert printed(outcome, "表三", "（七）总计", "自然人") == 767 + 11 + 5
    assert printed(outcome, "表三", "（一）予以公开", "总计") == 411 + 8 + 6


BROKEN = {
    "a part": ("东溪镇", {"T3.3141_p": 178}, {("T3-2", "T3.317_p")}),
    "a result's total across": ("县财政局", {"T3.311_t": 16}, {("T3-3", "T3.311_t"), ("T3-2", "T3.317_t")}),
    "a total across": ("西岭乡", {"T3.301_t": 21}, {("T3-3", "T3.301_t"), ("T3-1", "T3.304_t")}),
    "what is left over": ("西岭乡", {"T3.304_p": 2}, {("T3-1", "T3.304_p"), ("T3-3", "T3.304_t")}),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN)
def test_the_one_cell_that_is_printed_wrong_is_found(desk, name):
    unit, changed, expected = BROKEN[name]
    file(desk, {unit: changed})
    found = [(f.rule, f.unit, f.cell) for f in desk.examine(AS_OF).findings if f.level in {"must", "verify"}]
    code = desk.unit(unit).code

    assert set(found) == {(rule, code, desk.cell(text, "2021", unit)[1]) for rule, text in expected}
