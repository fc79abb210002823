"""The list in front as a workbook: on paper, under lock, without anything that a spreadsheet could trip over."""

import re
import zipfile

import pytest

from pipeline.outbox.returned.lines import HEADINGS, WIDTHS
from pipeline.outbox.returned.marks import CHARACTERS
from pipeline.paper.names import REMARKS
from tests.publish.reading import load
from tests.publish.words import half_width_beside_chinese, machine_words
from tests.returned.reading import Returned
from tests.returned.sending import send_back, sent

OLD_FUNCTIONS = {
    *("AND", "COUNTIF", "EXACT", "IF", "ISBLANK", "ISNUMBER", "ISTEXT", "LEFT", "COUNT", "SUM", "NOT"),
    *("LEN", "SUBSTITUTE"),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    (path,) = send_back(sent(tmp_path_factory.mktemp("list"), "jyg-2012"))
    return path


@pytest.fixture(scope="module")
def file(path):
    return Returned(path)


@pytest.fixture(scope="module")
def book(path):
    return load(path)


@pytest.mark.slow
def test_it_is_the_first_sheet_and_the_one_that_opens(book):
    assert book.sheetnames[0] == book.active.title == REMARKS
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [REMARKS]


@pytest.mark.slow
def test_it_prints_on_a4_lying_one_page_wide_with_its_headings_on_every_page(book, file):
    sheet = book[REMARKS]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${file.head}:${file.head}"
    assert [sheet.cell(file.head, n).value for n in range(1, len(HEADINGS) + 1)] == [*HEADINGS]


@pytest.mark.slow
def test_it_is_locked_without_a_password_and_nothing_is_merged(book):
    assert book[REMARKS].protection.sheet
    assert not book[REMARKS].protection.password
    assert not any(sheet.merged_cells.ranges for sheet in book)
    assert all(cell.protection.locked for row in book[REMARKS].iter_rows() for cell in row)


@pytest.mark.slow
def test_its_rows_are_tall_enough_for_their_sentences(book, file):
    for n, line in enumerate(file.lines, start=file.head + 1):
        wide = WIDTHS[HEADINGS.index("问题")]
        lines = -(-sum(2 if ord(c) > 0x2000 else 1 for c in line.message) // wide)
        assert book[REMARKS].row_dimensions[n].height >= 14 * lines


@pytest.mark.slow
def test_its_words_are_for_people(file):
    for (sheet, _), text in file.cells.items():
        if sheet == REMARKS and isinstance(text, str):
            assert not half_width_beside_chinese(text), text
            assert not machine_words(text), text


@pytest.mark.slow
def test_notes_are_by_the_office_and_large_enough_for_their_text(book, file):
    notes = [cell.comment for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]

    assert {note.author for note in notes} == {"嘉峪关市人民政府办公室"}
    assert all(note.text.startswith(("【必须改】", "【请核实】")) for note in notes)
    with zipfile.ZipFile(file.path) as archive:
        drawn = "".join(archive.read(name).decode() for name in archive.namelist() if "vmlDrawing" in name)
    sizes = [(float(w), float(h)) for w, h in re.findall(r"width:([\d.]+)pt;height:([\d.]+)pt", drawn)]
    lines = [sum(-(-2 * len(part) // CHARACTERS) for part in note.text.split("\n")) for note in notes]
    assert [(w, h >= 11 * n) for (w, h), n in zip(sorted(sizes, key=lambda s: s[1]), sorted(lines), strict=True)] == [
        (240, True)
    ] * len(notes)


@pytest.mark.slow
def test_its_formulas_use_only_what_old_excel_and_wps_know(file):
    own = [text for (sheet, _), text in file.formulas.items() if sheet == REMARKS]
    frames = [text for texts in file.frames.values() for text in texts]
    used = {name for text in own + frames for name in re.findall(r"([A-Z.]+)\(", re.sub('"[^"]*"', "", text))}

    assert "IF" in used
    assert used <= OLD_FUNCTIONS


@pytest.mark.slow
def test_frames_are_on_their_own_sheet_for_excel_2007_knows_no_other(file):
    assert file.frames
    assert not [text for texts in file.frames.values() for text in texts if "!" in text]
