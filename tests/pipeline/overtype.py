"""What people do to a return before they send it: overtype cells, rename sheets, insert rows, lose names.

Each is a change of a part's XML, for openpyxl would drop the results of every formula when it saves.
"""

import io
import re
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

Edit = Callable[[Path], object]

WORKBOOK = "xl/workbook.xml"
ERROR = "#DIV/0!"


def overtype(sheet: str, **cells: float | str | None) -> Edit:
    """Type values over cells, formulas included: overtype("基本情况", D9=6). None empties the cell."""

    def edit(path: Path) -> None:
        def typed(xml: str) -> str:
            for address, value in cells.items():
                xml = _with_cell(xml, address, value)
            return xml

        change(path, part_of(path, sheet), typed)

    return edit


def retouch(old: str, new: str) -> Edit:
    """Overtype a text wherever it stands in a cell, as somebody does who pastes other sheets over the form."""
    return lambda path: change(path, "xl/sharedStrings.xml", lambda xml: xml.replace(old, new))


def lose_names(*names: str) -> Edit:
    """Lose defined names: those given, or all of them."""
    wanted = "|".join(names) or "[^<]*"
    gone = re.compile(rf'<definedName name="(?:{wanted})"[^>]*>[^<]*</definedName>')
    return lambda path: change(path, WORKBOOK, lambda xml: gone.sub("", xml))


def lose_stamp(path: Path) -> None:
    """Lose the hidden sheet that says what the workbook is."""
    change(path, WORKBOOK, lambda xml: re.sub(r'<sheet name="_meta"[^>]*/>', "", xml))


def point(name: str, target: str) -> Edit:
    """Let a defined name point elsewhere, as it does after a cell was cut and pasted."""
    there = re.compile(rf'(<definedName name="{name}"[^>]*>)[^<]*')
    return lambda path: change(path, WORKBOOK, lambda xml: there.sub(lambda found: found[1] + target, xml))


def rename_sheet(old: str, new: str) -> Edit:
    """Rename a sheet; Excel lets the names follow."""

    def renamed(xml: str) -> str:
        return xml.replace(f'<sheet name="{old}"', f'<sheet name="{new}"').replace(f"'{old}'!", f"'{new}'!")

    return lambda path: change(path, WORKBOOK, renamed)


def orphan_names(sheet: str) -> Edit:
    """Let the names of a sheet point nowhere, as when its cells were copied to a new sheet and it was deleted."""
    return lambda path: change(path, WORKBOOK, lambda xml: xml.replace(f"'{sheet}'!$", "#REF!$"))


def insert_row(sheet: str, above: int) -> Edit:
    """Insert an empty row above row ``above``; Excel lets the names follow."""

    def edit(path: Path) -> None:
        def moved(found: re.Match[str]) -> str:
            return f"{found[1]}{int(found[2]) + (int(found[2]) >= above)}{found[3]}"

        part = part_of(path, sheet)
        change(path, part, lambda xml: re.sub(r'(<(?:row|c) r="[A-Z]*)(\d+)(")', moved, xml))
        change(path, WORKBOOK, lambda xml: re.sub(rf"('{sheet}'!\$[A-Z]+\$)(\d+)(<)", moved, xml))

    return edit


def lose_results(sheet: str) -> Edit:
    """Lose the results of a sheet's formulas, as programs do that write formulas and do not compute them."""
    result = re.compile(r"</f><v>[^<]*</v>")
    return lambda path: change(path, part_of(path, sheet), lambda xml: result.sub("</f>", xml))


def together(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(path: Path) -> None:
        for one in edits:
            one(path)

    return edit


def change(path: Path, part: str, how: Callable[[str], str]) -> None:
    """Change the XML of one part of a workbook."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == part:
                before = data.decode("utf-8")
                data = how(before).encode("utf-8")
                assert data.decode("utf-8") != before, f"nothing changed in {part}"
            target.writestr(entry, data)


def part_of(path: Path, sheet: str) -> str:
    with zipfile.ZipFile(path) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read(WORKBOOK).decode("utf-8"))
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def _with_cell(xml: str, address: str, value: float | str | None) -> str:
    cell = re.compile(rf'<c r="{address}"((?: s="\d+")?)[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    assert cell.search(xml), f"the template has no cell {address}"
    return cell.sub(lambda found: _cell(address, found[1], value), xml)


def _cell(address: str, style: str, value: float | str | None) -> str:
    opening = f'<c r="{address}"{style}'
    if value is None:
        return f"{opening}/>"
    if isinstance(value, str) and value.startswith("#"):
        return f'{opening} t="e"><f>1/0</f><v>{value}</v></c>'
    if isinstance(value, str):
        return f'{opening} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"{opening}><v>{value}</v></c>"
