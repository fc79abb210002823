"""The facts: every cell in force once, with its role, its state and where it was read."""

from collections import Counter

import pytest

from pipeline.tables.outcome import Outcome
from schemas.frames import Facts, columns_of
from tests.builders import Desk
from tests.pipeline.overtype import overtype
from tests.pipeline.ruled import rule

pytestmark = pytest.mark.slow


def facts_of(outcome, unit="620200-010"):
    facts = outcome.facts[outcome.facts["unit"] == unit]
    return facts.assign(key=facts["table"] + "." + facts["line"]).set_index(["key", "measure", "role"])


@pytest.fixture(scope="module")
def january(tmp_path_factory) -> tuple[Desk, Outcome]:
    """One sound return, and one that was sent back."""
    desk = Desk(tmp_path_factory.mktemp("january"))
    desk.send("市教育局")
    desk.send("市财政局", changes={"T1.102": "4条"})
    return desk, desk.examine()


def test_every_cell_in_force_stands_once_and_every_total_computed_beside_it(january):
    desk, outcome = january

    Facts.validate(outcome.facts)
    assert list(outcome.facts.columns) == columns_of(Facts)
    assert set(outcome.facts["unit"]) == {"620200-010"}
    every = desk.layout(unit="市教育局").form.entries.values()
    entries = [entry for entry in every if not entry.derived]
    roles = outcome.facts[outcome.facts["cell_state"] != "not_applicable"]["role"].value_counts()
    assert roles["counted"] == sum(entry.derived for entry in every)
    assert roles["input"] == sum(not entry.is_total for entry in entries)
    assert roles["declared"] == sum(len(entry.measures) for entry in entries) - roles["input"]
    assert roles["computed"] == sum(entry.is_total for entry in entries)
    assert not outcome.facts.duplicated(["unit", "table", "line", "column", "measure", "role"]).any()


def test_every_number_of_the_form_is_a_fact_of_every_return(january):
    desk, outcome = january
    form = desk.layout(unit="市教育局").form
    every = [(table, e.line, e.column, m) for (table, _), e in form.whole.entries.items() for m in e.measures]
    own = outcome.facts[outcome.facts["role"] != "computed"]
    unasked = own[own["cell_state"] == "not_applicable"]

    assert sorted(own[["table", "line", "column", "measure"]].itertuples(index=False, name=None)) == sorted(every)
    assert len(unasked) == len(every) - sum(len(e.measures) for e in form.entries.values()) > 0
    assert {*unasked["sheet"], *unasked["cell"]} == {""}
    assert unasked["value"].isna().all()
    assert set(unasked["file"]) == {"2012-01/市教育局_2012-01.xlsx"}


def test_a_fact_knows_its_cell(january):
    fact = facts_of(january[1]).loc["T1.103", "month", "input"]

    assert (fact["value"], fact["cell_state"], fact["quality"], fact["unit_of_measure"]) == (6, "number", "A", "条")
    assert (fact["file"], fact["sheet"], fact["cell"]) == ("2012-01/市教育局_2012-01.xlsx", "主动公开", "D9")
    assert (fact["period"], fact["unit"], fact["edition"], fact["version"]) == ("2012-01", "620200-010", "jyg-2012", 1)


def test_a_fact_of_a_matrix_has_a_line_and_a_column(desk):
    desk.send("市政府办", changes={"T8.802_waived": 1250, "T7.620200-010_104": 3})

    facts = desk.examine().facts.set_index(["table", "line", "column", "measure", "role"])

    about = ["value", "unit_of_measure", "sheet", "cell"]
    assert facts.loc[("T8", "802", "waived", "month", "input"), about].tolist() == [1250, "元", "基本情况", "E51"]
    assert facts.loc[("T8", "802", "exempt", "month", "input"), about].tolist() == [0, "人次", "基本情况", "F51"]
    assert facts.loc[("T8", "total", "waived", "month", "declared"), about].tolist() == [1250, "元", "基本情况", "E54"]
    assert facts.loc[("T8", "total", "waived", "month", "computed"), about].tolist() == [1250, "元", "", ""]
    assert facts.loc[("T7", "620200-010", "104", "month", "input"), about].tolist() == [3, "条", "渠道对账", "C16"]


def test_what_is_counted_of_a_register_has_the_range_of_its_rows(january):
    facts = january[1].facts
    every = facts[facts["table"] == "T6"]
    counted = every[every["cell_state"] == "number"]

    assert set(every["cell_state"]) == {"number", "zero"}
    assert {(f.line, f.column): f.value for f in counted.itertuples(index=False)} == {
        ("rows", ""): 10, ("202", ""): 7, ("208", ""): 3, ("102", ""): 4, ("103", ""): 6,
        ("202", "102"): 4, ("202", "103"): 3, ("208", "103"): 3,
    }  # fmt: skip
    for column, value in {
        "measure": "month", "role": "counted", "cell_state": "number", "unit_of_measure": "条", "sheet": "公开台账",
        "cell": "A4:H13", "file": "2012-01/市教育局_2012-01.xlsx",
    }.items():  # fmt: skip
        assert set(counted[column]) == {value}


def test_a_total_is_kept_as_declared_and_as_computed(desk):
    desk.send(changes={"T1.103": 5}, notes={"T1.100": "1条在会上公开"})
    desk.send("市教育局", edit=overtype("主动公开", D6=None))

    outcome = desk.examine()

    facts = facts_of(outcome, "620200-025")
    assert facts.loc["T2.01", "month", "input"]["value"] == 10
    assert facts.loc["T1.100", "month", "declared"][["value", "sheet", "cell"]].tolist() == [9, "主动公开", "D6"]
    assert facts.loc["T1.100", "month", "computed"][["value", "sheet", "cell"]].tolist() == [9, "", ""]
    # a declared total left blank stays blank beside the computed
    facts = facts_of(outcome, "620200-010")
    assert facts.loc["T1.100", "month", "declared"]["cell_state"] == "blank"
    assert facts.loc["T1.100", "month", "computed"][["value", "cell_state"]].tolist() == [10, "number"]


def everything(desk) -> dict[str, None]:
    """Every yellow cell left blank."""
    return {f"{table}.{line}": None for (table, line), e in desk.layout().form.entries.items() if e.is_input}


def test_in_a_zero_report_a_blank_is_a_zero(desk):
    desk.send(changes=everything(desk), cover={"zero": "是", "secrecy": "本月无公开信息"})

    outcome = desk.examine()

    assert outcome.findings == ()
    asked = outcome.facts[outcome.facts["cell_state"] != "not_applicable"]
    assert set(asked["cell_state"]) == {"zero"}
    assert set(asked["value"]) == {0}


def test_elsewhere_a_blank_is_asked_about_and_counts_nothing(desk):
    desk.send("市卫生局", changes=everything(desk))
    desk.send("市卫生局", changes=everything(desk), cover={"zero": ""}, name="重报.xlsx", received="2012-02-07")

    outcome = desk.examine()

    filled_in = sum(entry.is_input for entry in desk.layout().form.entries.values())
    blanks = [f for f in outcome.findings if f.rule == "E-MIS-02"]
    assert Counter(f.rule for f in outcome.findings) == {"E-MIS-02": 2, "E-COV-01": 1, "N-VER-01": 1}
    assert [len(list(f.each())) for f in blanks] == [filled_in, filled_in]
    assert blanks[0].message.startswith(f"整份表的数一个也没有填，共 {filled_in} 格，从这一格起：“")
    assert outcome.facts.empty


def test_of_a_total_none_of_whose_parts_can_be_read_nothing_is_computed(desk):
    desk.send("市科技局", changes={f"T1.{line}": "不详" for line in range(101, 108)})
    desk.run("2012-02-10")
    rule(desk, ("市科技局", {"意见": "暂列", "有效期至": "2012-12-31"}))
    facts = desk.examine("2012-02-10").facts
    own = facts[(facts["line"] == "100") & (facts["role"] == "computed")]

    assert list(zip(own["cell_state"], own["value"].isna(), strict=True)) == [("blank", True)]
