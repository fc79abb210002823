"""Read finished workbooks: what their cells show, what two spreadsheet engines compute, how they print."""

import io
import os
import re
import subprocess
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

Cells = dict[tuple[str, str], Any]  # by sheet and address

RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def load(path: Path) -> openpyxl.Workbook:
    """The workbook with its formulas and formats; openpyxl's word that it knows no sparklines is passed over."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparkline Group extension", UserWarning)
        return openpyxl.load_workbook(path)


def shown(workbook: Path | bytes) -> Cells:
    """What each cell shows without calculating: constants, and the values stored beside the formulas."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(_bytes(workbook)))
    return {
        (name, f"{get_column_letter(c)}{r}"): value
        for name in book.sheet_names
        for r, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1)
        for c, value in enumerate(row, 1)
        if value != ""
    }


def formulas(book: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    """The text of every formula."""
    return {(c.parent.title, c.coordinate): c.value for c in filled(book) if c.data_type == "f"}


def as_the_library_would_not(book: openpyxl.Workbook) -> list[str]:
    """The formulas that xlsxwriter would have written otherwise than ``paper.xlsx``, which spares its search."""
    own = Worksheet()
    return [text for text in formulas(book).values() if own._prepare_formula(text, True) != text.removeprefix("=")]


def filled(book: openpyxl.Workbook) -> Iterator[Any]:
    """Every cell that holds something or has a look. To walk the rows would make the cells between them too."""
    for sheet in book:
        yield from list(sheet._cells.values())


def by_formualizer(path: Path) -> bytes:
    """The workbook with every formula calculated anew; no error may come of it."""
    result = formualizer.recalculate_xlsx_bytes(path.read_bytes())
    assert result["summary"]["total_errors"] == 0, result["summary"]
    assert result["summary"]["unknown_functions"] == []
    return bytes(result["bytes"])


@dataclass(frozen=True)
class LibreOffice:
    """A LibreOffice of its own, which recalculates every workbook that it opens.

    ``fonts`` are fontconfig's settings, where it is not to find this desk's.
    """

    folder: Path
    fonts: Path | None = None

    def recalculate(self, *paths: Path) -> list[Path]:
        """Workbooks as LibreOffice saves them; to start it takes longer than to convert one more."""
        return self._convert(paths, "xlsx")

    def to_pdf(self, *paths: Path) -> list[Path]:
        """Workbooks as LibreOffice prints them."""
        return self._convert(paths, "pdf")

    def _convert(self, paths: Sequence[Path], kind: str) -> list[Path]:
        settings = self.folder / "profile" / "user" / "registrymodifications.xcu"
        if not settings.exists():
            settings.parent.mkdir(parents=True)
            settings.write_text(RECALCULATE_ALWAYS, encoding="utf-8")
        out = self.folder / f"out{len(list(self.folder.iterdir()))}"
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", out, *paths]
        desk = os.environ | ({"FONTCONFIG_FILE": str(self.fonts)} if self.fonts else {})
        subprocess.run(command, check=True, capture_output=True, env=desk)  # noqa: S603
        made = [out / path.with_suffix(f".{kind.partition(':')[0]}").name for path in paths]
        assert len(set(made)) == len(made), "two files of one name"
        return made


def differences(before: Cells, after: Cells) -> dict[tuple[str, str], tuple[Any, Any]]:
    """The cells that show something else in the one than in the other, to the 15 digits that LibreOffice stores."""
    pairs = {at: (before.get(at), after.get(at)) for at in before.keys() | after.keys()}
    return {at: pair for at, pair in pairs.items() if len({_as_stored(value) for value in pair}) > 1}


def _as_stored(value: Any) -> Any:
    return f"{value:.15g}" if isinstance(value, int | float) and not isinstance(value, bool) else value


def retouch(path: Path, old: bytes, new: bytes) -> None:
    """Overtype a text in the parts of a workbook's sheets, with nothing recalculated."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            target.writestr(part, data.replace(old, new) if part.filename.startswith("xl/worksheets/") else data)


def shortened(workbook: Path, sheet: str, to: Path, rows: int = 0) -> Path:
    """A copy in which a sheet has only its first rows, for programs that a sheet as large as 数据_机读 is too much for.

    The rows left out may hold no formula.
    """
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as target:
        long = part_of(source, sheet)
        for part in source.infolist():
            data = source.read(part)
            if part.filename == long:
                head, _, rest = data.partition(b"<sheetData>")
                body, _, tail = rest.partition(b"</sheetData>")
                kept = body.split(b"</row>")[:rows]
                assert b"<f>" not in body
                head = head if kept else re.sub(rb'<dimension ref="[^"]+"/>', b'<dimension ref="A1"/>', head)
                data = b"%s<sheetData>%s</sheetData>%s" % (head, b"".join(row + b"</row>" for row in kept), tail)
            target.writestr(part, data)
    return to


def sheet_xml(workbook: Path, sheet: str) -> bytes:
    """A sheet as it is stored."""
    with zipfile.ZipFile(workbook) as source:
        return source.read(part_of(source, sheet))


def pages(pdf: Path) -> list[str]:
    """The text of each page, laid out as printed."""
    command = ["pdftotext", "-layout", pdf, "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout  # noqa: S603
    return text.removesuffix("\f").split("\f")


def font_sizes(pdf: Path) -> set[float]:
    """The sizes of the letters on paper, in points (to a third of a point: pdftohtml counts whole pixels)."""
    command = ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "3", pdf]
    xml = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout  # noqa: S603
    return {int(size) / 3 for size in re.findall(r'<fontspec [^>]*size="(\d+)"', xml)}


def part_of(workbook: zipfile.ZipFile, sheet: str) -> str:
    """The part of a workbook of ours that a sheet is stored in."""
    names = re.findall(r'<sheet name="([^"]+)"', workbook.read("xl/workbook.xml").decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def _bytes(workbook: Path | bytes) -> bytes:
    return workbook.read_bytes() if isinstance(workbook, Path) else workbook
