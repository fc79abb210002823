"""On a desk with other fonts every figure is on paper too: no ###, and no letter of a return too small to read."""

import pytest

from pipeline.values.machine import MACHINE
from tests.assessed import small_office
from tests.builders import Desk
from tests.publish.fonts import DESKS, only
from tests.publish.reading import LibreOffice, font_sizes, pages, shortened
from tests.templates.test_printed import SMALLEST, full
from tests.templates.writing import KINDS, write

pytestmark = [pytest.mark.slow, pytest.mark.libreoffice, pytest.mark.poppler]

LARGE = {"T2.05": 98_765_432, "T2.08": 1_234_567, "T8.801_charged": 1_234_567_890, "T8.801_payers": 3}
SHOWN = {"98,765,432", "1,234,567", "12,345,678.90"}


@pytest.fixture(scope="module")
def books(once):
    """Every kind of workbook of a January with large figures: one return is wrong, one asked about, one missing."""

    def made(folder):
        desk = Desk(folder, small_office())
        desk.send("市教育局", changes=LARGE)
        desk.send("市科技局", changes={"T2.02": 11, "T2.05": 98_765_432})
        outcome, workbook = desk.run("2012-02-20", "2012-01")
        assert outcome.coverage.counted == 1
        shortened(workbook, MACHINE, folder / "汇总.xlsx", 3)
        write(folder, full(KINDS[0]))

    folder = once("large-figures", made)
    year = folder / "outbox" / "2012"
    return [*folder.glob("*.xlsx"), year / "处理意见.xlsx", *year.glob("催报/*.xlsx"), *year.glob("退回/*/*.xlsx")]


@pytest.fixture(scope="module", params=DESKS)
def printed(request, books, tmp_path_factory):
    """The workbooks as such a desk prints them, by name."""
    folder = tmp_path_factory.mktemp("desk")
    fonts = only(folder / "fonts", *DESKS[request.param])
    return {pdf.stem: pdf for pdf in LibreOffice(folder, fonts).to_pdf(*books)}


def test_no_figure_is_replaced_by_marks(printed):
    assert len(printed) == 5
    assert {name for name, pdf in printed.items() if "###" in "".join(pages(pdf))} == set()


def test_large_figures_of_the_consolidated_workbook_are_whole(printed):
    assert set("".join(pages(printed["汇总"])).split()) >= SHOWN


def test_no_letter_of_a_return_is_too_small_to_read(printed):
    (form,) = (pdf for name, pdf in printed.items() if name.startswith(KINDS[0][1]))

    assert min(font_sizes(form)) >= SMALLEST
