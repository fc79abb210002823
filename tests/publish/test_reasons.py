"""A printed cell is a number or the reason why there is none, by three routes that know nothing of each other."""

import pytest

from pipeline.tables.explain import explain
from tests.publish.page_reading import Report
from tests.publish.reading import differences, shown
from tests.publish.routes import as_kept, by_hand, recalculated
from tests.publish.spring import GAP, ODD, SILENT, WHOLE

pytestmark = pytest.mark.slow


def test_a_month_without_any_return_has_its_reason_in_every_cell(spring):
    values = spring.row("表1", "4月")

    assert values.pop("入汇/应报") == "0/4"
    assert set(values.values()) == {"未报"}


def test_a_month_that_lacks_returns_says_how_many_of_how_many(spring):
    assert [spring.row("表1", f"{n}月")["入汇/应报"] for n in (1, 2, 3)] == ["2/4", "2/4", "2/4"]
    assert spring.row("表1", "1月")["主动公开信息数"] == 20
    assert spring.row("表1", "1—4月")["入汇/应报"] == "6/16"


def test_a_quarter_that_is_not_over_is_not_printed(spring):
    labels = [row.label for row in spring.outcome.tables[0].rows]

    assert labels == ["1—4月", "1月", "2月", "3月", "4月", "第一季度"]


def test_a_unit_that_never_sent_and_its_kind_have_the_reason(spring):
    for label in (SILENT, "区"):
        values = spring.row("表2", label)
        assert values.pop("入汇/应报") == "0/4"
        assert set(values.values()) == {"未报"}


@pytest.mark.parametrize(
    ("month", "says"), [("2012-01", "退回"), ("2012-02", None), ("2012-03", "待核实"), ("2012-04", "未报")]
)
def test_each_state_of_a_return_has_its_own_word(spring, month, says):
    answers, (linear,) = spring.outcome.answers, spring.outcome.form.expression("T2.05")
    unit = spring.desk.unit(ODD).code
    (only,) = [m for m in answers.months if str(m) == month]

    answer = answers.by(linear, "unit", [only])[unit]

    assert (None if answer.some else answer.why.words) == says


def test_what_is_asked_in_june_and_december_is_not_missing_in_spring(spring):
    (staff,) = spring.outcome.form.expression("T9.901")
    answer = spring.outcome.answers.of(staff)

    assert (answer.some, answer.owed, answer.why.words) == (False, 0, "—")


def test_the_notes_say_what_the_words_mean_and_never_that_all_is_confirmed(spring):
    for table in spring.outcome.tables:
        texts = spring.texts(table.annual.sheet)
        assert not any("2012年1—4月为 0：" in text for text in texts)
        assert any("“未报”“退回”" in text for text in texts)


def test_a_cell_without_a_number_is_explained_by_its_reason(spring):
    explanation = explain(spring.outcome, "表1", "4月", "主动公开信息数")

    assert (explanation.answer.number, explanation.answer.coverage, explanation.sources) == (None, "0/4", ())
    assert explanation.answer.why.words == "未报"


def test_the_charts_of_page_and_workbook_say_it_too(spring):
    page = Report(spring.folder / "运行报告.html")
    figures = {f.get("class"): f for f in page.all("//figure")}

    assert "4月* 未报" in "".join(figures["months"].itertext())
    assert "未收齐的（带*）：" in "".join(spring.texts("图表"))


def test_a_ratio_is_made_in_its_own_row_and_says_how_many_returns_it_rests_on(spring):
    table = next(t for t in spring.outcome.tables if t.annual.id == "表22")
    at = next(n for n, column in enumerate(table.columns) if column.name == "每条访问")
    cells = {
        row.label: (row.answers[at].shown(table.columns[at].quantity), row.answers[at].coverage) for row in table.rows
    }

    assert cells[WHOLE] == (10.1, "3/4")  # 303 over 30
    assert cells[GAP] == (3.05, "2/4")
    assert cells[ODD] == (0.7, "1/4")
    assert cells[SILENT] == ("未报", "0/4")
    assert cells["合计"] == (6.18, "6/16")  # 371 over 60, and no mean of the three


def test_a_ratio_over_nothing_is_a_dash_and_over_a_reason_that_reason(spring):
    assert spring.row("表21", "1月")["同意率"] == "—"
    assert spring.row("表21", "4月")["同意率"] == "未报"
    assert spring.row("表21", "1月")["每条人数"] == "—"  # asked in June and December alone
    assert spring.row("表21", "4月")["每条人数"] == "未报"


# ---- three routes to every printed cell (routes.py)


def test_the_printed_cells_follow_from_facts_and_returns_alone(spring):
    assert by_hand(spring.folder / "data", spring.outcome) == {}


def test_the_kept_cells_are_the_tables(spring):
    assert as_kept(spring.folder / "data", spring.outcome) == {}


def test_the_workbook_recalculated_gives_numbers_and_reasons(spring):
    assert recalculated(spring.workbook) == {}


@pytest.mark.libreoffice
def test_so_it_does_in_libreoffice(spring, libreoffice):
    (again,) = libreoffice.recalculate(spring.workbook)

    assert differences(shown(spring.workbook), shown(again)) == {}
