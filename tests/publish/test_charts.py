"""图表: native charts of the headline's figures, whose numbers are the tables' own."""

from dataclasses import replace

import pytest

from pipeline.outbox.publish.charts import figures
from pipeline.outbox.publish.charts.figure import Figure, Point, share
from pipeline.outbox.publish.workbook import write_workbook
from pipeline.values.answer import Answer, Why, known
from schemas.quantity import Quantity
from tests.publish.drawn import charts_of
from tests.publish.reading import load, shown


@pytest.fixture(scope="module")
def drawn(year):
    return charts_of(year.workbook)


@pytest.fixture(scope="module")
def by_cell(year):
    """What the cells of a range of the workbook show."""

    def values(area):
        sheet, _, cells = area.replace("$", "").replace("'", "").rpartition("!")
        first, last = cells.split(":")
        rows = range(int(first[1:]), int(last[1:]) + 1)
        return [year.cells[sheet, f"{first[0]}{row}"] for row in rows]

    return values


def test_the_demonstration_year_shows_what_is_worth_showing(demo):
    said = [(figure.of, figure.words, len(figure.points)) for figure in figures(demo.outcome)]

    assert said == [
        ("主动公开信息", "按月份", 12),
        ("主动公开信息", "按公开渠道", 8),
        ("主动公开信息", "按信息类别", 8),
        ("新增规范性文件", "按月份", 12),
        ("接待访问咨询", "按月份", 12),
        ("接待访问咨询", "按分项", 3),
        ("主动公开信息", "按报送单位", 16),
    ]


def test_a_chart_comes_to_the_figure_on_the_cover(year):
    headline = {name: answer.number for name, answer, _ in year.outcome.headline}
    for figure in figures(year.outcome):
        assert figure.whole == headline[figure.of], figure.words


def test_every_chart_is_drawn_and_says_its_title_its_axes_with_the_unit_and_all_in_words(year, drawn):
    assert len(drawn) == len(figures(year.outcome)) >= 7
    for n, (figure, chart) in enumerate(zip(figures(year.outcome), drawn, strict=True), start=1):
        lacks = f"，{figure.total.lacking}" if figure.total.lacking else ""
        assert chart.title == f"图{n}  {figure.of}：{figure.words}（2012年1—12月，单位：{figure.quantity.unit}{lacks}）"
        assert chart.axes == [figure.axis, figure.quantity.unit]
        assert chart.title in chart.alt
        assert [point.name for point in figure.points if f"{figure.label(point)} " not in chart.alt] == []
        assert chart.alt.endswith(figure.sentence)


def test_a_chart_shows_the_cells_of_the_hidden_sheet_and_these_the_tables(year, drawn, by_cell):
    formulas = load(year.lean)["图数据"]
    for figure, chart in zip(figures(year.outcome), drawn, strict=True):
        (area,) = chart.ranges
        assert chart.shown == [by_cell(area)] == [[point.value for point in figure.points]]
        assert chart.names == by_cell(area.replace("$D", "$B")) == [figure.label(point) for point in figure.points]
        first = int(area.rpartition(":")[0].rpartition("$")[2])
        for row, point in enumerate(figure.points, start=first):
            assert formulas[f"D{row}"].value.startswith(f"={point.cell}"), point.name


def test_months_stand_as_columns_and_all_else_lies_sorted(year, drawn):
    for figure, chart in zip(figures(year.outcome), drawn, strict=True):
        own = [point.value for point in figure.points if not point.rest]
        assert chart.kind == ("col" if figure.by == "months" else "bar")
        assert chart.gap == (60 if figure.by == "months" else 45)
        assert figure.by == "months" or own == sorted(own, reverse=True)
        assert [point.rest for point in figure.points[:-1]].count(True) == 0
        assert chart.fonts == {"黑体", "宋体", "Times New Roman"}


def test_of_a_figure_that_is_zero_a_sentence_stands_instead_of_a_chart(demo, demo_outcome):
    said = [value for (sheet, _), value in demo.cells.items() if sheet == "图表"]

    assert "依申请公开：2012年1—12月为 0，没有图。" in said
    assert (
        "12月最多，2,058条；2月最少，1,181条；合计19,649条（未收齐，应报600份，有数598份）。未收齐的（带*）：11月49/50、12月49/50。"
        in said
    )
    assert [figure for figure in figures(demo_outcome) if figure.of == "依申请公开"] == []


def test_of_one_month_there_is_no_chart_of_months(year):
    outcome = year.outcome
    assert {f.by for f in figures(replace(outcome, months=outcome.months[:1]))} == {"parts", "units"}


@pytest.fixture(scope="module")
def with_last_year(shifan):
    """The small office's year, of which all months of the year before but December are known; a unit is new."""
    name, months = next(iter(shifan.outcome.growth.same_months.items()))
    known = tuple(replace(m, base=n if n < 12 else None, apart="上年缺示范局") for n, m in enumerate(months, 1))
    return replace(shifan.outcome, growth=replace(shifan.outcome.growth, same_months={name: known}))


def test_last_year_is_a_line_which_breaks_off_where_nothing_is_known(with_last_year, tmp_path):
    write_workbook(tmp_path / "book.xlsx", with_last_year)
    first, *others = charts_of(tmp_path / "book.xlsx")
    cells = shown(tmp_path / "book.xlsx")

    assert first.lines[0] == "C55A11"
    assert set(first.marks) == {"circle"}
    assert first.shown[1] == list(range(1, 12))
    assert [chart.title for chart in others if chart.lines] == []
    assert [cells.get(("图数据", f"E{row}")) for row in range(4, 16)] == [*range(1, 12), None]


def test_what_cannot_be_compared_is_said_below_the_line(with_last_year):
    assert figures(with_last_year)[0].sentence.endswith("与上年不可比：上年缺示范局。")


def test_without_last_years_months_it_is_said_that_there_is_no_line(cells):
    assert "上年各月的数不全，没有画上年的线。" in {value for (sheet, _), value in cells.items() if sheet == "图表"}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ((3, 1, 2), "甲最多，3件；乙最少，1件；合计6件。"),
        ((3, 0, 3), "甲、丙最多，3件；乙最少，0件；合计6件。"),
        ((2, 0, 0, 0, 0), "甲最多，2件；乙等4个最少，0件；合计2件。"),
    ],
)
def test_the_sentence_names_who_has_most_and_least(values, says):
    points = tuple(Point(name, known(value), "") for name, value in zip("甲乙丙丁戊", values, strict=False))

    assert Figure("信息", "months", "按月份", "月份", Quantity("件"), points).sentence == says


def test_a_month_without_returns_is_none_that_has_least_and_one_that_lacks_some_is_told():
    points = tuple(
        Point(name, answer, "")
        for name, answer in (
            ("1月", Answer(9, 3, 3, some=True)),
            ("2月", Answer(0, 0, 3, why=Why.MISSING)),
            ("3月", Answer(4, 2, 3, some=True, why=Why.SENT_BACK)),
        )
    )

    figure = Figure("信息", "months", "按月份", "月份", Quantity("件"), points)
    assert figure.sentence == "1月最多，9件；合计13件。未收齐的（带*）：2月未报、3月2/3。"
    assert figure.words_of_all == "1月 9；2月* 未报；3月* 4"
    more = replace(figure, points=(*figure.points, Point("4月", known(5), "")))
    assert more.sentence == "1月最多，9件；4月最少，5件；合计18件。未收齐的（带*）：2月未报、3月2/3。"


def test_a_month_in_which_nobody_was_asked_lacks_nothing():
    """A unit founded in March, the only one that is asked: before that there is no return to wait for."""
    points = (Point("1月", Answer(), ""), Point("2月", Answer(why=Why.NOT_LISTED), ""), Point("3月", known(4), ""))
    figure = Figure("信息", "months", "按月份", "月份", Quantity("件"), points)

    assert figure.sentence.endswith("合计4件。没有这项数的：1月不适用、2月当时未列。")
    assert [figure.label(point) for point in points] == ["1月", "2月", "3月"]


@pytest.mark.parametrize("by", ["months", "parts", "units"])
def test_a_total_that_lacks_returns_says_so_behind_itself(by):
    """What is largest, what share it has: all of it is of the returns that came."""
    total = Answer(9, 5, 6, some=True, why=Why.MISSING)
    points = (Point("甲", Answer(5, 2, 3, some=True, why=Why.MISSING), ""), Point("乙", known(4), ""))
    sentence = Figure("信息", by, "", "", Quantity("件"), points, total=total).sentence

    assert "合计9件（未收齐，应报6份，有数5份）。" in sentence
    assert ("未收齐的（带*）：甲2/3。" in sentence) == (by != "parts")


@pytest.mark.parametrize(
    ("part", "whole", "says"),
    [
        (1, 3, "33.3%"),
        (1, 16, "6.3%"),
        (1, 1, "100.0%"),
        (0, 7, "0.0%"),
        (9999, 10000, "99.9%以上"),
        (1, 9999, "不到0.1%"),
    ],
)
def test_a_share_has_one_decimal(part, whole, says):
    assert share(part, whole) == says
