"""Chance at the reader, for a bounded time: what it finds is fixed, and kept as a case of the corpus."""

import unicodedata
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.intake.book import Unreadable
from pipeline.intake.cells import read_cell
from pipeline.intake.intake import Reading, read_data
from tests.builders import Desk
from tests.drift.case import Case, Result
from tests.drift.grids import anew, as_html, as_text
from tests.drift.judged import wrong_numbers
from tests.drift.mutations import SAME, cells, outside_texts, outside_values, rewrite
from tests.drift.parts import zipped
from tests.drift.untouched import FILE, untouched

pytestmark = pytest.mark.slow

SHEET = "xl/worksheets/sheet3.xml"
DIGITS, BLANKS = "0123456789０１２３４５６７８９.,，．-－", " 　\u200b\xa0\n"
NUMERALS = f"{DIGITS}{BLANKS}\xad²①⅔٣十百万约余条%/eE+"


def bounded(examples: int) -> settings:
    return settings(
        max_examples=examples, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


class Reader:
    """Reads bytes as a return; a file that cannot be read is a finding, never an exception."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.whole = desk, untouched(desk.folder)
        with zipfile.ZipFile(BytesIO(self.whole)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.xml = self.parts[SHEET].decode()

    def __call__(self, data: bytes, name: str = FILE) -> Reading:
        try:
            return read_data(data, name, self.desk.forms(), self.desk.office)
        except Unreadable:
            return Reading()

    def of(self, part: str, data: bytes) -> Reading:
        return self(zipped(self.parts | {part: data}))

    def wrong(self, reading: Reading, seen: dict) -> list[str]:
        """The numbers read otherwise than they stand there; what cannot be read is told when the return is judged."""
        told = any(row[6] == "blank" or row[7] for row in reading.rows)
        result = Result((reading,), reading.findings)
        return [wrong for wrong in wrong_numbers(Case(""), result, seen) if not (told and wrong.endswith("None"))]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    return Reader(Desk(tmp_path_factory.mktemp("fuzz")))


@bounded(5_000)
@given(text=st.text(NUMERALS, min_size=1, max_size=8))
def test_a_text_that_is_read_is_read_digit_by_digit(text):
    read = read_cell(text)

    if read.value is not None:
        shown = text.strip(BLANKS).replace("\u200b", "")
        assert set(shown) <= set(DIGITS)
        assert float(unicodedata.normalize("NFKC", shown).replace(",", "")) == read.value


@bounded(400)
@given(data=st.data())
def test_a_sheet_written_otherwise_says_the_same(reader, seen, data):
    numbers = st.dictionaries(
        st.integers(0, cells(reader.xml) - 1), st.sampled_from(sorted(SAME)), min_size=1, max_size=9
    )

    reading = reader.of(SHEET, rewrite(reader.xml, data.draw(numbers)).encode())

    assert reader.wrong(reading, seen) == []


@bounded(1200)
@given(data=st.data())
def test_a_letter_of_a_tag_changed_changes_no_number(reader, seen, data):
    places = outside_values(reader.xml)
    changed = list(reader.xml)
    for at in data.draw(st.lists(st.integers(0, len(places) - 1), min_size=1, max_size=3)):
        changed[places[at]] = data.draw(st.sampled_from([*"<>/\"'= rstfvce019AZ&;:", "", "\n", "é", "<!--"]))

    reading = reader.of(SHEET, "".join(changed).encode())

    assert reader.wrong(reading, seen) == []


@bounded(600)
@given(
    data=st.data(),
    part=st.sampled_from(["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"]),
)
def test_a_part_with_letters_changed_breaks_nothing(reader, data, part):
    changed = bytearray(reader.parts[part])
    for at in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=4)):
        changed[at] = data.draw(st.integers(0, 255))

    reader.of(part, bytes(changed))


@bounded(400)
@given(data=st.data(), kind=st.sampled_from(["whole", "html", "csv", "tabs"]))
def test_a_file_with_bytes_changed_breaks_nothing(reader, tmp_path_factory, data, kind):
    write = {"html": as_html("gbk"), "csv": as_text("gbk"), "tabs": as_text("utf-16", "\t")}.get(kind)
    changed = bytearray(again(reader, write) if write else reader.whole)
    for at in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=9)):
        changed[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))

    reader(bytes(changed))


@pytest.mark.libreoffice
@bounded(400)
@given(data=st.data())
def test_a_letter_of_an_ods_changed_changes_no_number(reader, opened, seen, data):
    parts, places = opened
    changed = list(parts["content.xml"].decode())
    for at in data.draw(st.lists(st.integers(0, len(places) - 1), min_size=1, max_size=3)):
        changed[places[at]] = data.draw(st.sampled_from([*"<>/\"'= rstfvce019AZ&;:", "", "\n"]))

    reading = reader(zipped(parts | {"content.xml": "".join(changed).encode()}), "a.ods")

    assert reader.wrong(reading, seen) == []


@pytest.fixture(scope="module")
def opened(reader, libreoffice, tmp_path_factory):
    """The parts of the return as LibreOffice saves it as .ods, and where its XML holds no value."""
    path = tmp_path_factory.mktemp("ods") / "a.xlsx"
    path.write_bytes(reader.whole)
    (saved,) = libreoffice._convert([path], "ods")
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return parts, outside_texts(parts["content.xml"].decode())


def again(reader: Reader, write) -> bytes:
    """The return in another container."""
    path = reader.desk.folder / "again"
    path.write_bytes(reader.whole)
    anew(write=write)(path)
    return path.read_bytes()
