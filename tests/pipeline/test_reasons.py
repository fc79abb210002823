"""A 说明 settles a question where it says why: in words, and in words of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.values.reasons import IDLE, explained, explains, is_reason
from tests.builders import Desk
from tests.pipeline.overtype import overtype

SHEET = "基本情况"
NONE = (
    "√", "×", "○", "✓", "无", "没有", "无。", "（无）", "无、无", "-", "—", "——", "/", "\\", "0", "0.0", "12", "100%", ".", "。", "、", "…", "?", "*",
    "同上", "同上行", "同左", "见上", "如上", "略", "是", "否", "正常", "暂无", "无说明", "无需说明", "没有变化", "不适用", "不涉及", "未发生", "无此项",
    "说明", "情况说明", "5条", "2012年9月", "N/A", "none", "OK", "　", "\u200b", "ｘ", "√√√", "条",
)  # fmt: skip
REASONS = (
    "8月多报的服务信息本月更正", "补记", "属实", "网站检修，没有统计", "2条在会上公开", "1件申请人撤回", "转发省里的信息", "因停电", "与上月持平",
    "本月没有开展活动", "同上月一样，网站没有更新", "Corrected: August was counted twice", "无人申请，窗口整修", "√ 已补报", "无：平台停用",
)  # fmt: skip


@pytest.mark.parametrize("note", NONE)
def test_a_sign_a_number_or_a_word_for_nothing_is_no_reason(note):
    assert not is_reason(note)


@pytest.mark.parametrize("note", REASONS)
def test_words_are_a_reason(note):
    assert is_reason(note)


@given(st.lists(st.sampled_from([*IDLE, "，", "无", "没有"]), max_size=9))
def test_what_says_nothing_is_no_reason_in_the_form_either(said):
    assert not explains("".join(said).replace("，", ""))


def test_the_form_takes_what_is_usually_written_and_leaves_what_is_none():
    assert [note for note in REASONS if not explains(note)] == []
    assert {note for note in NONE if explains(note)} == {"2012年9月", "N/A", "none", "OK"}


def test_excel_takes_the_formula():
    assert len(IDLE) <= 64
    assert len(explained("H12")) < 1500


MARKS = ("√", "无", "/")
SENTENCE = "1月多报的服务信息本月更正"


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """The state and the remedy of the question about a year so far that fell, by its 说明."""
    desk = Desk(tmp_path_factory.mktemp("asked"))
    units = dict(zip((*MARKS, SENTENCE), ("市卫生局", "市教育局", "市科技局", "市财政局"), strict=True))
    for note, unit in units.items():
        desk.send(unit, "2012-01", {"T2.04": 71})
        desk.send(unit, "2012-02", edit=overtype(SHEET, E9=2), notes={"T2.04": note})
    about = [f for f in desk.examine(as_of="2012-02-29").findings if (f.sheet, f.cell) == (SHEET, "E9")]
    found = {f.unit: (f.state, f.remedy) for f in about}
    assert len(about) == len(units)
    return {note: found[desk.unit(unit).code] for note, unit in units.items()}


@pytest.mark.parametrize("note", MARKS)
@pytest.mark.slow
def test_a_mark_leaves_the_question_open_and_says_so(asked, note):
    state, remedy = asked[note]

    assert state == "待说明"
    assert f"“说明”里现在写的“{note}”不是原因" in remedy


def test_a_sentence_settles_it(asked):
    assert asked[SENTENCE][0] == "已说明"


LINES = tuple(f"T2.{n:02d}" for n in range(1, 36))


NOTES = {
    "under every line": ("市卫生局", dict.fromkeys(LINES, "数据属实"), [("W-NOT-01", "verify", "D6")]),
    "under most": ("市教育局", dict.fromkeys(LINES[:20], "数据属实"), [("W-NOT-01", "verify", "D6")]),
    "under four lines that have one cause": ("市科技局", dict.fromkeys(LINES[:4], "同一次检修，没有统计"), []),
    "each its own": ("市财政局", {line: f"第{n}行的数由窗口补报" for n, line in enumerate(LINES)}, []),
    "nothing under every line": ("市水务局", dict.fromkeys(LINES, "无"), []),
}


@pytest.fixture(scope="module")
def repeated(tmp_path_factory):
    """The findings about the units that wrote one 说明 under many lines."""
    desk = Desk(tmp_path_factory.mktemp("repeated"))
    for unit, notes, _ in NOTES.values():
        desk.send(unit, notes=notes)
    found = desk.examine().findings
    return {unit: [f for f in found if f.unit == desk.unit(unit).code] for unit, *_ in NOTES.values()}


@pytest.mark.parametrize("case", NOTES)
def test_one_reason_under_every_line_is_asked_about_once(repeated, case):
    unit, _, told = NOTES[case]

    assert [(f.rule, f.level, f.cell) for f in repeated[unit]] == told
    assert all("数据属实" in f.message for f in repeated[unit])
