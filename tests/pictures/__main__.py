"""Make the pictures of the README again: `python -m tests.pictures` (needs LibreOffice, poppler, chromium, ImageMagick).

They are of the demonstration year as this program writes it; nothing in them is drawn by hand.
"""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.outbox.publish import REPORT
from pipeline.tables.outcome import Outcome
from pipeline.values.machine import MACHINE
from tests.builders import demo_year
from tests.publish.reading import LibreOffice, pages, shortened
from tests.templates.writing import draft_of, write

HERE = Path(__file__).parent
WIDEST, TALLEST, COLOURS = 900, 900, 40  # pixels, pixels, colours
OF_THE_WORKBOOK = {
    "cover": "编制单位",
    "table": "^ *表1 .*第 \\d+ 页",
    "charts": "^ *图表 .*第 \\d+ 页",
    "status": "^ *报送情况 .*第 \\d+ 页",
    "reconciliation": "^ *对账 .*第 \\d+ 页",
}


def main() -> None:
    """Build the year, print what was written, keep one page of each."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        outcome = demo_year(folder)
        for name, picture in taken(folder, outcome):
            size = keep(picture, HERE / f"{name}.png")
            print(f"{name}.png  {size / 1024:.0f} KB")  # noqa: T201  # it is a command


def taken(folder: Path, outcome: Outcome) -> Iterator[tuple[str, Path]]:
    """Each picture as photographed, by name."""
    outbox = folder / "outbox" / str(outcome.year)
    (workbook,) = outbox.glob("*汇总.xlsx")
    (returned,) = outbox.glob("退回/*/*.xlsx")
    book = shortened(workbook, MACHINE, folder / "workbook.xlsx", 20)
    template = write(folder, draft_of(("jyg", "市卫生局", "2012-09")))
    files = [book, template, returned, outbox / "处理意见.xlsx"]
    printed, *others = LibreOffice(folder / "office").to_pdf(*files)
    for name, words in OF_THE_WORKBOOK.items():
        yield name, page(printed, lambda text, words=words: bool(re.search(words, text, re.MULTILINE)))
    yield "template", page(others[0], lambda text: "主动公开" in text and "代码" in text)
    yield "returned", page(others[1], bool)
    yield "returned_form", page(others[1], lambda text: "基本情况" in text and "代码" in text)
    yield "rulings", page(others[2], bool)
    yield "report", screenshot(outbox / REPORT, folder / "report.png")


def page(pdf: Path, wanted: Callable[[str], bool]) -> Path:
    """The first page whose text is wanted, as a picture without its foot."""
    number = next(str(n) for n, text in enumerate(pages(pdf), 1) if wanted(text))
    picture = pdf.with_name(f"{pdf.stem}-{number}")
    command = ["pdftoppm", "-r", "110", "-png", "-singlefile", "-f", number, "-l", number, pdf, picture]
    subprocess.run(command, check=True)  # noqa: S603
    whole = picture.with_name(f"{picture.name}.png")
    foot = ["-gravity", "South", "-chop", "0x88", "+gravity"]
    subprocess.run(["convert", whole, *foot, whole], check=True)  # noqa: S603, S607
    return whole


def screenshot(html: Path, picture: Path) -> Path:
    """The upper part of a page as a browser on a desk shows it."""
    look = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1100,1000", f"--screenshot={picture}"]
    subprocess.run(["chromium", *look, html.as_uri()], check=True, capture_output=True)  # noqa: S603, S607
    return picture


def keep(picture: Path, to: Path) -> int:
    """Cut the empty margin off, make it small, keep it in a few colours; returns how many bytes that takes."""
    cut = ["-trim", "+repage", "-bordercolor", "white", "-border", "14"]
    small = ["-resize", f"{WIDEST}x{TALLEST}>", "+dither", "-colors", str(COLOURS), "-strip", f"PNG8:{to}"]
    subprocess.run(["convert", picture, *cut, *small], check=True)  # noqa: S603, S607
    return to.stat().st_size


if __name__ == "__main__":
    main()
