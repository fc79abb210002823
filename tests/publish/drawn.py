"""Charts as they are stored in a workbook: what they are called, what they refer to, what they show."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

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


def charts_of(workbook: Path) -> list[Drawn]:
    """Every chart of a workbook with one sheet of charts, in their order."""
    with zipfile.ZipFile(workbook) as book:
        parts = [name for name in book.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        parts.sort(key=lambda name: int(re.sub(r"\D", "", name)))
        (drawing,) = (name for name in book.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name))
        alts = etree.fromstring(book.read(drawing)).xpath("//xdr:graphicFrame//xdr:cNvPr/@descr", namespaces=NAMES)
        return [_drawn(book.read(part), alt) for part, alt in zip(parts, alts, strict=True)]


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
