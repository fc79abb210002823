"""Facts as they were forwarded: what an earlier file says in other words is read as it is written today."""

import pandas as pd
import pyarrow as pa
import pytest

from schemas.exact import as_table, as_text, from_table
from schemas.frames import Facts, frame_of

RETURN = {
    "period": "2012-01", "unit": "620200-010", "measure": "month", "unit_of_measure": "条", "quality": "A",
    "edition": "jyg-2012", "return_sha256": "0" * 64, "file": "一月.xlsx", "version": 1, "ruling": "", "column": "",
}  # fmt: skip


def fact(line: str, role: str, value: int | None, **others: object) -> dict[str, object]:
    state = others.pop("cell_state", "number" if value else "zero")
    about = {"table": "T1", "sheet": "主动公开", "cell": "D6", "decimals": 0, "cell_state": state}
    return {**RETURN, **about, "line": line, "role": role, "value": value, **others}


@pytest.fixture
def facts() -> pd.DataFrame:
    return frame_of(
        Facts,
        [
            fact("100", "computed", 9, sheet="", cell=""),
            fact("100", "declared", 9),
            fact("90", "input", 1250, unit_of_measure="万元", decimals=2, cell="D9"),
            fact("rows", "counted", 10, table="T6", sheet="公开台账", cell="A4:H13"),
            fact("91", "input", None, cell_state="not_applicable", sheet="", cell=""),
        ],
    )


def test_facts_are_read_back_as_they_were_written(facts):
    pd.testing.assert_frame_equal(Facts.validate(from_table(as_table(facts))), facts, check_dtype=False)


def test_a_number_is_written_in_the_unit_of_its_line(facts):
    assert as_text(facts)["value"].tolist() == ["9", "9", "12.50", "10", ""]


def test_a_count_that_an_earlier_file_calls_computed_is_a_count_and_a_total_is_none(facts):
    earlier = facts.assign(role=facts["role"].replace("counted", "computed"))

    assert from_table(as_table(earlier))["role"].tolist() == facts["role"].tolist()


def test_values_of_an_earlier_file_without_decimals_are_whole(facts):
    earlier = pa.Table.from_pandas(facts.drop(columns="decimals"), preserve_index=False)

    assert set(from_table(earlier)["decimals"]) == {0}
    assert from_table(earlier)["value"].dropna().tolist() == facts["value"].dropna().tolist()
