"""A file of unknown form goes back as a copy with the list in front, its other parts byte for byte; or as the list alone."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import openpyxl
import pytest
import xlsxwriter

from pipeline.outbox.returned import write_returned
from pipeline.outbox.returned.in_front import EDITED, with_sheet_in_front
from pipeline.outbox.returned.lines import BY_HAND, HEADINGS
from pipeline.outbox.returned.transplant import Refused
from pipeline.paper.names import REMARKS
from tests.builders import Desk
from tests.pipeline.overtype import lose_stamp, retouch, together
from tests.pipeline.reading import read
from tests.publish.reading import by_formualizer, differences, load, shown
from tests.returned.reading import Returned

pytestmark = pytest.mark.slow

NEW = "xl/worksheets/returned.xml"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A unit that is not in the list has filled in another unit's form."""
    desk = Desk(tmp_path_factory.mktemp("unknown"))
    desk.send("市财政局", edit=together(lose_stamp, retouch("嘉峪关市财政局", "嘉峪关市财务局")), name="一/财务局.xlsx")
    return desk


@pytest.fixture(scope="module")
def original(desk):
    return desk.inbox / "一/财务局.xlsx"


@pytest.fixture(scope="module")
def outcome(desk):
    return desk.examine()


@pytest.fixture(scope="module")
def path(desk, outcome):
    (path,) = write_returned(outcome, desk.outbox)
    return path


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def looks(sheet) -> list[tuple[str, ...]]:
    """How the cells at the top of a sheet look."""
    cells = (cell for row in sheet.iter_rows(max_row=12) for cell in row)
    return [(c.font.name, c.font.sz, c.fill.fgColor.rgb, c.border.bottom.style, c.number_format) for c in cells]


def packed(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def ours():
    """A workbook with the one sheet that is put in front."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        workbook.add_worksheet().write_string("A1", "请改正", workbook.add_format({"bold": True}))
    return out.getvalue()


def test_all_other_parts_keep_their_bytes(original, path):
    before, after = parts(original.read_bytes()), parts(path.read_bytes())

    assert set(after) - set(before) == {NEW}
    assert {name for name in before if before[name] != after[name]} == set(EDITED)


def test_the_copy_shows_what_the_original_shows_with_the_list_in_front(original, path):
    cells = shown(path)

    assert {at: value for at, value in cells.items() if at[0] != REMARKS} == shown(original)
    assert differences(cells, shown(by_formualizer(path))) == {}
    assert load(path).sheetnames == [REMARKS, *load(original).sheetnames]


def test_the_list_says_what_is_wrong_and_leads_to_the_cell(outcome, path):
    (finding,) = outcome.findings
    (line,) = Returned(path).lines

    assert (line.message, line.remedy, line.rule) == (finding.message, finding.remedy, finding.rule)
    assert (line.where, line.link, line.state) == ("封面!B3", ("封面", "B3"), BY_HAND)
    assert Returned(path).texts[0] == "退回修改：财务局.xlsx"


def test_the_list_looks_as_it_does_elsewhere_and_the_original_keeps_its_looks(original, path):
    book, before = load(path), load(original)
    head = next(cell for cell in book[REMARKS]["A"] if cell.value == HEADINGS[0])

    assert (head.font.name, head.border.top.style) == ("黑体", "medium")
    assert book[REMARKS].column_dimensions["F"].width == pytest.approx(50.7, abs=0.1)
    for sheet in before.sheetnames:
        assert looks(book[sheet]) == looks(before[sheet])


def test_names_and_print_titles_still_mean_their_own_sheets(original, path):
    book, before = load(path), load(original)

    assert {n: d.attr_text for n, d in book.defined_names.items()} == {
        n: d.attr_text for n, d in before.defined_names.items()
    }
    for sheet in before.sheetnames:
        assert (book[sheet].print_area, book[sheet].print_title_rows) == (
            before[sheet].print_area,
            before[sheet].print_title_rows,
        )
    assert any(before[sheet].print_title_rows for sheet in before.sheetnames)


def test_one_sheet_is_open_and_it_is_the_one_that_was(original, path):
    book, before = load(path), load(original)

    assert book.active.title == before.active.title
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [before.active.title]


def test_what_it_says_is_the_same_to_intake(desk, original, path):
    before, after = read(desk, original), read(desk, path)

    assert (after.unit, after.period, [f.rule for f in after.findings]) == (
        before.unit,
        before.period,
        [f.rule for f in before.findings],
    )


def test_a_workbook_of_another_program_is_taken_too(original, ours):
    book = load(original)
    book.create_sheet("附页")["A1"] = "合计"
    book.active = 2
    out = io.BytesIO()
    book.save(out)

    done = openpyxl.load_workbook(io.BytesIO(with_sheet_in_front(out.getvalue(), REMARKS, ours)))

    assert done.sheetnames == [REMARKS, *book.sheetnames]
    assert (done[REMARKS]["A1"].value, done[REMARKS]["A1"].font.bold) == ("请改正", True)
    assert done.active.title == book.active.title


def without(*names: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda content: {name: data for name, data in content.items() if name not in names}


def having(name: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda content: {**content, name: b"?"}


def saying(part: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def changed(content):
        assert old in content[part]
        return {**content, part: content[part].replace(old, new)}

    return changed


@pytest.mark.parametrize(
    "oddly",
    [
        pytest.param(having("xl/vbaProject.bin"), id="macros"),
        pytest.param(having("_xmlsignatures/sig1.xml"), id="signed"),
        pytest.param(having("xl/revisions/revisionHeaders.xml"), id="shared"),
        pytest.param(having(NEW), id="a part of our name"),
        pytest.param(without("xl/styles.xml"), id="no styles"),
        pytest.param(saying("xl/styles.xml", b"<fonts", b"<x:fonts"), id="prefixed"),
        pytest.param(saying("xl/workbook.xml", b"schemas.openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml"), id="strict"),
        pytest.param(saying("xl/workbook.xml", b"<sheets>", b"<sheets >"), id="unusual"),
        pytest.param(saying("xl/workbook.xml", b'name="\xe5\xb0\x81\xe9\x9d\xa2"', f'name="{REMARKS}"'.encode()), id="has the sheet"),
        pytest.param(saying("[Content_Types].xml", b"sheet.main+xml", b"template.main+xml"), id="a template"),
        pytest.param(saying("xl/workbook.xml", b"<workbook ", b"<!DOCTYPE a><workbook "), id="with a DTD"),
        pytest.param(saying("xl/workbook.xml", b"<sheets>", b"<sheets>\xff"), id="not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused(original, ours, oddly):
    with pytest.raises(Refused):
        with_sheet_in_front(packed(oddly(parts(original.read_bytes()))), REMARKS, ours)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0"], ids=["empty", "half", "old"])
def test_what_is_no_workbook_is_refused(ours, data):
    with pytest.raises(Refused):
        with_sheet_in_front(data, REMARKS, ours)


def test_of_a_file_that_cannot_be_marked_the_list_goes_back_alone(outcome, tmp_path):
    (back,), (finding,) = outcome.sent_back, outcome.findings
    odd = replace(
        back, file="二/宏&B.xlsm", content=partial(bytes, packed(having("xl/vbaProject.bin")(parts(back.content()))))
    )
    told = replace(outcome, sent_back=(odd,), findings=(replace(finding, file=odd.file),))

    (alone,) = write_returned(told, tmp_path)
    (line,) = Returned(alone).lines

    assert alone.name == "宏&B_退回修改.xlsx"
    assert load(alone)[REMARKS].oddFooter.right.text == "退回修改：宏&&B.xlsm"
    assert load(alone).sheetnames == [REMARKS]
    assert (line.where, line.link, line.message) == ("封面!B3", None, finding.message)
