from pathlib import Path

import pytest
from filelock import FileLock

from tests.publish.reading import LibreOffice, load, pages, shown


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory):
    return LibreOffice(tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(scope="session")
def demo_workbook(demo_folder) -> Path:
    """The consolidated workbook of the demonstration year."""
    (path,) = (demo_folder / "outbox" / "2012").glob("*.xlsx")
    return path


@pytest.fixture(scope="session")
def book(demo_workbook):
    """The workbook with formulas and formats."""
    return load(demo_workbook)


@pytest.fixture(scope="session")
def cells(demo_workbook):
    """What the workbook shows, by sheet and address."""
    return shown(demo_workbook)


@pytest.fixture(scope="session")
def demo_pdf(demo_folder, demo_workbook, libreoffice) -> Path:
    """The workbook as printed, once for all workers; its text stands beside it."""
    pdf = demo_folder / "demo.pdf"
    with FileLock(demo_folder / "pdf.lock"):
        if not pdf.exists():
            printed = libreoffice.to_pdf(demo_workbook)
            pdf.with_suffix(".txt").write_text("\f".join(pages(printed)), encoding="utf-8")
            printed.rename(pdf)
    return pdf


@pytest.fixture(scope="session")
def demo_pages(demo_pdf) -> list[str]:
    """The text of each printed page."""
    return demo_pdf.with_suffix(".txt").read_text(encoding="utf-8").split("\f")
