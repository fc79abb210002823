"""Which numbers are others than were forwarded, which return or ruling is behind each, and which 本年累计 lack them."""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from pipeline.tables.revise import changes, later_months
from pipeline.values.periods import Month
from pipeline.values.revisions import Change, Moved
from schemas.crosswalk import Crosswalk
from schemas.edition import Edition
from schemas.form import Form
from schemas.frames import Facts, frame_of
from schemas.quantity import Quantity
from tests.pipeline.test_answers import office
from tests.schemas import small

pytestmark = pytest.mark.slow

FORM = small.form()
WALK = Crosswalk(FORM)
U1, U2 = "U1", "U2"
JAN, FEB, MAR, APR = (f"2012-{n:02}" for n in range(1, 5))
FEBRUARY = Month(2012, 2)
FIRST, SECOND = ("aa", 1), ("bb", 2)  # contents of returns, and which versions they are
RULED = SimpleNamespace(id="R1", words="复核更正（王芳，2012-06-01）")


def fact(
    line: str, value: int | None, *, unit: str = U1, period: str = JAN, of=FIRST, form: Form = FORM, **more: object
):
    """A fact of a return; ``line`` is of a table, as T2.10."""
    table, _, code = line.partition(".")
    entry = form.entries[table, code]
    sha, version = of
    told = {
        "period": period, "unit": unit, "table": table, "line": entry.line, "column": entry.column,
        "measure": "month", "role": "input", "value": value, "decimals": entry.quantity.decimals,
        "unit_of_measure": entry.unit, "cell_state": "blank" if value is None else "number" if value else "zero",
        "quality": "A", "edition": form.edition.id, "return_sha256": sha, "file": f"{sha}.xlsx", "sheet": "表",
        "cell": f"D{code}", "version": version, "ruling": "",
    }  # fmt: skip
    return told | more


def adjusted(line: str, value: int, **more: object) -> dict[str, object]:
    own = {
        "role": "adjustment",
        "ruling": "R1",
        "return_sha256": "",
        "file": "处理意见.xlsx",
        "cell": "K2",
        "version": 0,
    }
    return fact(line, value, **{**own, **more})


def changed(
    then: list[dict], now: list[dict], states: Mapping[str, str] | None = None, through=FEBRUARY, walk=WALK
) -> tuple[Change, ...]:
    """The numbers that differ between what was forwarded and today; ``states`` are those of returns, by content."""
    forwarded = SimpleNamespace(name="2012-02_v1", through=through, facts=frame_of(Facts, then))
    returns = pd.DataFrame({"sha256": list(states or {}), "state": list((states or {}).values())}, dtype="str")
    return changes(forwarded, frame_of(Facts, now), returns, SimpleNamespace(every=(RULED,)), walk)


def brief(found: tuple[Change, ...]) -> list[tuple[object, ...]]:
    return [(c.unit, c.period, f"{c.table}.{c.line}", c.before, c.after) for c in found]


def test_a_number_that_is_another_is_told_with_the_return_behind_it():
    (change,) = changed(
        [fact("T2.10", 5), fact("T2.20", 1)], [fact("T2.10", 8, of=SECOND), fact("T2.20", 1, of=SECOND)]
    )

    assert change == Change(
        published="2012-02_v1", period=JAN, unit=U1, table="T2", line="10", column="", label="申请总数", before=5, after=8,
        cause="第2版代替第1版", file="bb.xlsx", sheet="表", cell="D10", return_sha256="bb", ruling="",
        quantity=Quantity("条"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (5, 5, []), (0, None, []), (None, 0, []),  # what is not there counts 0
        (None, 7, [(U1, JAN, "T2.10", None, 7)]), (7, None, [(U1, JAN, "T2.10", 7, None)]), (5, 0, [(U1, JAN, "T2.10", 5, 0)]),
    ],
)  # fmt: skip
def test_what_is_not_there_counts_nothing_and_is_no_zero(then, now, told):
    assert brief(changed([fact("T2.10", then)], [fact("T2.10", now, of=SECOND)])) == told


def test_only_the_months_that_were_forwarded_are_told_in_order_of_months_and_units():
    then = [fact("T2.10", 1, unit=u, period=p) for p in (FEB, JAN) for u in (U2, U1)]
    now = [fact("T2.10", 2, unit=u, period=p, of=SECOND) for p in (FEB, JAN, MAR) for u in (U2, U1)]

    assert [(c.period, c.unit) for c in changed(then, now)] == [(JAN, U1), (JAN, U2), (FEB, U1), (FEB, U2)]


def test_a_total_and_a_cumulative_figure_are_not_told_beside_their_parts():
    then = [fact("T1.101", 3), fact("T1.100", 3, role="declared"), fact("T1.101", 3, measure="year_to_date")]
    now = [fact("T1.101", 4), fact("T1.100", 4, role="declared"), fact("T1.101", 9, measure="year_to_date")]

    assert brief(changed(then, now)) == [(U1, JAN, "T1.101", 3, 4)]


def test_what_was_computed_is_not_counted_beside_what_was_declared():
    computed = fact("T2.10", 9, role="computed")

    assert changed([fact("T2.10", 5)], [fact("T2.10", 5), computed]) == ()


@pytest.mark.parametrize("besides", [False, True])
def test_a_count_of_the_register_is_told_where_nothing_else_changed(besides):
    then = [fact("T6.201", 3, role="counted"), fact("T2.10", 5), fact("T6.202", 3, role="counted", unit=U2)]
    now = [
        fact("T6.201", 4, role="counted"),
        fact("T2.10", 6 if besides else 5),
        fact("T6.202", 5, role="counted", unit=U2),
    ]

    own = (U1, JAN, "T2.10", 5, 6) if besides else (U1, JAN, "T6.201", 3, 4)
    assert brief(changed(then, now)) == [own, (U2, JAN, "T6.202", 3, 5)]


def test_a_cell_of_a_matrix_keeps_its_column_its_money_and_its_cell():
    (change,) = changed([fact("T8.801_charged", 1250)], [fact("T8.801_charged", 1500, of=SECOND)])

    assert (change.line, change.column, change.cell, change.quantity.told(change.after)) == (
        "801", "charged", "D801_charged", "15.00元",
    )  # fmt: skip
    assert change.difference == 250


# ---- why


def test_a_return_that_came_since_says_so():
    (change,) = changed([], [fact("T2.10", 5)])

    assert (change.cause, change.file, change.before) == ("上报以后收到", "aa.xlsx", None)


@pytest.mark.parametrize(
    ("states", "why"), [({"aa": "退回"}, "退回"), ({}, "文件不在收件夹"), ({"bb": "退回"}, "文件不在收件夹")]
)
def test_a_return_that_counts_no_more_says_what_became_of_it(states, why):
    (change,) = changed([fact("T2.10", 5)], [], states)

    assert (change.cause, change.file, change.cell, change.return_sha256) == (f"不再计入：{why}", "", "", "")


def test_an_adjustment_says_who_ruled_it_and_where():
    (change,) = changed([fact("T2.10", 5)], [fact("T2.10", 5), adjusted("T2.10", 3)])

    assert (change.before, change.after, change.cause) == (5, 8, f"调整：{RULED.words}")
    assert (change.file, change.cell, change.ruling) == ("处理意见.xlsx", "K2", "R1")


def test_an_adjustment_that_is_gone_leaves_the_returns_own_cell():
    (change,) = changed([fact("T2.10", 5), adjusted("T2.10", 3)], [fact("T2.10", 5)])

    assert (change.before, change.after, change.cause) == (8, 5, "原来的调整不再有")
    assert (change.file, change.cell, change.ruling) == ("aa.xlsx", "D10", "")


def test_a_new_version_is_the_cause_though_an_adjustment_stands_beside_it():
    (change,) = changed([fact("T2.10", 5)], [fact("T2.10", 6, of=SECOND), adjusted("T2.10", 3)])

    assert (change.after, change.cause, change.file, change.ruling) == (9, "第2版代替第1版", "bb.xlsx", "")


def test_an_adjustment_without_any_return_has_no_source():
    (change,) = changed([adjusted("T2.10", 3)], [])

    assert change.cause == "不再计入：没有来源"


def test_each_month_is_told_in_the_lines_of_its_own_form():
    a, b = forms()
    then = [fact("T2.11", 1, form=a), fact("T2.11", 1, form=b, period="2012-07")]
    now = [fact("T2.11", 2, form=a, of=SECOND), fact("T2.11", 3, form=b, period="2012-07", of=SECOND)]

    found = changed(then, now, through=Month(2012, 7), walk=Crosswalk(b, (a, b)))

    assert [(c.period, c.label, c.after) for c in found] == [(JAN, "当面申请数", 2), ("2012-07", "传真申请数", 3)]


def forms() -> tuple[Form, Form]:
    """A form until June, and one since July that has swapped the codes 11 and 12."""
    told = small.edition([], [], small.BLOCKS).model_dump(by_alias=True, mode="json")
    first, second = (
        {**told, "id": name, "valid": {"from": a, "to": b}}
        for name, a, b in (("a", JAN, "2012-06"), ("b", "2012-07", "2013-12"))
    )
    tables = [dict(table, was=f"a:{table['id']}") for table in told["table"]]
    lines = [dict(line) for line in tables[1]["line"]]
    lines[1] |= {"name": "其中：1.传真申请数", "was": "a:T2.12"}
    lines[2] |= {"name": "2.当面申请数", "was": "a:T2.11"}
    tables[1] = {**tables[1], "line": lines}
    return tuple(
        Form(Edition.model_validate(one), small.CODES, small.DUTIES) for one in (first, {**second, "table": tables})
    )


# ---- what later months lack


CHANGE = Change(
    "v1", JAN, U1, "T2", "10", "", "申请总数", 5, 8, "第2版代替第1版", "bb.xlsx", "表", "D10", "bb", "", Quantity("条")
)  # fmt: skip


def sent(*months: tuple[object, ...], line: str = "T2.10", unit: str = U1) -> pd.DataFrame:
    """Returns in force by month: the number and the 本年累计 that the unit wrote."""
    rows = [{"unit": unit, "period": p, line: n, f"{line}:year_to_date": so_far} for p, n, so_far in months]
    frame = pd.DataFrame(rows, columns=["unit", "period", line, f"{line}:year_to_date"])
    return frame.astype({line: "Int64", f"{line}:year_to_date": "Int64", "unit": "str", "period": "str"})


def lacking(wide: pd.DataFrame, *of: Change, walk=WALK, own=None, **dates) -> list[tuple[object, ...]]:
    index = wide.index if own is None else pd.Index(own)
    found = later_months(of or (CHANGE,), wide, walk, index, office(**dates))
    return [(moved.row, moved.before, moved.after) for moved in found]


def test_a_later_month_that_lacks_the_correction_is_told():
    wide = sent((JAN, 8, 8), (FEB, 2, 7), (MAR, 1, 11))

    (moved,) = later_months((CHANGE,), wide, WALK, wide.index, office())

    assert moved == Moved("v1", "", "本年累计", "建设局 2012-02", "申请总数", Quantity("条"), 7, 10)


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (((JAN, 8, 5),), []),  # the month itself is its unit's own affair
        (((JAN, 8, 8), (FEB, 2, 10)), []),
        (((JAN, 8, 8), (FEB, 2, None), (MAR, 1, 8)), [("建设局 2012-03", 8, 11)]),  # nothing declared, nothing lacking
        (((JAN, 8, 8), (FEB, 2, 9)), [("建设局 2012-02", 9, 10)]),
        (((JAN, 8, 8), (FEB, 2, 11)), [("建设局 2012-02", 11, 10)]),
        (((MAR, 1, 8), (JAN, 8, 8), (FEB, 2, 7)), [("建设局 2012-02", 7, 10), ("建设局 2012-03", 8, 11)]),
        (((JAN, 8, 8), (MAR, 1, 6)), []),  # February is missing: nobody knows
        (((JAN, 8, 8), (FEB, 2, 7), (APR, 1, 6)), [("建设局 2012-02", 7, 10)]),
        (((JAN, 8, 8), (FEB, None, 7), (MAR, 1, 6)), []),
        (((FEB, 2, 7),), []),
        ((), []),
    ],
)  # fmt: skip
def test_which_later_months_lack_it(months, told):
    assert lacking(sent(*months)) == told


def test_a_month_that_the_unit_did_not_owe_is_no_gap():
    assert lacking(sent((FEB, 8, 8), (MAR, 2, 7)), replace(CHANGE, period=FEB), U1={"valid_from": FEB}) == [
        ("建设局 2012-03", 7, 10)
    ]


def test_only_the_returns_of_the_form_and_of_the_unit_are_told():
    both = pd.concat(
        [sent((JAN, 8, 8), (FEB, 2, 7), (MAR, 1, 8)), sent((JAN, 1, 1), (FEB, 1, 9), unit=U2)], ignore_index=True
    )

    assert lacking(both, own=[0, 2, 4]) == [("建设局 2012-03", 8, 11)]


def test_of_several_corrections_of_a_line_the_earliest_counts():
    late = replace(CHANGE, period=MAR)

    assert lacking(sent((JAN, 8, 8), (FEB, 2, 7)), late, CHANGE) == [("建设局 2012-02", 7, 10)]
    assert lacking(sent((JAN, 8, 8), (FEB, 2, 7)), CHANGE, late) == [("建设局 2012-02", 7, 10)]
    assert lacking(sent((JAN, 8, 8), (FEB, 2, 7)), late) == []


@pytest.mark.parametrize(
    "change",
    [
        replace(CHANGE, ruling="R1"),  # the office's adjustments are never in a unit's own figure
        replace(CHANGE, unit=U2),
        replace(CHANGE, line="99"),
        replace(CHANGE, table="T5", line="511"),  # a stock is not summed
        replace(CHANGE, table="T8", line="801", column="charged"),  # has no 本年累计
    ],
)
def test_a_change_that_no_cumulative_figure_holds_moves_none(change):
    wide = sent((JAN, 8, 8), (FEB, 2, 7)).assign(**{"T5.511": 1, "T5.511:year_to_date": 9, "T8.801_charged": 1})

    assert lacking(wide, change) == []


def test_a_change_moves_the_line_that_went_on_with_it():
    a, b = forms()
    walk = Crosswalk(b, (a, b))
    months = [(f"2012-{n:02}", 8, 8 * n) for n in range(1, 7)] + [("2012-07", 1, 40)]
    in_person = replace(CHANGE, line="11", label="当面申请数")

    assert lacking(sent(*months, line="T2.12"), in_person, walk=walk) == [("建设局 2012-07", 40, 49)]
