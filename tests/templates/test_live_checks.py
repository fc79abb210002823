"""The live check of a return: each rule's mark and the banner, as stored and as a spreadsheet computes them."""

from dataclasses import replace

import pytest

from pipeline.paper.templates import Filling
from schemas.rules.terms import Ref
from tests.builders import COVER, ref, sound
from tests.publish.reading import by_formualizer, differences, shown
from tests.templates.breaking import CASES, checked, is_typed
from tests.templates.writing import (
    KINDS,
    banners,
    complaints,
    draft_of,
    filled,
    inputs_of,
    marks,
    row_of,
    with_zero_report,
    write,
    zeros_of,
)  # fmt: skip

pytestmark = pytest.mark.slow

READY = {"校验通过，可以报送。"}


@pytest.fixture
def look(tmp_path):
    """What a return shows; a spreadsheet computes the same."""

    def write_and_look(draft):
        path = write(tmp_path, draft)
        stored = shown(path)
        assert differences(stored, shown(by_formualizer(path))) == {}
        return stored

    return write_and_look


@pytest.fixture(scope="module")
def zeros(blank):
    """A return with 0 everywhere."""
    return filled(blank)


def test_a_return_that_satisfies_every_rule_may_be_sent(zeros, look):
    cells = look(zeros)

    assert set(marks(zeros, cells).values()) == {"√"}
    assert banners(zeros, cells) == READY


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_broken_rule_is_marked_at_its_line_and_in_the_banner(case, look):
    cells = look(case.draft)
    broken = sorted(case.broken, key=lambda s: s.level, reverse=True)  # what must be mended is said first
    signs = {row_of(case.draft, s.at): "×" if s.level == "must" else "!" for s in broken}
    wrong, asked = (list(signs.values()).count(sign) for sign in "×!")

    assert row_of(case.draft, case.statement.at) in complaints(case.draft, cells)
    assert complaints(case.draft, cells) == signs
    assert banners(case.draft, cells) == {
        f"还不能报送：有{wrong}处有误，见“校验”栏。"
        if wrong
        else f"请说明：有{asked}处请核对，属实的在“说明”栏写一句原因。"
    }


@pytest.mark.parametrize("kind", KINDS, ids=" ".join)
def test_only_a_total_that_the_template_adds_up_itself_cannot_be_broken(kind):
    blank = draft_of(kind)
    entries, broken = blank.layout.form.entries, {(case.office, case.statement.key) for case in CASES}
    rest = [s for s in checked(blank) if (kind[0], s.key) not in broken]

    assert broken
    rest = [s for s in rest if all(is_typed(blank, ref) for ref in s.refs)]  # others need another month or a register
    assert all(entries[s.at.table, s.at.line].is_total for s in rest)
    assert all([r.line for r in s.claim.right.refs] == [*entries[s.at.table, s.at.line].parts] for s in rest)


def test_every_kind_of_rule_is_broken():
    broken = {case.statement.rule for case in CASES}

    assert broken >= {
        "A-01",
        "A-02",
        "T2-02",
        "T2-05",
        "T2-10",
        "T3-302",
        "T3-305",
        "T4-401",
        "T8-02",
        "T9-901",
        "T9-905",
    }
    assert {case.office for case in CASES} == {kind[0] for kind in KINDS}


@pytest.mark.parametrize("case", [case for case in CASES if {s.level for s in case.broken} == {"verify"}], ids=str)
def test_a_word_in_the_note_column_settles_a_question(case, look):
    notes = {row_of(case.draft, s.at): "属实" for s in case.broken}
    told = replace(case.draft, filling=replace(case.draft.filling, notes=notes))
    cells = look(told)

    assert banners(told, cells) == READY
    assert {marks(told, cells)[key] for key in notes} == {"√ 已说明"}


@pytest.mark.parametrize("note", ["√", "无变化", "0", "见上"])
def test_a_mark_or_a_word_for_nothing_settles_none(note, look):
    case = next(case for case in CASES if case.statement.level == "verify")
    told = replace(
        case.draft,
        filling=replace(case.draft.filling, notes={row_of(case.draft, s.at): note for s in case.broken}),
    )

    assert "!" in complaints(told, look(told)).values()


@pytest.mark.parametrize("case", [case for case in CASES if case.statement.level == "must"][:2], ids=str)
def test_a_word_in_the_note_column_settles_no_mistake(case, look):
    notes = {row_of(case.draft, s.at): "属实" for s in case.broken}
    told = replace(case.draft, filling=replace(case.draft.filling, notes=notes))

    assert "×" in complaints(told, look(told)).values()


def test_a_zero_report_may_leave_every_cell_blank(blank, look):
    zero = replace(blank, filling=Filling({}, with_zero_report(blank.layout.form)))
    cells = look(zero)

    assert set(marks(zero, cells).values()) == {"√"}
    assert banners(zero, cells) == READY


def test_a_zero_report_has_no_numbers(zeros, look):
    form = zeros.layout.form
    lines = [("T2", "04"), ("T8", "801_waived")]
    zero = replace(
        zeros, filling=Filling({**zeros_of(form), **{Ref(*line): 3 for line in lines}}, with_zero_report(form))
    )
    cells = look(zero)

    assert {marks(zero, cells)[row_of(zero, Ref(*line))] for line in lines} == {"× 零报告里有数"}


@pytest.mark.parametrize(
    ("value", "mark"), [("14条", "× 只填数字"), ("无", "× 只填数字"), (-1, "× 须为0或正整数"), (None, "○ 待填")]
)
def test_what_is_no_count_is_marked(zeros, look, value, mark):
    form = zeros.layout.form
    line = [key for key in inputs_of(form) if not form.entries[key].quantity.decimals][-1]
    values = {k: v for k, v in {**zeros.filling.values, Ref(*line): value}.items() if v is not None}
    wrong = replace(zeros, filling=replace(zeros.filling, values=values))
    cells = look(wrong)

    assert marks(wrong, cells)[row_of(wrong, Ref(*line))] == mark
    assert {said[:3] for said in banners(wrong, cells)} == {"还不能" if mark[0] == "×" else "请填报"}


def test_a_cover_that_is_not_filled_in_keeps_the_banner_open(zeros, look):
    cover = dict(list(zeros.filling.cover.items())[:-1])
    bare = replace(zeros, filling=replace(zeros.filling, cover=cover))

    assert banners(bare, look(bare)) == {"请填报：还有1项待填。没有发生的填 0，不要留空。"}


@pytest.mark.parametrize(
    ("changes", "line", "says"),
    [
        ({"T2.02": 11}, "T2.02", "× 须02≤01"),
        ({"T2.10": 1}, "T2.10", "× 须10=11—16之和，差+1"),
        ({"T1.102": 3}, "T1.100", "! 须01=101—107之和，差+1"),
        ({"T1.202": 9}, "T1.200", "× 须01=201—208之和，差-2"),
        ({"T2.05": 0}, "T2.05", "! 须05≥1"),
        ({"T3.301": 2}, "T3.305", "× 须301+10=302、305之和，差+2"),
        ({"T2.32": 1}, "T4.401", "× 须32=401—403之和，差+1"),
        ({"T9.901": 3, "T9.902": 1}, "T9.901", "× 须901=902—903之和，差+2"),
        ({"T9.904": 100, "T9.905": 250}, "T9.905", "! 须905≤904"),
    ],
)
def test_a_mark_says_which_lines_must_meet_and_by_how_much_they_do_not(look, changes, line, says):
    blank = draft_of(("jyg", "市卫生局", "2012-06"))
    form = blank.layout.form
    values = sound(form) | {ref(form, text): value for text, value in changes.items()}
    wrong = replace(blank, filling=Filling(values, COVER))
    at = ref(form, line)

    assert marks(wrong, look(wrong))[at.table, at.line] == says
