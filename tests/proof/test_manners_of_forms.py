"""The form of 2021 in the manners in which offices paste it: nothing is said of a right one, a wrong cell is found."""

import random
from collections.abc import Callable, Iterator

import pytest

from pipeline.proof.figure import Doubt
from pipeline.proof.pasted import blocks_of
from pipeline.proof.proof import compare
from tests.proof.truth import numbers, told

HEADS = [
    ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "", "申请人情况", *[""] * 6],
    ["", "", "", "自然人", "法人或其他组织", *[""] * 4, "总计"],
    ["", "", "", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""],
]
REASONS = {
    "（三）不予公开": ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益"],
    "（四）无法提供": ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"],
    "（五）不予处理": ["1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物"],
    "（六）其他处理": ["1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知要求缴纳费用", "3.其他"],
}
DONE = "三、本年度办理结果"
NOUGHTS = {"nought": "0", "blank": "", "dash": "—", "slash": "/"}
LOSES = {"lost", "gaps", "spaces", "lines", "lines apart"}  # manners in which a blank cell would be lost


def labels() -> list[list[str]]:
    """The labels of each line, merged ones in the first line they stand for."""
    found = [["一、本年新收政府信息公开申请数量", "", ""], ["二、上年结转政府信息公开申请数量", "", ""]]
    found += [[DONE, "（一）予以公开", ""], ["", "（二）部分公开", ""]]
    found += [["", group if n == 0 else "", one] for group, several in REASONS.items() for n, one in enumerate(several)]
    return [*found, ["", "（七）总计", ""], ["四、结转下年度继续办理", "", ""]]


def values(seed: int) -> list[list[int]]:
    """Numbers that hold by column and by line, a total in the last column."""
    chance = random.Random(seed)  # noqa: S311
    lines = len(labels())
    done = [
        [chance.choice([0, 0, 3, 17, 152])] + [chance.choice([0] * 5 + [1, 4]) for _ in range(5)]
        for _ in range(lines - 4)
    ]
    total = [sum(column) for column in zip(*done, strict=True)]
    rest = [chance.choice([0, 2]) if one else 0 for one in total]
    before = [min(one, 3) for one in total]
    new = [t + r - b for t, r, b in zip(total, rest, before, strict=True)]
    return [[*line, sum(line)] for line in (new, before, *done, total, rest)]


def apart(sign: str) -> Callable[[list[list[str]]], Iterator[str]]:
    return lambda rows: (sign.join(cell for cell in row if cell) for row in rows)


def lines_with_blanks(rows: list[list[str]]) -> Iterator[str]:
    for row in rows:
        yield from (cell for cell in row[:3] if cell)
        yield from row[3:] if row not in HEADS else (cell for cell in row[3:] if cell)


MANNERS: dict[str, Callable[[list[list[str]]], Iterator[str]]] = {
    "tabs": lambda rows: ("\t".join(row) for row in rows),
    "bars": lambda rows: (f"| {' | '.join(row)} |" for row in rows),
    "lost": apart("\t"),
    "gaps": apart("   "),
    "spaces": apart(" "),
    "lines": lambda rows: (cell for row in rows for cell in row if cell),
    "lines apart": lambda rows: (line for row in rows for cell in row if cell for line in (cell, "")),
    "lines with blanks": lines_with_blanks,
}


def doubts(manner: str, nought: str, made: list[list[int]]) -> tuple[Doubt, ...]:
    cells = [[str(value) if value else NOUGHTS[nought] for value in line] for line in made]
    rows = [*HEADS, *([*label, *line] for label, line in zip(labels(), cells, strict=True))]
    head = ["某县2022年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况"]
    return compare(blocks_of([*head, *MANNERS[manner](rows), "四、行政复议情况", "无。"]), 2022).doubts


WAYS = [(m, n) for m in MANNERS for n in NOUGHTS if not (n == "blank" and m in LOSES)]


@pytest.mark.parametrize(("manner", "nought"), WAYS)
def test_a_right_form_is_left_alone_and_a_wrong_cell_found(manner, nought):
    made = values(7)
    wrong = [list(line) for line in made]
    wrong[-2][-1] = int(str(made[-2][-1])[::-1])

    assert doubts(manner, nought, made) == ()
    found = doubts(manner, nought, wrong)
    assert found
    assert all({wrong[-2][-1], made[-2][-1]} <= set(numbers(told(doubt))) for doubt in found)
