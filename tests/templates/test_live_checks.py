"""The live check of a return: each rule's mark and the banner, as stored and as a spreadsheet computes them."""

from dataclasses import replace

import pytest

from pipeline.templates import Filling
from schemas.rules.terms import Ref
from tests.builders import COVER, Desk, ref, sound
from tests.publish.reading import by_formualizer, differences, shown
from tests.templates.breaking import CASES, checked
from tests.templates.writing import banners, complaints, cover_of, marks, with_zero_report, write, zeros_of

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
def filled(blank):
    """A return with 0 everywhere."""
    form = blank.layout.form
    return replace(blank, filling=Filling(zeros_of(form), cover_of(form)))


def test_a_return_that_satisfies_every_rule_may_be_sent(filled, look):
    cells = look(filled)

    assert set(marks(filled, cells).values()) == {"√"}
    assert banners(filled, cells) == READY


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_broken_rule_is_marked_at_its_line_and_in_the_banner(case, look):
    cells = look(case.draft)
    signs = {(s.at.table, s.at.line): "×" if s.level == "must" else "!" for s in reversed(case.broken)}
    wrong, asked = (list(signs.values()).count(sign) for sign in "×!")

    assert (case.statement.at.table, case.statement.at.line) in complaints(case.draft, cells)
    assert complaints(case.draft, cells) == signs
    assert banners(case.draft, cells) == {
        f"还不能报送：有{wrong}处有误，见“校验”栏。"
        if wrong
        else f"请说明：有{asked}处请核对，属实的在“说明”栏写一句原因。"
    }


def test_only_a_total_that_the_template_adds_up_itself_cannot_be_broken(blank):
    entries, broken = blank.layout.form.entries, {case.statement for case in CASES}
    rest = [s for s in checked(blank) if s not in broken]

    assert broken
    assert all(entries[s.at.table, s.at.line].is_total for s in rest)
    assert all([r.line for r in s.claim.right.refs] == [*entries[s.at.table, s.at.line].parts] for s in rest)


@pytest.mark.parametrize("case", [case for case in CASES if {s.level for s in case.broken} == {"verify"}], ids=str)
def test_a_word_in_the_note_column_settles_a_question(case, look):
    notes = {(s.at.table, s.at.line): "属实" for s in case.broken}
    told = replace(case.draft, filling=replace(case.draft.filling, notes=notes))
    cells = look(told)

    assert banners(told, cells) == READY
    assert {marks(told, cells)[key] for key in notes} == {"√ 已说明"}


@pytest.mark.parametrize("case", [case for case in CASES if case.statement.level == "must"][:2], ids=str)
def test_a_word_in_the_note_column_settles_no_mistake(case, look):
    notes = {(s.at.table, s.at.line): "属实" for s in case.broken}
    told = replace(case.draft, filling=replace(case.draft.filling, notes=notes))

    assert "×" in complaints(told, look(told)).values()


def test_a_zero_report_may_leave_every_cell_blank(blank, look):
    zero = replace(blank, filling=Filling({}, with_zero_report(blank.layout.form)))
    cells = look(zero)

    assert set(marks(zero, cells).values()) == {"√"}
    assert banners(zero, cells) == READY


def test_a_zero_report_has_no_numbers(filled, look):
    form = filled.layout.form
    line = next(key for key, entry in form.entries.items() if not entry.is_total and not entry.block)
    zero = replace(filled, filling=Filling({**zeros_of(form), Ref(*line): 3}, with_zero_report(form)))

    assert marks(zero, look(zero))[line] == "× 零报告里有数"


@pytest.mark.parametrize(
    ("value", "mark"), [("14条", "× 只填数字"), ("无", "× 只填数字"), (-1, "× 须为0或正整数"), (None, "○ 待填")]
)
def test_what_is_no_count_is_marked(filled, look, value, mark):
    line = list(filled.layout.form.entries)[-1]
    values = {k: v for k, v in {**filled.filling.values, Ref(*line): value}.items() if v is not None}
    wrong = replace(filled, filling=replace(filled.filling, values=values))
    cells = look(wrong)

    assert marks(wrong, cells)[line] == mark
    assert {said[:3] for said in banners(wrong, cells)} == {"还不能" if mark[0] == "×" else "请填报"}


def test_a_cover_that_is_not_filled_in_keeps_the_banner_open(filled, look):
    cover = dict(list(filled.filling.cover.items())[:-1])
    bare = replace(filled, filling=replace(filled.filling, cover=cover))

    assert banners(bare, look(bare)) == {"请填报：还有1项待填。没有发生的填 0，不要留空。"}


@pytest.mark.parametrize(
    ("changes", "line", "says"),
    [
        ({"T2.02": 11}, "T2.02", "× 须02≤01"),
        ({"T2.10": 1}, "T2.10", "× 须10=11—16之和，差+1"),
        ({"T1.102": 3}, "T1.100", "! 须01=101—107之和，差+1"),
        ({"T1.202": 9}, "T1.200", "× 须01=201—208之和，差-2"),
        ({"T2.05": 0}, "T2.05", "! 须05≥1"),
    ],
)
def test_a_mark_says_which_lines_must_meet_and_by_how_much_they_do_not(tmp_path, look, filled, changes, line, says):
    layout = Desk(tmp_path).layout()
    values = sound(layout.form) | {ref(layout.form, text): value for text, value in changes.items()}
    wrong = replace(filled, layout=layout, filling=Filling(values, COVER))
    at = ref(layout.form, line)

    assert marks(wrong, look(wrong))[at.table, at.line] == says
