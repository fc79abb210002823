"""One table of the national form, pasted in many manners: every figure is read, a wrong cell is found, nothing else."""

import random

import pytest

from pipeline.proof.pasted import blocks_of
from pipeline.proof.proof import compare

HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RESULTS = [
    "（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（三）不予公开",
    "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
    "（四）无法提供", "1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确",
    "（五）不予处理", "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物",
]  # fmt: skip
GROUPS = {"（三）不予公开", "（四）无法提供", "（五）不予处理"}
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

Rows = list[tuple[str, list[int] | None]]


def _rows() -> Rows:
    chance = random.Random(7)  # noqa: S311 -- figures of a test, the same every time

    def numbers(most: int) -> list[int]:
        cells = [chance.randint(1, most), *(chance.choice([0, 0, 1, 2]) for _ in range(5))]
        return [*cells, sum(cells)]

    results: Rows = [(label, None if label in GROUPS else numbers(20)) for label in RESULTS]
    total = [sum(cells[c] for _, cells in results if cells) for c in range(7)]
    before, after = [2, 0, 0, 0, 0, 0, 2], [3, 0, 0, 0, 0, 0, 3]
    new = [total[c] + after[c] - before[c] for c in range(7)]
    first: Rows = [("一、本年新收政府信息公开申请数量", new), ("二、上年结转政府信息公开申请数量", before)]
    last: Rows = [("（七）总计", total), ("四、结转下年度继续办理", after)]
    return [*first, ("三、本年度办理结果", None), *results, *last]


def _tabs(rows: Rows, *, blank: bool = False) -> str:
    heads = [f"{NOTE}\t申请人情况", "\t自然人\t法人或其他组织\t总计", "\t".join(["", "", *HEADS[1:-1]])]
    return "\n".join([*heads, *("\t".join([label, *_said(cells, blank=blank)]) for label, cells in rows)])


def _bars(rows: Rows) -> str:
    head = ["| 项目 | " + " | ".join(HEADS) + " |", "|---" * 8 + "|"]
    return "\n".join([*head, *(f"| {label} | {' | '.join(_said(cells) or [''] * 7)} |" for label, cells in rows)])


def _gaps(rows: Rows) -> str:
    return "\n".join([NOTE, *(" ".join([label, *_said(cells)]) for label, cells in rows)])


def _cell_a_line(rows: Rows, *, blank: bool = False) -> str:
    heads = [NOTE, "申请人情况", "自然人", "法人或其他组织", "总计", *HEADS[1:-1]]
    return "\n".join([*heads, *(one for label, cells in rows for one in [label, *_said(cells, blank=blank)])])


def _numbers_below(rows: Rows) -> str:
    return "\n".join([NOTE, *(one for label, cells in rows for one in [label, " ".join(_said(cells))] if one)])


def _broken_labels(rows: Rows) -> str:
    lines = [NOTE]
    for label, cells in rows:
        half = len(label) // 2 if cells and len(label) > 12 else 0
        lines += [*([label[:half]] if half else []), " ".join([label[half:], *_said(cells)])]
    return "\n".join(lines)


def _said(cells: list[int] | None, *, blank: bool = False) -> list[str]:
    return ["" if blank and not n else str(n) for n in cells or []]


MANNERS = {
    "tabs": _tabs, "bars": _bars, "gaps": _gaps, "a cell a line": _cell_a_line, "numbers below": _numbers_below,
    "broken labels": _broken_labels,
}  # fmt: skip


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_a_table_is_read_in_whatever_manner_it_was_pasted(manner):
    rows = _rows()
    sound = compare(blocks_of(manner(rows).splitlines()), 2022)
    there = sum(len(cells) for _, cells in rows if cells)

    assert (sound.in_tables, sound.unread, sound.doubts) == (there, (), ())


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_a_wrong_cell_is_found_in_whatever_manner_it_was_pasted(manner):
    rows = _rows()
    rows[4] = (rows[4][0], [n + 90 * (c == 0) for c, n in enumerate(rows[4][1])])
    wrong = rows[4][1][0]
    found = compare(blocks_of(manner(rows).splitlines()), 2022).doubts

    assert len(found) == 1
    assert wrong in {figure.value for figure in found[0].figures}


@pytest.mark.parametrize("manner", [_tabs, _cell_a_line], ids=["tabs", "a cell a line"])
def test_blank_cells_raise_no_alarm_where_they_were_lost(manner):
    assert compare(blocks_of(manner(_rows(), blank=True).splitlines()), 2022).doubts == ()
