"""A ratio in the tables, from the cell of the workbook to the letter of correction."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from pipeline.desk.forwarding import forward
from pipeline.desk.telling import explained, explanation_in_json
from pipeline.outbox.publish.charts.choose import figures
from pipeline.outbox.publish.correction import correction
from pipeline.outbox.publish.grids import of_table
from pipeline.outbox.publish.prose import Prose
from pipeline.outbox.publish.shown import ratios_told
from pipeline.proof.tables import known
from pipeline.tables.explain import explain
from pipeline.values.answer import Answer, Why, divided
from pipeline.values.answer import known as number
from schemas.mistake import CannotRun
from tests.builders import Quiet, office_of
from tests.cli.settings import Settings
from tests.publish.routes import rows
from tests.publish.spring import GAP, ODD, RATIOS
from tests.schemas.test_ratios import ratio

pytestmark = pytest.mark.slow

SHARE = ratio("T1.102", "T2.01")
NONE = Answer(owed=1, why=Why.MISSING)
SENT_BACK = Answer(owed=1, why=Why.SENT_BACK)


def table_of(spring, name):
    return next(table for table in spring.outcome.tables if table.annual.id == name)


def formula(spring, table, row, column):
    """What stands in a cell of the workbook, and its number format."""
    own = table_of(spring, table)
    n = next(n for n, one in enumerate(own.rows) if one.label == row)
    c = next(c for c, one in enumerate(own.columns) if one.name == column)
    cell = spring.book[own.annual.sheet].cell(row=4 + n, column=2 + c)
    return cell.value, cell.number_format


@pytest.mark.parametrize(
    ("top", "bottom", "shown"),
    [
        (number(1), number(3), "33.3"),
        (number(0), number(3), "0.0"),
        (number(0), number(0), "—"),
        (number(4), number(0), "—"),
        (NONE, number(3), "未报"),
        (number(3), NONE, "未报"),
        (SENT_BACK, NONE, "未报"),
        (SENT_BACK, number(0), "退回"),
        (Answer(), number(3), "—"),
        (number(1) + NONE, SENT_BACK, "退回"),  # a number that rests on fewer returns is one all the same
    ],
)
def test_a_ratio_is_a_number_or_the_gravest_reason_of_its_parts(top, bottom, shown):
    both = Answer(there=3, owed=5, why=Why.MISSING, some=True)

    answer = divided(SHARE, top, bottom, both)

    assert answer.show(SHARE.quantity) == shown
    assert (answer.there, answer.owed) == (3, 5)


def test_a_ratio_is_a_live_formula_of_its_own_row(spring):
    assert formula(spring, "表21", "1月", "网站占比") == ('=IF(B5=0,"—",ROUND(C5/B5,3))', "#,##0.0%_)")
    assert formula(spring, "表21", "4月", "网站占比")[0] == (
        '=IF(OR(COUNT(C8)=0,COUNT(B8)=0),"未报",IF(B8=0,"—",ROUND(C8/B8,3)))'
    )
    assert formula(spring, "表21", "1月", "两处占比") == (
        '=IF((SUM(B5)-SUM(D5))=0,"—",ROUND(SUM(C5:D5)/(SUM(B5)-SUM(D5)),2))',
        "#,##0%_)",
    )
    assert formula(spring, "表22", "市科技局", "每条访问") == ('=IF(B9=0,"—",ROUND(E9/B9,2))', "#,##0.00_)")


@pytest.mark.parametrize(
    ("table", "total"),
    [("表21", "1—4月"), ("表21", "第一季度"), ("表22", "合计"), ("表22", "市政府部门"), ("表23", "合计")],
)
def test_no_total_adds_ratios(spring, table, total):
    row = next(row for row in table_of(spring, table).rows if row.label == total)
    live = {
        column.ratio is None for column, added in zip(table_of(spring, table).columns, row.live, strict=True) if added
    }
    names = [column.name for column in table_of(spring, table).columns if column.ratio]

    assert live == {True}
    assert [name for name in names if "SUM(" in str(formula(spring, table, total, name)[0])] == (
        [] if table == "表23" else ["两处占比"]  # a ratio of sums of columns, in its own row
    )


def test_a_sum_that_the_sheet_does_not_show_leaves_the_number_alone(spring):
    assert formula(spring, "表21", "1月", "每条接待") == (0.9, "#,##0.000_)")


def test_a_block_of_ratios_is_called_by_its_lines(spring):
    names = [column.name for column in table_of(spring, "表23").columns]

    assert names[0] == "条数"
    assert names[8:] == [*(f"{name}占比" for name in names[1:8]), "类别占比"]


def test_all_codes_together_have_their_own_ratio(spring):
    table = table_of(spring, "表23")
    at = {column.name: n for n, column in enumerate(table.columns)}
    whole = table.rows[0].numbers

    assert whole[at["市政府网站占比"]] == round(1000 * whole[at["市政府网站"]] / whole[0])
    assert whole[at["类别占比"]] == 1000  # every item has one category
    assert table.rows[2].numbers[at["类别占比"]] == 700


def test_the_kept_cells_say_a_ratio_exactly_with_its_unit(spring):
    kept = {(r["row"], r["column"]): r for r in rows(spring.folder / "data" / "printed.csv") if r["table"] == "表21"}

    share, dash = kept["2012-01", "网站占比"], kept["2012-01", "同意率"]
    assert (share["value"], share["decimals"], share["unit_of_measure"], share["there"], share["owed"]) == (
        "40.0", "1", "%", "2", "4",
    )  # fmt: skip
    assert (dash["value"], dash["why"], dash["there"]) == ("", "—", "2")
    assert (kept["2012-01", "每条访问"]["value"], kept["2012-01", "每条访问"]["unit_of_measure"]) == ("6.50", "人次/条")


def test_the_note_says_how_a_ratio_is_made(spring):
    (told,) = ratios_told(table_of(spring, "表21"), spring.outcome.form.entries)

    assert told.startswith("网站占比＝市政府网站÷公开，两处占比＝（102—103行之和）÷（“主动公开信息数”（01行）减")
    assert "不由各行相加" in told
    assert any("网站占比＝市政府网站÷公开" in text for text in spring.texts("表21 月份×比例"))
    assert list(ratios_told(table_of(spring, "表3"), spring.outcome.form.entries)) == []


def test_a_ratio_is_explained_by_both_its_sums(spring):
    explanation = explain(spring.outcome, "表22", GAP, "每条访问")

    assert (explanation.answer.steps, explanation.counts) == (
        305,
        "“网站专栏页面访问量”（05行）÷“主动公开信息数”（01行）",
    )
    assert [(part.answer.number, [source.value for source in part.sources]) for part in explanation.parts] == [
        (61, [31, 30]), (20, [10, 10]),
    ]  # fmt: skip
    told = list(explained(explanation))
    assert told[0].endswith("= 3.05 人次/条")
    assert sum("分子 “网站专栏页面访问量”（05行） = 61 人次" in line for line in told) == 1
    assert explanation_in_json(explanation)["parts"][1]["value"] == 20


def test_a_group_and_the_whole_are_explained_too(spring):
    for row, tops in (("市政府部门", 371), ("合计", 371)):
        parts = explain(spring.outcome, "表22", row, "每条访问").parts
        assert sum(source.value for source in parts[0].sources) == tops


def test_a_ratio_without_a_number_is_explained_by_what_it_lacks(spring):
    dash = explain(spring.outcome, "表21", "1月", "同意率")
    missing = explain(spring.outcome, "表21", "4月", "网站占比")

    assert (dash.answer.why, [part.answer.number for part in dash.parts]) == (Why.NOT_ASKED, [0, 0])
    assert (missing.answer.why.words, missing.answer.coverage) == ("未报", "0/4")
    with pytest.raises(CannotRun, match="最接近的是“网站占比”"):
        explain(spring.outcome, "表21", "1月", "网站占")


def test_a_draft_prints_a_ratio_under_its_unit(spring):
    grid = of_table(table_of(spring, "表22"), Prose(spring.outcome))
    own = next(row for row in grid.rows if row[0] == GAP)
    cells = dict(zip(grid.heads, own, strict=True))
    assert cells["部门比市府"] == "1.50"

    assert (cells["网站占比（%）"], cells["每条访问（人次/条）"], cells["同意率（%）"]) == ("40.0", "3.05", "—")
    assert any(note.startswith("网站占比＝") for note in grid.notes)


def test_charts_and_the_reports_figures_take_no_ratio(spring):
    assert {figure.quantity.unit for figure in figures(spring.outcome)} == {"条", "人次"}
    tables = [table_of(spring, name) for name in ("表21", "表22")]
    found = known(spring.outcome.form, tables, [str(month) for month in spring.outcome.months])
    assert "%" not in {one.unit for one in found}


def test_a_table_of_ratios_alone_is_never_called_zero(spring):
    table = table_of(spring, "表21")
    alone = replace(
        table, columns=table.columns[4:5], rows=tuple(replace(r, answers=r.answers[4:5]) for r in table.rows)
    )
    assert not alone.is_zero


def test_a_corrected_part_moves_the_ratio_and_is_the_only_cause(tmp_path):
    desk = Settings(tmp_path).append("jyg-2012.toml", RATIOS).desk()
    desk.office = office_of(desk.office, (desk.unit(ODD),))
    desk.send(changes={"T2.05": 103}, received="2012-02-02")
    assert forward(desk.request("2012-02-05", "2012-01"), "", Quiet()).new
    desk.send(changes={"T2.05": 141}, received="2012-02-04", name="2012-01/again.xlsx")
    outcome, _ = desk.run("2012-02-05", "2012-01")

    assert {(change.table, change.line) for change in outcome.revisions.changes} == {("T2", "05")}
    moved = {(one.table, one.row, one.column): one for one in outcome.revisions.moved}
    ratio = moved["表22", "合计", "每条访问"]
    assert (ratio.before, ratio.after, ratio.unit_of_measure) == (1030, 1410, "人次/条")
    assert ("表22", "合计", "网站占比") not in moved
    (letter,) = correction(outcome).values()
    cells = [[cell.text for cell in row.cells] for table in Document(BytesIO(letter)).tables for row in table.rows]
    assert ["表22", "合计", "每条访问", "人次/条", "10.30", "14.10", "3.80"] in cells
