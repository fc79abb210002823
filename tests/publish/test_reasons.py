"""A printed cell is a number or the reason why there is none, by three routes that know nothing of each other."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from pipeline.outbox.publish.machine import MACHINE
from pipeline.tables.explain import explain
from schemas.rules.terms import Ratio
from tests.publish.page_reading import Report
from tests.publish.reading import by_formualizer, differences, shortened, shown
from tests.publish.spring import GAP, ODD, SILENT, WHOLE, Spring

PER = {"%": 100, "": 1, "人次/条": 1, "人/条": 1}  # what one over one comes to


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

    assert "4月 未报" in "".join(figures["months"].itertext())
    assert "未收齐的：" in "".join(spring.texts("图表"))


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


# ---- three routes to every printed cell: the data files in plain Python, the workbook recalculated, the tables


def test_the_printed_cells_follow_from_facts_and_returns_alone(spring):
    routes = Plain(spring.folder / "data", spring)
    differing = {}
    for table in spring.outcome.tables:
        for row in table.rows:
            for n, (column, answer) in enumerate(zip(table.columns, row.answers, strict=True)):
                own = routes.cell(row.counts[n], column.months or row.months, row.units)
                told = (answer.number, answer.there, answer.owed, "" if answer.some else answer.why.words)
                if own != told:
                    differing[table.annual.id, row.label, column.name] = (own, told)

    assert differing == {}


def test_the_kept_cells_are_the_tables(spring):
    kept = {(r["table"], r["label"], r["heading"]): r for r in rows(spring.folder / "data" / "printed.csv")}
    for table in spring.outcome.tables:
        for row in table.rows:
            for n, (column, answer) in enumerate(zip(table.columns, row.answers, strict=True)):
                cell = kept.pop((table.annual.id, row.label, column.name))
                assert (cell["value"] or cell["why"]) == (
                    str(table.quantity(row, n).exact(answer.steps)) if answer.some else answer.why.words
                )
    assert kept == {}


def test_the_workbook_recalculated_gives_numbers_and_reasons(spring, tmp_path):
    lean = shortened(spring.workbook, MACHINE, tmp_path / "lean.xlsx")

    assert differences(shown(lean), shown(by_formualizer(lean))) == {}


@pytest.mark.slow
@pytest.mark.libreoffice
def test_so_it_does_in_libreoffice(spring, libreoffice):
    (again,) = libreoffice.recalculate(spring.workbook)

    assert differences(shown(spring.workbook), shown(again)) == {}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Plain:
    """Counts cells out of facts.csv and returns.csv by hand, with the form's words about what is asked."""

    def __init__(self, data: Path, world: Spring) -> None:
        self.form, self.office = world.outcome.form, world.desk.office
        self.months = [str(month) for month in world.outcome.months]
        registers = {entry.table for entry in self.form.entries.values() if entry.derived}
        self.facts: dict[tuple[str, ...], Decimal] = {}
        self.there: set[tuple[str, str]] = set()
        for fact in rows(data / "facts.csv"):
            self.there.add((fact["unit"], fact["period"]))
            if fact["measure"] == "month" and (fact["role"] == "input" or fact["table"] in registers) and fact["value"]:
                key = (fact["unit"], fact["period"], fact["table"], fact["line"], fact["column"])
                self.facts[key] = Decimal(fact["value"])
        self.states: dict[tuple[str, str], set[str]] = {}
        for one in rows(data / "returns.csv"):
            self.states.setdefault((one["unit"], one["period"]), set()).add(one["state"])

    def cell(self, counted, months, units) -> tuple[int | None, int, int, str]:
        """Number, returns that gave it, returns that owe it, why there is none."""
        if not isinstance(counted, Ratio):
            return self._sum(counted, months, units)
        (top, _, _, over), (bottom, _, _, under), (_, there, owed, _) = (
            self._sum(one, months, units) for one in (counted.top, counted.bottom, counted.sums[2])
        )
        if top is None or bottom is None:
            why = [word for word, number in ((over, top), (under, bottom)) if number is None]
            return None, there, owed, next(word for word in ("未报", "退回", "待核实", "未填", "—") if word in why)
        if not bottom:
            return None, there, owed, "—"
        (above, below), times = counted.counted, PER[counted.quantity.unit]
        number = times * Decimal(top).scaleb(-above.decimals) / Decimal(bottom).scaleb(-below.decimals)
        exact = number.scaleb(counted.quantity.decimals).quantize(Decimal(1), ROUND_HALF_UP)
        return int(exact), there, owed, ""

    def _sum(self, linear, months, units) -> tuple[int | None, int, int, str]:
        keys = [(u.code, m) for m in months for u in self.office.units_in(m) if units is None or u.code in units]
        total, some, why, owing, lacking = linear.constant, False, set(), set(), set()
        for coefficient, ref in linear.terms:
            entry = self.form.entry(ref)
            asked = [key for key in keys if entry.asked(key[1], key[0])]
            for key in asked if entry.kind == "flow" else self._ends(asked, keys, entry.kind):
                owing.add(key)
                number = self._number(key, entry)
                if number is None:
                    lacking.add(key)
                    why.add("未填" if key in self.there else self._state(key))
                else:
                    total, some = total + coefficient * number, True
        gravest = next((word for word in ("未报", "退回", "待核实", "未填") if word in why), "—")
        return (total if some else None, len(owing - lacking), len(owing), "" if some else gravest)

    def _ends(self, asked, keys, kind) -> list[tuple[str, str]]:
        """Of a stock each unit's last month that asks it, of an opening the first; all units live all the time."""
        pick = max if kind == "stock" else min
        return [pick(own) for unit in {u for u, _ in keys} if (own := [key for key in asked if key[0] == unit])]

    def _number(self, key, entry) -> int | None:
        number = self.facts.get((*key, entry.table, entry.line, entry.column))
        if number is None and entry.derived and key in self.there:
            return 0
        return None if number is None else int(number.scaleb(entry.quantity.decimals))

    def _state(self, key: tuple[str, str]) -> str:
        states = self.states[key] - {"作废"}
        return "未报" if states == {"未报"} else "退回" if "退回" in states else "待核实"
