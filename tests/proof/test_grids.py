"""The report's own tables: how they are read, what must hold in them, and the text against them."""

import pytest

from pipeline.proof.codes import Codes
from pipeline.proof.figure import Grid
from pipeline.proof.pasted import blocks_of
from pipeline.proof.proof import compare, read_figures
from schemas.proof import prose

RECEIVED = """三、申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t申请人情况
自然人\t法人或其他组织\t总计
商业企业\t其他
一、本年新收申请数量\t{new}\t2\t1\t{all}
二、上年结转申请数量\t3\t0\t0\t3
三、本年度办理结果\t（一）予以公开\t11\t1\t1\t13
（二）不予公开\t1.属于国家秘密\t2\t0\t0\t2
2.保护第三方合法权益\t1\t1\t0\t2
（三）总计\t14\t2\t1\t17
四、结转下年度\t{next}\t0\t0\t{next}
"""
SOUND = {"new": 12, "all": 15, "next": 1}


def doubts(text, year=2022):
    return compare(blocks_of(text.splitlines()), year).doubts


def said(text):
    return [(d.kind, d.figures[0].written, d.facts.get("sum", d.facts.get("expected"))) for d in doubts(text)]


def panel(text):
    return read_figures(blocks_of(text.splitlines()), 2022, Codes(), prose()).tables.panels[0]


def test_heads_that_lost_their_merged_cells_are_put_over_their_columns():
    heads = ("自然人", "法人或其他组织>商业企业", "法人或其他组织>其他", "总计")

    assert panel(RECEIVED.format(**SOUND)).heads == heads


def test_lines_lie_under_each_other_by_their_numbering():
    paths = [line.path for line in panel(RECEIVED.format(**SOUND)).lines]

    assert paths[2:6] == [
        "三、本年度办理结果>(一)予以公开",
        "三、本年度办理结果>(二)不予公开>1.属于国家秘密",
        "三、本年度办理结果>(二)不予公开>2.保护第三方合法权益",
        "三、本年度办理结果>(三)总计",
    ]


@pytest.mark.parametrize(("new", "found"), [(12, 0), (13, 1)])
def test_rows_of_a_document_that_lost_the_cell_of_a_merged_label_are_read_from_the_right(new, found):
    rows = [line.split("\t") for line in RECEIVED.format(**SOUND | {"new": new}).splitlines()[1:]]
    wide = max(map(len, rows))
    grid = Grid(1, "表格1", "", tuple((*row, *[""] * (wide - len(row))) for row in rows))

    told = [(doubt.kind, doubt.figures[0].written) for doubt in compare((grid,), 2022).doubts]
    assert told == [(kind, written) for kind, written, _ in said(RECEIVED.format(**SOUND | {"new": new}))]
    assert len(told) == found


def test_a_sound_table_is_left_alone():
    assert said(RECEIVED.format(**SOUND)) == []


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"all": 51}, ("cell", "51", "15")),  # its line and the balance of its column
        ({"new": 21}, ("cell", "21", "12")),
    ],
)
def test_a_wrong_cell_is_one_finding_at_the_cell(changed, found):
    assert said(RECEIVED.format(**SOUND | changed)) == [found]


def test_a_total_that_was_left_blank_is_no_broken_sum():
    assert said("项目\t甲\t乙\t总计\n新收\t3\t4\t\n办结\t3\t4\t7") == []


def test_parts_that_were_left_blank_are_no_0_but_may_be_too_much_already():
    assert said("项目\t甲\t乙\t总计\n新收\t3\t\t9\n办结\t3\t4\t7") == []
    assert said("项目\t甲\t乙\t丙\t总计\n新收\t6\t\t5\t9\n办结\t3\t4\t1\t8") == [("column", "9", "11")]


def test_columns_of_ratios_are_not_added_up():
    assert said("单位\t条数\t占比\n甲局\t30\t30%\n乙局\t70\t70%\n合计\t100\t100%") == []
    assert said("单位\t条数\t占比\n甲局\t30\t33%\n乙局\t70\t70%\n合计\t100\t100%") == [("share", "33%", "30")]


def test_lines_that_are_set_in_make_the_line_above_them():
    table = "项目\t单位\t数量\n公开信息数\t条\t90\n　概况类\t条\t{}\n　法规类\t条\t30\n　动态类\t条\t40\n申请数\t件\t5"

    assert said(table.format(20)) == []
    assert said(table.format(26)) == [("column", "90", "96")]


def test_a_table_that_fits_nowhere_is_rather_misread():
    lines = "\n".join(f"第{n}行\t{n * 7}\t{n * 11}\t{n * 29}" for n in range(1, 9))

    assert said(f"项目\t甲\t乙\t总计\n{lines}") == []


def test_a_negative_change_is_read_with_its_sign():
    (cell,) = (line.cells[1] for line in panel("项目\t上一年\t本年增/减\n行政许可\t120\t-8").lines)

    assert cell.value == -8


def test_the_text_is_held_against_the_table():
    text = "一、总体情况\n新收公开申请{}件，上年结转公开申请3件。\n" + RECEIVED.format(**SOUND)

    assert said(text.format(15)) == []
    assert [(d.kind, d.figures[0].written, d.facts["place"]) for d in doubts(text.format(18))] == [
        ("same", "18件", "表格1第4行")
    ]


def test_a_slip_between_the_text_and_a_cell_of_the_same_name_is_found():
    text = "从渠道看，政务微博发布{}条。\n渠道\t单位\t数量\n政府网站\t条\t8120\n政务微博\t条\t1204\n"

    assert said(text.format(1204)) == []
    assert [d.figures[0].written for d in doubts(text.format(1240))] == ["1240条"]


def test_a_row_with_too_few_numbers_is_said_and_not_judged():
    compared = compare(blocks_of(["项目\t甲\t乙\t总计", "新收\t3\t4\t7", "结转\t5\t9", "办结\t3\t4\t7"]), 2022)

    assert (compared.figures, compared.unread) == (6, (("表格1第3行", "5"), ("表格1第3行", "9")))
    assert compared.doubts == ()
