import shutil
from functools import cached_property
from pathlib import Path

import openpyxl
import pytest

from pipeline.outbox.publish.machine import MACHINE
from pipeline.outbox.publish.report_html import NAME
from pipeline.tables.outcome import Outcome
from tests.publish.page_reading import Report
from tests.publish.reading import Cells, load, pages, retouch, shortened, shown
from tests.publish.spring import Spring, grown


class Year:
    """A year as published: the outbox, the run that wrote it, and the workbook as a reader opens it."""

    def __init__(self, folder: Path, outcome: Outcome, lean: Path) -> None:
        self.folder = folder
        self.outcome = outcome
        self.lean = lean  # the workbook without the rows of 数据_机读, in which no program can read a formula wrongly

    @property
    def workbook(self) -> Path:
        """The consolidated workbook."""
        (path,) = self.folder.glob("*汇总.xlsx")
        return path

    @property
    def papers(self) -> Path:
        """The working papers."""
        (path,) = self.folder.glob("*工作底稿.xlsx")
        return path

    @cached_property
    def papers_book(self) -> openpyxl.Workbook:
        """The working papers with formulas and formats."""
        return load(self.papers)

    @cached_property
    def papers_cells(self) -> Cells:
        """What the working papers show, by sheet and address."""
        return shown(self.papers)

    @cached_property
    def book(self) -> openpyxl.Workbook:
        """The workbook with formulas and formats, but for the rows of 数据_机读, which have neither."""
        return load(self.lean)

    @cached_property
    def cells(self) -> Cells:
        """What the workbook shows, by sheet and address."""
        return shown(self.workbook)


@pytest.fixture(scope="session")
def demo(demo_folder, demo_outcome, tmp_path_factory) -> Year:
    """The demonstration year as published."""
    return published(demo_folder, demo_outcome, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def shifan(shifan_folder, shifan_outcome, tmp_path_factory) -> Year:
    """The year of the small office as published."""
    return published(shifan_folder, shifan_outcome, tmp_path_factory.mktemp("shifan"))


def published(folder: Path, outcome: Outcome, own: Path) -> Year:
    outbox = folder / "outbox" / str(outcome.year)
    (workbook,) = outbox.glob("*汇总.xlsx")
    return Year(outbox, outcome, shortened(workbook, MACHINE, own / "lean.xlsx"))


@pytest.fixture(scope="session", params=[pytest.param("demo", marks=pytest.mark.slow), "shifan"])
def year(request) -> Year:
    """Either year: one has 50 units and the report's figures, the other applications, fees and disputes."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def spring(tmp_path_factory) -> Spring:
    """The spring of four units, with every kind of reason and with ratios."""
    return grown(tmp_path_factory.mktemp("spring"))


@pytest.fixture(scope="session")
def report(year) -> Report:
    """The run report of either year."""
    return Report(year.folder / NAME)


@pytest.fixture(scope="session")
def demo_report(demo) -> Report:
    """The run report of the demonstration year."""
    return Report(demo.folder / NAME)


@pytest.fixture(scope="session")
def book(year):
    """The workbook of either year with formulas and formats."""
    return year.book


@pytest.fixture(scope="session")
def cells(year):
    """What the workbook of either year shows, by sheet and address."""
    return year.cells


@pytest.fixture(scope="session")
def years_on_paper(once, libreoffice, demo, shifan) -> dict[str, list[str]]:
    """The text of each printed page of either year, and of the small office's working papers."""

    def printed(folder: Path) -> None:
        names = {"demo": demo, "shifan": shifan}
        paths = {name: year.workbook for name, year in names.items()} | {"papers": shifan.papers}
        copies = [Path(shutil.copyfile(path, folder / f"{name}.xlsx")) for name, path in paths.items()]
        for name, pdf in zip(paths, libreoffice.to_pdf(*copies), strict=True):
            (folder / f"{name}.txt").write_text("\f".join(pages(pdf)), encoding="utf-8")

    folder = once("paper", printed)
    return {path.stem: path.read_text(encoding="utf-8").split("\f") for path in folder.glob("*.txt")}


@pytest.fixture(scope="session")
def demo_pages(years_on_paper) -> list[str]:
    """The text of each printed page of the demonstration year."""
    return years_on_paper["demo"]


@pytest.fixture(scope="session")
def recalculated(once, libreoffice, demo, shifan) -> Path:
    """The workbook of either year as LibreOffice saves it, and one of which a stored value was wrong before that."""

    def converted(folder: Path) -> None:
        short = [
            shortened(year.workbook, MACHINE, folder / f"{year.outcome.office.settings.id}.xlsx")
            for year in (demo, shifan)
        ]
        wrong = folder / "wrong.xlsx"
        shutil.copyfile(short[1], wrong)
        retouch(wrong, b"</f><v>1124</v>", b"</f><v>1125</v>")
        for path in libreoffice.recalculate(*short, wrong):
            path.rename(folder / path.name)

    return once("recalculated", converted)
