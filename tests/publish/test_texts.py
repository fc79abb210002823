"""The consolidated workbook speaks to people, in Chinese, and no text from outside becomes a formula."""

import csv
import re

import pytest

from pipeline.values.periods import parse_month
from tests.builders import Desk, sound, sound_items
from tests.cli.settings import papers_beside
from tests.publish.reading import filled, formulas, load, shown
from tests.publish.words import half_width_beside_chinese, machine_words


@pytest.fixture(scope="module")
def texts(book, cells):
    """Every text that the workbook shows: cells, heads and feet of pages, prompts, tips of links, properties."""
    found = {f"{sheet}!{cell}": value for (sheet, cell), value in cells.items() if isinstance(value, str)}
    for sheet in book:
        parts = [part for side in (sheet.oddHeader, sheet.oddFooter) for part in (side.left, side.center, side.right)]
        found |= {f"{sheet.title} 页眉页脚 {n}": part.text for n, part in enumerate(parts) if part.text}
        rules = sheet.data_validations.dataValidation
        found |= {f"{sheet.title} 有效性 {n}": f"{r.prompt} {r.error}" for n, r in enumerate(rules)}
    tips = [(cell.parent.title, cell.hyperlink) for cell in filled(book) if cell.hyperlink]
    found |= {f"{title} 提示 {link.ref}": link.tooltip for title, link in tips if link.tooltip}
    about = book.properties
    return found | {"属性": f"{about.title} {about.subject} {about.keywords} {about.description}"}


def test_no_text_is_a_word_of_the_machine(texts):
    assert {at: text for at, text in texts.items() if machine_words(text)} == {}


def test_no_half_width_punctuation_stands_beside_chinese(texts):
    assert {at: text for at, text in texts.items() if half_width_beside_chinese(text)} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共3条,待办1条", [","]),
        ("说明: 无", [":"]),
        ("数据(全年)", ["(", ")"]),
        ("市卫生局（基本情况!D17）：填了 1，见'表1 月份×渠道'!B4", []),
        ("1,234 条；2012-06；SHA-256；“!”请核对", []),
    ],
)
def test_the_search_for_half_width_punctuation_finds_it(text, found):
    assert half_width_beside_chinese(text) == found


@pytest.mark.parametrize("text", ["nan", "第None版", "<NA>", "NaT", "=#REF!", "###"])
def test_the_search_for_words_of_the_machine_finds_them(text):
    assert machine_words(text)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Two returns whose names, numbers, 说明, covers and items of the register are written as formulas."""
    desk = Desk(tmp_path_factory.mktemp("hostile"))
    form, month = desk.form(), parse_month("2012-01")
    items = [{**item, "title": "=1+5", "number": "-6+7"} for item in sound_items(form, month, sound(form))]
    desk.send(
        "市教育局", changes={"T1.102": 3}, notes={"T1.100": "=1+1条转发省里的信息"}, name="=1+1.xlsx", items=items
    )
    desk.send("市卫生局", changes={"T2.05": "=1+2"}, cover={"zero": "+A1", "analysis": "@SUM(A1)"}, name="-2+3.xlsx")
    return desk.run()


@pytest.mark.slow
def test_text_from_returns_cannot_become_a_formula_of_the_workbook(hostile):
    _, workbook = hostile
    books = [workbook, papers_beside(workbook)]
    texts = {text for path in books for text in shown(path).values()}
    opened = [load(path) for path in books]
    links = [cell.hyperlink for book in opened for cell in filled(book) if cell.hyperlink]

    assert {"=1+1.xlsx", "-2+3.xlsx", "=1+2", "+A1"} <= texts
    assert any(str(text).endswith("单位说明：=1+1条转发省里的信息") for text in texts)
    made = [text for book in opened for text in formulas(book).values()]
    assert [text for text in made if "1+" in text or "A1)" in text] == []
    assert {link.target for link in links} == {None, books[1].name}


@pytest.mark.slow
def test_text_from_returns_cannot_become_a_formula_of_a_data_file(hostile):
    _, workbook = hostile
    found = set()
    for path in (workbook.parent / "data").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found |= {field for row in csv.reader(file) for field in row}

    assert [text for text in found if re.match(r"[=+@\t\r]|-(?!\d+$)", text)] == []
    assert {"'=1+1.xlsx", "'-2+3.xlsx", "'=1+2", "'+A1", "'=1+5", "'-6+7"} <= found
