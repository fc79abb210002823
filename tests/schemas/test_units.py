"""The register of units: what a unit was called when, who took it over, and rows that cannot all be true."""

from pathlib import Path

import pytest

from schemas.mistake import Mistake
from schemas.office import Office, read_office
from schemas.units import read_units, units_of

HEAD = "code,name,short,kind,parent,valid_from,valid_to,successor,aliases\n"
RENAMED = "1,甲局,甲,局,,,2012-02,,\n2,乙局,乙,局,,,,,\n1,甲委,甲委,委,2,2012-03,,,\n"
MERGED = "1,甲局,甲,局,,,2012-02,3,\n2,乙局,乙,局,,,2012-06,3,\n3,丙局,丙,局,,2012-03,2012-12,4,\n4,丁局,丁,局,,,,,\n"
AGAIN = "1,甲局,甲,局,,,2012-02,2,\n2,乙局,乙,局,,,,,\n1,甲局,甲,局,,2012-09,,,\n"


def office(folder: Path, rows: str) -> Office:
    (folder / "units.csv").write_text(HEAD + rows, encoding="utf-8")
    units = read_units(folder / "units.csv")
    return read_office()._replace(units=units, codes={"units": tuple(row for unit in units for row in unit.rows)})


def test_several_rows_of_one_code_are_one_unit_with_the_name_of_each_month(tmp_path):
    own = office(tmp_path, RENAMED)

    assert [unit.code for unit in own.units] == ["1", "2"]
    assert [[row.short for row in own.units_in(month)] for month in ("2012-02", "2012-03")] == [
        ["甲", "乙"],
        ["甲委", "乙"],
    ]
    assert [own.units[0].at(month).parent for month in ("2012-02", "2012-03")] == ["", "2"]
    assert [row.kind for row in own.owing(["2012-01", "2012-02"])] == ["局", "局"]
    assert [row.kind for row in own.owing(["2012-03", "2012-01"])] == ["委", "局"]
    assert [own.short("1"), own.short("1", "2012-01"), own.short("9")] == ["甲委", "甲", "9"]
    assert own.looked_at(own.spans, "2012-01").short("1") == "甲"


def test_a_successor_has_what_it_took_over_with_what_that_had(tmp_path):
    own = office(tmp_path, MERGED)

    assert own.history.line_of("3", "2012-02") == ("3",)
    assert own.history.line_of("3", "2012-03") == ("3", "1")
    assert own.history.line_of("3", "2012-07") == ("3", "1", "2")
    assert own.history.line_of("4", "2013-01") == ("4", "3", "1", "2")
    assert own.carriers("3", "2012-03", "2012-02") == ("1",)
    assert own.carriers("3", "2012-07", "2012-06") == ("3", "2")
    assert [own.heirs("1", month) for month in ("2012-02", "2012-03", "2013-01")] == [("1",), ("3",), ("4",)]


def test_a_unit_that_comes_back_is_itself_again(tmp_path):
    own = office(tmp_path, AGAIN)

    assert [len(own.units_in(month)) for month in ("2012-02", "2012-03", "2012-09")] == [2, 1, 2]
    assert [own.heirs("1", month) for month in ("2012-05", "2012-09")] == [("2",), ("1",)]


def test_two_that_took_each_other_over_are_told_apart_by_their_months(tmp_path):
    own = office(tmp_path, "1,甲,甲,局,,,2012-02,2,\n2,乙,乙,局,,,2012-06,1,\n1,甲,甲,局,,2012-07,2012-08,,\n")

    assert own.history.line_of("1", "2012-08") == ("1", "2")
    assert [own.heirs(code, "2013-01") for code in ("1", "2")] == [("1",), ("1",)]


def test_a_unit_may_be_split_among_several(tmp_path):
    own = office(tmp_path, "1,甲,甲,局,,,2012-02,2；3,\n2,乙,乙,局,,,,,\n3,丙,丙,局,,2012-03,,,\n")

    assert own.heirs("1", "2012-03") == ("2", "3")
    assert own.history.divided == {"1"}
    assert [own.history.line_of(code, "2012-03") for code in ("2", "3")] == [("2", "1"), ("3", "1")]
    assert [own.history.changed(code, "2012-03") for code in ("1", "2", "3")] == ["", "2012-03", "2012-03"]


def test_nobody_owes_a_return_for_a_month_without_a_form(tmp_path):
    own = office(tmp_path, RENAMED).looked_at([("2012-02", "2012-02", 1), ("2012-08", "9999-12", 1)], "2012-12")

    assert [len(own.units_in(month)) for month in ("2012-01", "2012-02", "2012-03", "2012-08")] == [0, 2, 0, 2]


def test_the_rows_of_a_code_may_stand_in_any_order():
    rows = [row for unit in read_office().units[:1] for row in unit.rows]
    later, earlier = (
        rows[0].model_copy(update={"valid_from": month, "valid_to": end, "short": short})
        for month, end, short in (("2012-03", "9999-12", "新"), ("", "2012-02", "旧"))
    )

    (unit,) = units_of([later, earlier])

    assert [unit.at(month).short for month in ("2012-02", "2012-03")] == ["旧", "新"]


FAULTS = {
    "one code twice in a month": ("1,甲,甲,局,,,2012-03,,\n1,乙,乙,局,,2012-03,,,\n", 3, "代码“1”出现了两次"),
    "ends before it begins": ("1,甲,甲,局,,2012-03,2012-02,,\n", 2, "还没有开始就结束了"),
    "a successor that does not exist": ("1,甲,甲,局,,,2012-02,3,\n2,乙,乙,局,,,,,\n", 2, "“3”，名录里没有这个代码"),
    "a successor that lived earlier": ("1,甲,甲,局,,,2012-06,2,\n2,乙,乙,局,,,2012-03,,\n", 2, "2012-07 不在名录里"),
    "a successor that comes later": ("1,甲,甲,局,,,2012-06,2,\n2,乙,乙,局,,2012-09,,,\n", 2, "2012-07 不在名录里"),
    "one of two successors": ("1,甲,甲,局,,,2012-02,2;3,\n2,乙,乙,局,,,,,\n", 2, "“3”，名录里没有这个代码"),
    "a successor of itself": ("1,甲,甲,局,,,2012-06,1,\n", 2, "就是它自己"),
    "a successor of one that goes on": ("1,甲,甲,局,,,,2,\n2,乙,乙,局,,,,,\n", 2, "却没有写 valid_to"),
    "a successor of one that is renamed": (
        "1,甲,甲,局,,,2012-12,2,\n1,丙,丙,局,,2013-01,,,\n2,乙,乙,局,,,,,\n", 2, "自己从 2013-01 起还在名录里",
    ),
    "a parent that does not exist": ("1,甲,甲,局,7,,,,\n", 2, "parent 写的是“7”，名录里没有这个代码"),
    "two units of one name": ("1,甲局,甲,局,,,2012-03,,\n2,甲局,乙,局,,2012-03,,,\n", 3, "“甲局”同时是 1 和 2 的名称"),
    "the short name of another": ("1,甲局,甲,局,,,,,\n2,乙局,甲,局,,,,,\n", 3, "“甲”同时是 1 和 2 的名称"),
    "a name that another is known by": ("1,甲局,甲,局,,,,,丙\n2,乙局,乙,局,,,,,丁;丙\n", 3, "“丙”同时是 1 和 2 的名称"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "line", "says"), FAULTS.values(), ids=FAULTS)
def test_rows_that_cannot_all_be_true_are_told_with_file_and_line(tmp_path, rows, line, says):
    with pytest.raises(Mistake) as stopped:
        office(tmp_path, rows)

    assert str(stopped.value).startswith(f"units.csv 第 {line} 行：")
    assert says in str(stopped.value)


def test_a_name_may_pass_to_another_unit_later(tmp_path):
    own = office(tmp_path, "1,甲局,甲,局,,,2012-03,,\n2,甲局,甲,局,,2012-04,,,\n")

    assert [own.units_in(month)[0].code for month in ("2012-03", "2012-04")] == ["1", "2"]
