"""Prose and tables cannot disagree: one number of one return is another, and every place that tells it changes.

The same desk is run twice. Each text of the outbox must become what it is when the numbers that follow from the fact,
the return's hash and the run's fingerprint are exchanged; each number that follows from it is one more.
"""

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from lxml import html

from pipeline.outbox.publish.heads import first_row
from pipeline.outbox.publish.machine import MACHINE, machine_rows
from pipeline.outbox.publish.trace import SOURCES
from pipeline.tables.outcome import Outcome
from pipeline.values.differences import Difference
from pipeline.values.files import short
from schemas.rules.terms import Ref
from tests.builders import Desk
from tests.cli.settings import papers_beside
from tests.publish.drawn import charts_of
from tests.publish.reading import Cells, differences, shown

pytestmark = pytest.mark.slow

UNIT, MONTH, AS_OF = "市教育局", "2012-02", "2012-02-29"
LINE = Ref("T2", "06")  # 现场接待: a part of a headline figure, printed by month and by unit
BEFORE, JANUARY, OTHER = 43_217, 41_389, {"市卫生局": 23, "雄关区": 37}


@dataclass(frozen=True)
class Run:
    """A desk after a run."""

    outcome: Outcome
    workbook: Path

    @property
    def outbox(self) -> Path:
        return self.workbook.parent

    def bytes_of(self, part: str) -> str:
        """How large the files are whose name has a part, as it is written."""
        return f"{sum(size for name, size in self.outcome.sizes.items() if part in name):,}"

    @property
    def digest(self) -> str:
        """The whole hash of the return that is not the same."""
        returns = self.outcome.returns
        (digest,) = returns[(returns["unit"] == UNIT_CODE) & (returns["period"] == MONTH)]["sha256"]
        return str(digest)


UNIT_CODE = Desk(Path()).unit(UNIT).code


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The year with the number and with one more."""

    def run(value: int) -> Run:
        desk = Desk(tmp_path_factory.mktemp("desk"))
        for month in ("2012-01", MONTH):
            own = {UNIT: value if month == MONTH else JANUARY, **OTHER}
            for unit, visitors in own.items():
                desk.send(unit, month, {"T2.06": visitors})
        return Run(*desk.run(AS_OF))

    return run(BEFORE), run(BEFORE + 1)


def counting(outcome: Outcome) -> set[tuple[str, int, int, int]]:
    """The cells of the annual tables that count the fact, by what rows and columns say that they count, and values.

    A share of it is no count: of so many one more does not show in its digits.
    """
    return {
        (table.annual.sheet, first_row(table) + r + 1, c + 2, row.numbers[c])
        for table in outcome.tables
        for r, row in enumerate(table.rows)
        for c, linear in enumerate(row.counts)
        if LINE in linear.refs
        and not table.columns[c].ratio
        and (row.units is None or UNIT_CODE in row.units)
        and MONTH in (table.columns[c].months or row.months)
    }


def touched(difference: Difference) -> bool:
    """Whether a comparison adds the fact up: that of this year so far with the months does."""
    return difference.scope == "city" and (difference.left_value or 0) > BEFORE


@pytest.fixture(scope="module")
def exchanged(runs):
    """A text of the first run with the numbers, hashes and fingerprint of the second."""
    first, second = runs
    numbers = {BEFORE, BEFORE - JANUARY, BEFORE + JANUARY, *(value for *_, value in counting(first.outcome))}
    numbers |= {value for d in first.outcome.differences if touched(d) for value in (d.left_value, d.right_value)}
    tokens = {write(n): write(n + 1) for n in numbers for write in (str, "{:,}".format)}
    tokens |= {first.outcome.fingerprint: second.outcome.fingerprint, first.digest: second.digest}
    tokens |= {short(first.digest): short(second.digest)}
    tokens |= {first.bytes_of(part): second.bytes_of(part) for part in ("", f"{MONTH}/")}
    known = re.compile(rf"(?<![\d,])({'|'.join(sorted(map(re.escape, tokens), key=len, reverse=True))})(?![\d,])")
    return lambda text: known.sub(lambda found: tokens[found[0]], text)


def at(address: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def both_shown(run: Run) -> Cells:
    """What the workbook and the working papers show."""
    return {**shown(papers_beside(run.workbook)), **shown(run.workbook)}


@pytest.fixture(scope="module")
def changed(runs):
    """The cells of the workbook and the working papers that show something else, each with both values."""
    return differences(*map(both_shown, runs))


def test_every_cell_of_the_tables_that_counts_the_fact_is_one_more_and_no_other(changed, runs):
    sheets = {table.annual.sheet for table in runs[0].outcome.tables}
    found = {(sheet, *at(cell)) for sheet, cell in changed if sheet in sheets}

    assert found == {cell[:3] for cell in counting(runs[0].outcome)}
    assert len({sheet for sheet, *_ in found}) == 2
    assert {b - a for (sheet, _), (a, b) in changed.items() if sheet in sheets} == {1}


def test_on_the_other_sheets_the_figure_its_charts_and_its_source_change(changed, runs):
    sheets = {table.annual.sheet for table in runs[0].outcome.tables}
    numbers = [(sheet, b - a) for (sheet, _), (a, b) in changed.items() if not isinstance(a, str)]
    others = [sheet for sheet, more in numbers if sheet not in {*sheets, SOURCES} and more == 1]

    assert others.count("封面") == 1
    assert others.count("图数据") == 2  # the month, and the part
    assert others.count(MACHINE) == 2  # the month, and the year so far
    assert others.count("对账") == 2  # this year so far, and the months
    assert others.count("同比") == 4  # the year's figure, its part, the month's figure, its increase
    assert len(others) == 11
    assert {sheet for sheet, more in numbers if more != 1} <= {SOURCES}  # the file's size


def test_every_text_of_the_workbook_says_the_new_numbers_and_no_other_text_changes(runs, changed, exchanged):
    texts = {cell: value for cell, value in changed.items() if isinstance(value[0], str)}

    assert {cell: both for cell, both in texts.items() if exchanged(both[0]) != both[1]} == {}
    assert {sheet for sheet, _ in texts} == {"封面", "图表", SOURCES, MACHINE}
    before, after = map(both_shown, runs)
    assert {c: v for c, v in before.items() if isinstance(v, str) and exchanged(v) != after[c]} == {}


def test_every_chart_shows_and_says_the_new_numbers(runs, exchanged):
    first, second = (charts_of(run.workbook) for run in runs)
    apart = [(a, b) for a, b in zip(first, second, strict=True) if a != b]

    assert [exchanged(a.alt) for a in first] == [b.alt for b in second]
    assert len(apart) == 2
    for a, b in apart:
        assert sum(map(sum, b.shown)) == sum(map(sum, a.shown)) + 1


def test_every_text_of_the_run_report_says_the_new_numbers(runs, exchanged):
    first, second = (
        [text.strip() for text in html.parse(run.outbox / "运行报告.html").getroot().body.itertext()] for run in runs
    )

    assert list(map(exchanged, first)) == second
    assert sum(a != b for a, b in zip(first, second, strict=True)) >= 1


@pytest.mark.parametrize("draft", ["2012年度报告统计稿.docx", f"分析说明/{MONTH}_分析说明.docx"])
def test_every_sentence_of_the_drafts_says_the_new_numbers(runs, exchanged, draft):
    first, second = (
        [text for element in Document(run.outbox / draft).element.body.iter() if (text := element.text)] for run in runs
    )

    assert list(map(exchanged, first)) == second
    assert first != second


def codes_of(receipts: list[list[str]]) -> list[str]:
    """The check codes, taken out of the rows."""
    at = receipts[0].index("check_code")
    return [row.pop(at) for row in receipts]


def test_every_data_file_has_the_new_numbers(runs, exchanged):
    first, second = ({path.name: rows(path) for path in (run.outbox / "data").glob("*.csv")} for run in runs)
    apart = {name for name in first if first[name] != second[name]}

    codes = [codes_of(own["receipts.csv"]) for own in (first, second)]

    assert {name: [list(map(exchanged, row)) for row in own] for name, own in first.items()} == second
    assert apart == {"facts.csv", "printed.csv", "receipts.csv", "reconciliation.csv", "register_T6.csv", "returns.csv"}
    assert sum(a != b for a, b in zip(*codes, strict=True)) == 1  # that of the return whose number it is


def test_in_facts_two_values_change_and_the_hash_of_their_return(runs):
    first, second = (rows(run.outbox / "data" / "facts.csv") for run in runs)
    head = first[0]
    value, digest = head.index("value"), head.index("return_sha256")
    apart = [(a, b) for a, b in zip(first, second, strict=True) if a != b]

    assert {(a[0], a[1]) for a, _ in apart} == {(MONTH, UNIT_CODE)}
    assert [int(b[value]) - int(a[value]) for a, b in apart if a[value] != b[value]] == [1, 1]
    assert {n for a, b in apart for n, pair in enumerate(zip(a, b, strict=True)) if len(set(pair)) > 1} == {
        value,
        digest,
    }


def test_run_json_has_the_new_figure_and_fingerprint_and_nothing_else(runs):
    first, second = (json.loads((run.outbox / "run.json").read_text(encoding="utf-8")) for run in runs)

    assert {key for key in first if first[key] != second[key]} == {"headline", "fingerprint"}
    assert {k: second["headline"][k] - v for k, v in first["headline"].items() if second["headline"][k] != v} == {
        "接待访问咨询": 1
    }


def test_the_machine_sheet_tells_the_fact_once_for_the_month(runs):
    first, second = (machine_rows(run.outcome)[1] for run in runs)
    apart = [
        (a.about[1:6], b.values["06"] - a.values["06"])
        for a, b in zip(first, second, strict=True)
        if a.values != b.values
    ]

    assert apart == [((MONTH, UNIT_CODE, f"嘉峪关{UNIT}", "T2", measure), 1) for measure in ("month", "year_to_date")]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))
