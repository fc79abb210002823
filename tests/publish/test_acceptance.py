"""The twelve checks that everything people see has to pass, over each kind of file that is written.

| check | shown by |
|---|---|
| 1 recalculated, no cell changes | test_recalculated (the consolidated workbook); here (all others); libreoffice: slow |
| 2 nothing merged, no empty sheet, names and links lead somewhere | test_workbook; here |
| 3 prompts and errors as short as Excel demands | templates/test_blank; here |
| 4 full-width punctuation, no words of the machine | test_texts, test_run_report_page; here, and the data files |
| 5 on paper: pages a sheet, nothing too narrow, headings on page 2 | test_printed, templates/test_printed; here |
| 6 contrast | here from the tokens; test_workbook, test_run_report_page, here in use |
| 7 the machine sheet makes every printed cell | test_machine |
| 8 template, filled in, read: by names, by LibreOffice, as .xls, rows moved, sheets renamed | templates/test_round_trip; drift |
| 9 a mended cell of a returned file ticks itself off | returned/test_mending |
| 10 the run report asks the network for nothing and works without a script | test_run_report_page, test_run_report_in_a_browser |
| 11 the same input, the same bytes | test_same_bytes; templates/test_blank, returned/test_which_go_back, test_chase |
| 12 the report of 2012 contradicts itself by +27 and by −20 | pipeline/test_demo; here on the sheet 对账 |
"""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.paper import theme
from tests.assessed import small_office
from tests.builders import Desk
from tests.publish.colours import WHITE, contrast, pairs
from tests.publish.reading import by_formualizer, differences, filled, load, pages, shown
from tests.publish.words import half_width_beside_chinese, machine_words
from tests.templates.writing import KINDS, draft_of, write

KINDS_OF_FILES = ["底稿", "核实单", "催报单", "退回", "处理意见", "模板"]
FORMS_ON_PAPER = {"核实单": 1, "催报单": 1, "处理意见": 2, "退回": 5, "模板": 3}
WORKING_PAPERS = 34
"""Pages at most; how many exactly is a matter of the desk's fonts (30 and 31 were seen)."""


def january(folder: Path) -> None:
    """Of three units one sends what is wrong, one what is asked about, and one nothing."""
    desk = Desk(folder, small_office())
    desk.send("市教育局", changes={"T2.02": 11})
    desk.send("市科技局", changes={"T1.103": 5})
    desk.run("2012-02-20", "2012-01")


@pytest.fixture(scope="session")
def late(once) -> Path:
    """What was written about that January."""
    return once("acceptance", january) / "outbox" / "2012"


@pytest.fixture(scope="session")
def others(late, tmp_path_factory):
    """A workbook of each kind that goes to somebody, but for the consolidated one."""
    found = {
        "底稿": "*工作底稿.xlsx",
        "核实单": "核实/*/*.xlsx",
        "催报单": "催报/*.xlsx",
        "退回": "退回/*/*.xlsx",
        "处理意见": "处理意见.xlsx",
    }
    paths = {kind: max(late.glob(pattern)) for kind, pattern in found.items()}
    return paths | {"模板": write(tmp_path_factory.mktemp("template"), draft_of(KINDS[0]))}


@pytest.fixture(scope="module", params=KINDS_OF_FILES)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def path(others, kind):
    return others[kind]


@pytest.fixture(scope="module")
def opened(path):
    return load(path)


def test_every_workbook_of_the_outbox_is_of_a_kind_that_is_looked_at(late):
    known = {*late.glob("*汇总.xlsx"), late / "处理意见.xlsx", *late.glob("催报/*.xlsx"), *late.glob("退回/*/*")}
    known |= {*late.glob("核实/*/*"), *late.glob("*工作底稿.xlsx")}

    assert set(late.rglob("*.xlsx")) == known


def test_every_formula_shows_what_it_computes(path):
    assert differences(shown(path), shown(by_formualizer(path))) == {}


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_computes_what_every_formula_shows(others, libreoffice):
    for path, saved in zip(others.values(), libreoffice.recalculate(*others.values()), strict=True):
        assert differences(shown(path), shown(saved)) == {}, path


def test_nothing_is_merged_and_no_sheet_is_empty(opened, path):
    sheets = [sheet for sheet, _ in shown(path)]

    assert [sheet.title for sheet in opened if sheet.merged_cells.ranges] == []
    assert [sheet.title for sheet in opened if sheets.count(sheet.title) < 5] == []


def test_names_and_links_lead_somewhere(opened):
    areas = [area for name in opened.defined_names.values() for area in name.destinations]
    links = [cell.hyperlink for cell in filled(opened) if cell.hyperlink]
    areas += [link.location.rpartition("!")[::2] for link in links]

    assert [link.target for link in links if link.target] == []
    assert [area for area in areas if area[0].strip("'") not in opened.sheetnames] == []
    for sheet, cells in areas:
        assert opened[sheet.strip("'")][cells.replace("$", "")] is not None


def test_prompts_and_errors_are_as_short_as_excel_demands(opened):
    rules = [rule for sheet in opened for rule in sheet.data_validations.dataValidation]

    assert max((len(rule.prompt or "") for rule in rules), default=0) <= 255
    assert max((len(rule.error or "") for rule in rules), default=0) <= 224
    assert max((len(t or "") for rule in rules for t in (rule.promptTitle, rule.errorTitle)), default=0) <= 32
    assert [rule.formula1 for rule in rules if rule.type == "list" and len(rule.formula1) > 257] == []


def test_every_text_is_for_people(opened, path):
    texts = [value for value in shown(path).values() if isinstance(value, str)]
    texts += [cell.comment.text for cell in filled(opened) if cell.comment]
    for sheet in opened:
        texts += [part.text or "" for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)]
        texts += [f"{r.prompt or ''} {r.error or ''}" for r in sheet.data_validations.dataValidation]

    assert [text for text in texts if machine_words(text) or half_width_beside_chinese(text)] == []


def test_every_text_can_be_read_on_its_ground(opened):
    assert {pair: contrast(*pair) for pair in pairs(opened) if contrast(*pair) < 4.5} == {}


def test_it_prints_on_a4_one_page_wide_with_its_page_numbered(opened):
    for sheet in (sheet for sheet in opened if sheet.sheet_state == "visible"):
        assert (sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, True), sheet.title
        assert sheet.page_setup.fitToWidth in {None, 1}, sheet.title
        assert "&P" in (sheet.oddFooter.center.text or ""), sheet.title


def test_it_says_what_it_is(opened):
    assert opened.properties.title
    assert opened.properties.creator


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.poppler
def test_on_paper_nothing_is_too_narrow_and_each_kind_has_its_pages(others, libreoffice):
    printed = {kind: pages(pdf) for kind, pdf in zip(others, libreoffice.to_pdf(*others.values()), strict=True)}

    assert len(printed["底稿"]) <= WORKING_PAPERS
    assert {kind: len(own) for kind, own in printed.items() if kind != "底稿"} == FORMS_ON_PAPER
    assert "###" not in "".join(page for own in printed.values() for page in own)


def test_the_data_files_hold_no_words_of_the_machine_and_full_width_punctuation(year):
    facts = pd.read_parquet(year.folder / "data" / "facts.parquet").select_dtypes("str")
    texts = {str(text) for column in facts for text in facts[column].dropna().unique()}
    for path in (year.folder / "data").glob("*.csv"):
        if path.stem != "facts":  # which holds what its parquet holds
            with path.open(encoding="utf-8-sig", newline="") as file:
                texts |= {cell for row in csv.reader(file) for cell in row}
    run = json.loads((year.folder / "run.json").read_text(encoding="utf-8"))
    texts |= {*run["first_things"], *run["first_questions"], run["verdict"], *run["headline"]}

    assert [text for text in texts if machine_words(text) or half_width_beside_chinese(text)] == []


@pytest.mark.parametrize(
    ("ink", "ground", "ratio"),
    [
        (theme.INK, WHITE, 17.4), (theme.INK, theme.HEAD_BG, 14.9), (theme.INK, theme.INPUT_BG, 16.7),
        (theme.MUTED, WHITE, 7.0), (theme.MUTED, theme.INPUT_BG, 6.7), (theme.NAVY, WHITE, 11.6),
        (theme.NAVY, theme.HEAD_BG, 10.0), (theme.LINK, WHITE, 7.8), (theme.ERR, theme.ERR_BG, 5.55),
        (theme.ERR, WHITE, 6.6), (theme.WARN, theme.WARN_BG, 6.1), (theme.WARN, WHITE, 6.8),
        (theme.OK, theme.OK_BG, 5.5), (theme.OK, WHITE, 6.3),
    ],
)  # fmt: skip
def test_the_colours_have_the_contrast_they_were_chosen_for(ink, ground, ratio):
    assert contrast(ink.lstrip("#"), ground.lstrip("#")) == pytest.approx(ratio, abs=0.1)


def test_the_contradictions_of_the_report_stand_first_on_the_sheet_of_comparisons(demo):
    gaps = [demo.cells["对账", f"H{row}"] for row in range(4, 10)]

    assert {27, -20} <= set(gaps)
