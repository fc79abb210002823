"""Read a returned file as a unit sees it: the list in front, the frames and notes at the cells."""

import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.outbox.returned.lines import HEADINGS
from pipeline.paper.names import REMARKS
from tests.publish.reading import Cells, shown

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
At = tuple[str, str]  # sheet and cell


class Line(NamedTuple):
    """A row of the list as it shows, with where its place leads (None: nowhere) and whether its state is a formula."""

    level: str
    where: str
    label: str
    written: str
    message: str
    remedy: str
    state: str
    rule: str
    link: At | None
    live: bool


@dataclass(frozen=True)
class Returned:
    """A returned file; ``path`` may have been saved by another program, then only what it shows is read."""

    path: Path

    @cached_property
    def cells(self) -> Cells:
        return shown(self.path)

    @cached_property
    def head(self) -> int:
        """The row of the headings."""
        return next(row for row in range(1, 30) if self.cells.get((REMARKS, f"A{row}")) == HEADINGS[0])

    @property
    def texts(self) -> list[str]:
        """What stands above the headings."""
        return [str(self.cells[REMARKS, f"A{row}"]) for row in range(1, self.head)]

    @property
    def progress(self) -> str:
        return self.texts[-1]

    @cached_property
    def lines(self) -> list[Line]:
        last = max(int(cell[1:]) for sheet, cell in self.cells if sheet == REMARKS)
        return [self._line(row) for row in range(self.head + 1, last + 1)]

    @property
    def states(self) -> dict[tuple[str, str], str]:
        """The state of each finding, by rule and place."""
        return {(line.rule, line.where): line.state for line in self.lines}

    @cached_property
    def links(self) -> dict[str, At]:
        """Where the links of the list lead."""
        links = self._sheets[REMARKS].iter(f"{MAIN}hyperlink")
        told = {link.get("ref", ""): link.get("location", "").rpartition("!") for link in links}
        return {ref: (sheet.strip("'"), cell) for ref, (sheet, _, cell) in told.items()}

    @cached_property
    def notes(self) -> dict[At, str]:
        """The notes at the cells."""
        found = {}
        for sheet, part in self._parts.items():
            rels = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
            comments = re.findall(r"comments\d+\.xml", self._text(rels)) if rels in self._names else []
            for comment in (c for name in comments for c in self._xml(f"xl/{name}").iter(f"{MAIN}comment")):
                found[sheet, comment.get("ref")] = "".join(t.text or "" for t in comment.iter(f"{MAIN}t"))
        return found

    @cached_property
    def frames(self) -> dict[At, list[str]]:
        """The conditions of the frames at single cells."""
        found: dict[At, list[str]] = {}
        for sheet, xml in self._sheets.items():
            for area in xml.iter(f"{MAIN}conditionalFormatting"):
                for rule in area.iter(f"{MAIN}cfRule"):
                    if ":" not in area.get("sqref", "") and rule.get("type") == "expression" and sheet != REMARKS:
                        found.setdefault((sheet, area.get("sqref", "")), []).append(rule[0].text or "")
        return found

    @cached_property
    def formulas(self) -> dict[At, str]:
        cells = ((s, c) for s, xml in self._sheets.items() for c in xml.iter(f"{MAIN}c"))
        return {(s, c.get("r", "")): f.text or "" for s, c in cells if (f := c.find(f"{MAIN}f")) is not None}

    def _line(self, row: int) -> Line:
        texts = [str(self.cells.get((REMARKS, f"{column}{row}"), "")) for column in "BCDEFGHI"]
        return Line(*texts, self.links.get(f"C{row}"), (REMARKS, f"H{row}") in self.formulas)

    @cached_property
    def _names(self) -> list[str]:
        with zipfile.ZipFile(self.path) as archive:
            return archive.namelist()

    @cached_property
    def _parts(self) -> dict[str, str]:
        targets = {r.get("Id"): r.get("Target", "") for r in self._xml("xl/_rels/workbook.xml.rels")}
        key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
        sheets = self._xml("xl/workbook.xml").iter(f"{MAIN}sheet")
        return {s.get("name", ""): f"xl/{targets[s.get(key)]}".replace("xl//xl/", "xl/") for s in sheets}

    @cached_property
    def _sheets(self) -> dict[str, ET.Element]:
        return {sheet: self._xml(part) for sheet, part in self._parts.items()}

    def _xml(self, part: str) -> ET.Element:
        return ET.fromstring(self._text(part))  # noqa: S314  # we wrote it

    def _text(self, part: str) -> str:
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(part).decode()
