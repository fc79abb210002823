"""What is done to a layout that takes more than a line to say."""

import re
from pathlib import Path

from tests.drift.grids import BASIC, Change, Grids, one_sheet
from tests.drift.parts import rewritten
from tests.pipeline.drifting import sheet_copied
from tests.pipeline.overtype import WORKBOOK, Edit, change, overtype, together

formatted_codes: Edit = overtype(BASIC, A9=4, A10=5)


def reordered(path: Path) -> None:
    """The sheets stand the other way round."""

    def turned(xml: str) -> str:
        sheets = re.findall(r"<sheet [^>]*/>", xml)
        return re.sub(r"<sheets>.*</sheets>", f"<sheets>{''.join(reversed(sheets))}</sheets>", xml)

    change(path, WORKBOOK, turned)


hidden: Edit = rewritten(
    lambda xml: xml.replace('<row r="9"', '<row hidden="1" r="9"').replace("<sheetData>", '<cols><col min="5" max="5" hidden="1"/></cols><sheetData>', 1) if "<cols>" not in xml else xml.replace('<row r="9"', '<row hidden="1" r="9"'),
    "xl/worksheets/",
)  # fmt: skip


def names_of_copy_only(sheet: str) -> Edit:
    """A sheet copied within the workbook, and the first one deleted: the names are those of the copy."""

    def renamed(xml: str) -> str:
        xml = re.sub(rf'<sheet name="{sheet}"[^>]*/>', "", xml)
        xml = re.sub(rf"<definedName [^>]*localSheetId[^>]*>'{sheet}'![^<]*</definedName>", "", xml)
        return re.sub(
            rf"<definedName (name=[^>]*>)'{sheet}'!", rf"<definedName localSheetId='5' \1'{sheet}（2）'!", xml
        )

    return together(sheet_copied(sheet), lambda path: change(path, WORKBOOK, renamed))


def pasted_together(grids: Grids) -> None:
    rows = one_sheet(grids)
    grids.clear()
    grids["月报"] = rows


def without_rows(sheet: str, *rows: int) -> Change:
    def change_(grids: Grids) -> None:
        grids[sheet] = [row for n, row in enumerate(grids[sheet], 1) if n not in rows]

    return change_


def without_sheet(sheet: str) -> Change:
    return lambda grids: grids.pop(sheet)


def emptied(sheet: str, column: int) -> Change:
    """Empty a column, headings and all."""

    def change(grids: Grids) -> None:
        for row in grids[sheet]:
            row[column - 1] = ""

    return change


def renamed(**names: str) -> Change:
    """Call sheets otherwise."""

    def change(grids: Grids) -> None:
        kept = {names.get(name, name): rows for name, rows in grids.items()}
        grids.clear()
        grids.update(kept)

    return change


def swapped(sheet: str, row: int, other: int) -> Change:
    """Swap two rows, as one does who sorts."""

    def change(grids: Grids) -> None:
        rows = grids[sheet]
        rows[row - 1], rows[other - 1] = rows[other - 1], rows[row - 1]

    return change
