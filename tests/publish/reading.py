"""Read finished workbooks: what their cells show, what two spreadsheet engines compute, how they print."""

import io
import re
import subprocess
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import formualizer
import openpyxl
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

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
    cells = ((sheet.title, cell) for sheet in book for row in sheet for cell in row)
    return {(title, cell.coordinate): cell.value for title, cell in cells if cell.data_type == "f"}


def by_formualizer(path: Path) -> bytes:
    """The workbook with every formula calculated anew; no error may come of it."""
    result = formualizer.recalculate_xlsx_bytes(path.read_bytes())
    assert result["summary"]["total_errors"] == 0, result["summary"]
    assert result["summary"]["unknown_functions"] == []
    return bytes(result["bytes"])


@dataclass(frozen=True)
class LibreOffice:
    """A LibreOffice of its own, which recalculates every workbook that it opens."""

    folder: Path

    def recalculate(self, path: Path) -> Path:
        """The workbook as LibreOffice saves it."""
        return self._convert(path, "xlsx")

    def to_pdf(self, path: Path) -> Path:
        """The workbook as LibreOffice prints it."""
        return self._convert(path, "pdf")

    def _convert(self, path: Path, kind: str) -> Path:
        settings = self.folder / "profile" / "user" / "registrymodifications.xcu"
        if not settings.exists():
            settings.parent.mkdir(parents=True)
            settings.write_text(RECALCULATE_ALWAYS, encoding="utf-8")
        out = self.folder / f"out{len(list(self.folder.iterdir()))}"
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", out, path]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        return out / path.with_suffix(f".{kind}").name


def differences(before: Cells, after: Cells) -> dict[tuple[str, str], tuple[Any, Any]]:
    """The cells that show something else in the one than in the other."""
    cells = before.keys() | after.keys()
    return {at: (before.get(at), after.get(at)) for at in cells if before.get(at) != after.get(at)}


def retouch(path: Path, old: bytes, new: bytes) -> None:
    """Overtype a text in the parts of a workbook's sheets, with nothing recalculated."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            target.writestr(part, data.replace(old, new) if part.filename.startswith("xl/worksheets/") else data)


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


def _bytes(workbook: Path | bytes) -> bytes:
    return workbook.read_bytes() if isinstance(workbook, Path) else workbook
