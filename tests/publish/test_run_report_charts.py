"""The charts of 运行报告.html draw the tables' values and say them too."""

import pytest

from tests.publish.page_reading import number, text


def test_the_charts_show_the_tables_values(report, year):
    outcome = year.outcome
    months, units = (next(t for t in outcome.tables if t.annual.rows == rows) for rows in ("months", "units"))
    total = months.rows[0].numbers
    parts = [total[n] for n, c in enumerate(months.columns) if n and len(c.linear.terms) == 1]
    left = [total[-1]] if total[-1] else []
    ranked = sorted((r.numbers[0] for r in units.rows if r.kind == "item"), reverse=True)
    told = {f.get("class"): [number(text(t)) for t in f.xpath(".//*[@class='value']")] for f in report.all("//figure")}

    assert told["months"] == [row.numbers[0] for row in months.rows if row.kind == "item"]
    assert sum(told["months"]) == outcome.headline[0][1].number
    assert told["parts"] == [*sorted(parts, reverse=True), *left]
    assert sum(told["parts"]) == outcome.headline[0][1].number
    assert told["units"] == ranked[:15]


def test_the_units_without_a_bar_are_told_together(demo_report, demo_outcome):
    shown = [number(text(t)) for t in demo_report.all("//figure[@class='units']//*[@class='value']")]
    rest = demo_outcome.headline[0][1].number - sum(shown)

    assert demo_report.said("//figure[@class='units']/p") == f"其余35个单位合计{rest:,}条。"


def test_a_chart_is_told_to_whoever_does_not_see_it(report):
    for picture in report.all("//figure//svg"):
        names = picture.get("aria-labelledby").split()
        title, words = (text(report.one(f"//*[@id='{name}']")) for name in names)
        names = [text(t) for t in picture.xpath(".//*[@class='name']")] or [
            text(t) for t in picture.xpath(".//*[@class='axis'][@text-anchor='middle']")
        ]
        values = [text(t) for t in picture.xpath(".//*[@class='value']")]

        assert title
        assert words == "；".join(f"{name} {value}" for name, value in zip(names, values, strict=True))


def test_a_column_is_as_tall_as_its_value(report):
    tall = [float(bar.get("height")) for bar in report.all("//figure[@class='months']//rect")]
    values = [number(text(t)) for t in report.all("//figure[@class='months']//*[@class='value']")]

    assert [t / max(tall) for t in tall] == pytest.approx([v / max(values) for v in values], abs=0.002)
