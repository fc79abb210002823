"""Charts as they are stored in a workbook: what they are called, what they refer to, what they show."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tests.publish.reading import part_of

NAMES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
}


@dataclass(frozen=True)
class Drawn:
    """One chart: its words, and its series as (reference, values stored) by kind of drawing."""

    title: str
    axes: list[str]
    alt: str
    names: list[str]
    ranges: list[str]
    shown: list[list[float]]
    lines: list[str]
    marks: list[str]
    fonts: set[str]
    gap: int
    kind: str


def charts_of(workbook: Path, sheet: str = "图表") -> list[Drawn]:
    """Every chart of a sheet, in their order."""
    with zipfile.ZipFile(workbook) as book:
        (drawing,) = _related(book, part_of(book, sheet), "drawings")
        alts = etree.fromstring(book.read(drawing)).xpath("//xdr:graphicFrame//xdr:cNvPr/@descr", namespaces=NAMES)
        parts = _related(book, drawing, "charts")
        return [_drawn(book.read(part), alt) for part, alt in zip(parts, alts, strict=True)]


def _related(book: zipfile.ZipFile, part: str, folder: str) -> list[str]:
    """The parts in a folder that a part refers to, in their order."""
    place, _, name = part.rpartition("/")
    return [
        f"xl/{found}"
        for found in re.findall(rf'"\.\./({folder}/[^"]+)"', book.read(f"{place}/_rels/{name}.rels").decode())
    ]


def _drawn(xml: bytes, alt: str) -> Drawn:
    root = etree.fromstring(xml)

    def all_(path: str) -> list:
        return root.xpath(path, namespaces=NAMES)

    words = "./c:title//a:t/text()"
    return Drawn(
        title="".join(all_("/c:chartSpace/c:chart/c:title//a:t/text()")),
        axes=["".join(axis.xpath(words, namespaces=NAMES)) for axis in all_("//c:catAx | //c:valAx")],
        alt=alt,
        names=all_("//c:ser/c:cat//c:pt/c:v/text()"),
        ranges=all_("//c:ser/c:val//c:f/text()"),
        shown=[[float(v) for v in s.xpath(".//c:val//c:v/text()", namespaces=NAMES)] for s in all_("//c:ser")],
        lines=all_("//c:lineChart//c:ser/c:spPr//a:srgbClr/@val"),
        marks=all_("//c:lineChart//c:marker/c:symbol/@val"),
        fonts=set(all_("//a:latin/@typeface")),
        gap=int(all_("//c:gapWidth/@val")[0]),
        kind=all_("//c:barDir/@val")[0],
    )
