"""How long a workbook is read, by what it is, in times of calamine's bare read: `python -m tests.bench.reading`.

Both are timed in turns within one run, so that a busy machine slows both.
"""

import io
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time

from python_calamine import CalamineWorkbook
from rich.console import Console

from pipeline.intake.containers import read_book
from tests.builders import Desk
from tests.drift.parts import rewritten
from tests.drift.strange import attributes_single_quoted, cells_without_addresses, prefixed
from tests.drift.untouched import untouched
from tests.pipeline.drifting import merged, styled
from tests.pipeline.overtype import Edit, together

AS_OURS, OTHERS = 1.5, 3.6  # the most that is allowed, a little less than is asked
TURNS = 25


def formatted_to_the_end(path: Path) -> None:
    """Every row of a sheet formatted down to row 60,000, and nothing in it."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(9000, 60_000))
    rewritten(lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"), "xl/worksheets/sheet4")(path)


def long_register(path: Path) -> None:
    """A register of 12,000 items more."""
    item = '<row r="{0}"><c r="A{0}" s="36" t="s"><v>1</v></c><c r="E{0}" s="37"><v>40909</v></c></row>'
    rows = "".join(item.format(n) for n in range(9000, 21_000))
    rewritten(lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"), "xl/worksheets/sheet4")(path)


def _among(how: Callable[[str], str]) -> Edit:
    """A register of 12,000 items more, its sheet then changed."""
    return together(long_register, rewritten(how, "xl/worksheets/sheet4"))


def on_conditions(count: int) -> Edit:
    """The same under so many conditions, by each of which a cell may be struck out."""

    def conditions(xml: str) -> str:
        rule = '<conditionalFormatting sqref="A1:E30000"><cfRule type="expression" dxfId="{0}" priority="{1}"><formula>$E1&gt;{1}99999</formula></cfRule></conditionalFormatting>'
        told = "".join(rule.format(0, n) for n in range(1, count + 1))
        return xml.replace("</sheetData>", f"</sheetData>{told}", 1)

    def styles(xml: str) -> str:
        return re.sub(r"(<dxfs[^>]*>)", r"\1<dxf><font><strike/></font></dxf>", xml, count=1)

    return together(_among(conditions), rewritten(styles, "xl/styles.xml"))


def each_cell(how: Callable[[re.Match[str]], str]) -> Edit:
    """Every cell that holds something written otherwise."""
    return _among(lambda xml: re.sub(r"<v>([^<]*)</v></c>", how, xml))


KINDS: Mapping[str, Edit] = {
    "as our template wrote it": lambda path: None,
    "a cell formatted otherwise": styled("基本情况", "D9", 25, '0"条"'.replace('"', "&quot;")),
    "cells merged": merged("基本情况", "A1:H1"),
    "formatted down to row 60,000": formatted_to_the_end,
    "12,000 items": long_register,
    "12,000 items under a condition": on_conditions(1),
    "12,000 items under 1,000 conditions": on_conditions(1000),
    "12,000 items without addresses": together(long_register, cells_without_addresses),
    "12,000 items with comments among them": each_cell(lambda cell: f"<v>{cell[1]}</v></c><!-- {cell[1]} -->"),
    "12,000 items with comments in them": each_cell(lambda cell: f"<v>{cell[1]}<!-- x --></v></c>"),
    "12,000 items in CDATA": each_cell(lambda cell: f"<v><![CDATA[{cell[1]}]]></v></c>"),
    "prefixed name spaces": prefixed,
    "attributes single-quoted": attributes_single_quoted("基本情况", "公开台账"),
}


def ratios() -> dict[str, float]:
    """The time of each kind in times of calamine's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "市卫生局_2012-01.xlsx"
        desk = Desk(Path(folder) / "desk")
        found: dict[str, float] = {}
        for name, happens in KINDS.items():
            path.write_bytes(untouched(desk.folder))
            happens(path)
            found[name] = _ratio(path.read_bytes(), path.name)
        return found


def _ratio(data: bytes, name: str) -> float:
    ours, theirs = [], []
    for _ in range(TURNS if len(data) < 200_000 else 5):
        ours.append(_timed(lambda: read_book(data, name)))
        theirs.append(_timed(lambda: _bare(data)))
    return min(ours) / min(theirs)


def _timed(what: Callable[[], object]) -> float:
    start = process_time()
    what()
    return process_time() - start


def _bare(data: bytes) -> None:
    """Every sheet by calamine alone."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def main() -> int:
    """Print the ratios; 1 where one is more than is allowed."""
    console, broken = Console(), 0
    for name, ratio in ratios().items():
        most = AS_OURS if name == next(iter(KINDS)) else OTHERS
        broken |= ratio > most
        console.print(f"{'BROKEN' if ratio > most else 'holds '}  {ratio:5.2f} × calamine (≤ {most}): {name}")
    return broken


if __name__ == "__main__":
    sys.exit(main())
