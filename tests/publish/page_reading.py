"""Read a run report as its reader does: sections, tables, figures, links."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import html

from pipeline.outbox.publish.report_html import Written, report_html

INLINE = {"a", "b", "code", "small", "span", "strong", "summary"}


@dataclass(frozen=True)
class Report:
    """A report on the disk, taken apart."""

    path: Path

    @cached_property
    def source(self) -> str:
        """The page as written."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> Any:
        """The page as a browser reads it."""
        return html.document_fromstring(self.source)

    def all(self, xpath: str) -> list[Any]:
        """What stands at a path."""
        return self.tree.xpath(xpath)

    def one(self, xpath: str) -> Any:
        """The only element at a path."""
        (found,) = self.all(xpath)
        return found

    def said(self, xpath: str) -> str:
        """The text of the only element at a path."""
        return text(self.one(xpath))

    def rows(self, xpath: str) -> list[list[str]]:
        """The cells of the bodies of the tables at a path, row by row."""
        return [[text(cell) for cell in row] for row in self.all(f"{xpath}//tbody/tr")]

    @property
    def texts(self) -> list[str]:
        """Every text that a person reads or is read to, one a block."""
        blocks = [e for e in self.all("//body//*[not(self::script)]") if isinstance(e.tag, str) and e.tag not in INLINE]
        attributes = self.all("//@aria-label | //@title | //title/text()")
        return [
            text(e) for e in blocks if not e.xpath("*[not(self::" + " or self::".join(sorted(INLINE)) + ")]")
        ] + attributes

    @property
    def links(self) -> list[str]:
        """Where the links lead, as files are called."""
        return [unquote(link) for link in self.all("//a/@href")]


def text(element: Any) -> str:
    """What an element says, on one line."""
    return " ".join(element.text_content().split())


def number(written: str) -> int:
    """A number as the report writes it."""
    assert written == f"{int(written.replace(',', '')):,}", f"{written} is not grouped"
    return int(written.replace(",", ""))


def written(year) -> Written:
    """What the run over a year wrote besides its report."""
    published = [
        year.workbook,
        year.papers,
        *sorted((year.folder / "data").iterdir()),
        *sorted((year.folder / "催报").glob("*")),
    ]
    return Written(year.outcome, year.folder, published, sorted((year.folder / "退回").rglob("*.xlsx")), "催报")


def drawn(year, path, **otherwise) -> Report:
    """The report of a year of which something is otherwise."""
    path.write_text(report_html(replace(year.outcome, **otherwise), written(year)), "utf-8")
    return Report(path)
