"""Cells that look otherwise than they are kept: edits of a workbook's XML, as people make them in Excel or WPS."""

import re
import zipfile
from html import escape
from pathlib import Path

from xlsxwriter.utility import xl_cell_to_rowcol

from tests.pipeline.overtype import Edit, change, part_of

STRUCK = "<strike/>"
WHITE = '<color rgb="FFFFFFFF"/>'


def look(
    sheet: str, cell: str, value: float | str, *, code: str = "", builtin: int = 0, font: str = "", fill: str = ""
) -> Edit:
    """Put a number or a text into a cell under a style of its own: a format, a font, a ground (as XML)."""

    def edit(path: Path) -> None:
        styles = zipfile.ZipFile(path).read("xl/styles.xml").decode()
        number = 200 + styles.count("<numFmt ") if code else builtin
        xml = styles
        if code:
            told = f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/>'
            xml = xml.replace("</numFmts>", f"{told}</numFmts>")
        xml, face = (
            _one_more(xml, "fonts", f'<font>{font}<sz val="11"/><name val="宋体"/></font>') if font else (xml, 0)
        )
        xml, ground = _one_more(xml, "fills", f"<fill>{fill}</fill>") if fill else (xml, 0)
        new = f'<xf numFmtId="{number}" fontId="{face}" fillId="{ground}" borderId="0" xfId="0"/>'
        xml, style = _one_more(xml, "cellXfs", new)
        change(path, "xl/styles.xml", lambda _: xml)
        typed = f"<v>{value}</v>" if not isinstance(value, str) else f"<is><t>{escape(value)}</t></is>"
        kind = ' t="inlineStr"' if isinstance(value, str) else ""
        put(sheet, cell, f'<c r="{cell}" s="{style}"{kind}>{typed}</c>')(path)

    return edit


def _one_more(xml: str, group: str, new: str) -> tuple[str, int]:
    """The styles with one more of a group, and its number."""
    found = re.search(rf"<{group}[^>]*>(.*?)</{group}>", xml, re.DOTALL)
    assert found
    tag = {"fonts": "font", "fills": "fill", "cellXfs": "xf"}[group]
    return xml.replace(f"</{group}>", f"{new}</{group}>", 1), len(re.findall(rf"<{tag}[ >/]", found[1]))


def put(sheet: str, cell: str, xml: str) -> Edit:
    """Put the XML of a cell in its place."""
    old = re.compile(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    return lambda path: change(path, part_of(path, sheet), lambda text: old.sub(lambda _: xml, text, count=1))


def below(sheet: str, rows: str) -> Edit:
    """Rows (their XML) below the last one."""
    return lambda path: change(
        path, part_of(path, sheet), lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>")
    )


def hide_row(sheet: str, row: int) -> Edit:
    return lambda path: change(
        path, part_of(path, sheet), lambda xml: xml.replace(f'<row r="{row}"', f'<row r="{row}" hidden="1"')
    )


def hide_column(sheet: str, column: int) -> Edit:
    return lambda path: change(
        path, part_of(path, sheet), lambda xml: xml.replace(f'<col min="{column}"', f'<col hidden="1" min="{column}"')
    )


def hide_sheet(sheet: str) -> Edit:
    return lambda path: change(
        path, "xl/workbook.xml", lambda xml: xml.replace(f'name="{sheet}"', f'name="{sheet}" state="hidden"')
    )


def comment(sheet: str, cell: str, text: str) -> Edit:
    """Note something at a cell."""

    def edit(path: Path) -> None:
        part = part_of(path, sheet)
        folder, _, file = part.rpartition("/")
        main = "http://schemas.openxmlformats.org"
        noted = f'<comments xmlns="{main}/spreadsheetml/2006/main"><authors><author>a</author></authors><commentList><comment ref="{cell}" authorId="0"><text><r><t>{text}</t></r></text></comment></commentList></comments>'
        relation = f'<Relationships xmlns="{main}/package/2006/relationships"><Relationship Id="rId1" Type="{main}/officeDocument/2006/relationships/comments" Target="../comments9.xml"/></Relationships>'
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/comments9.xml", noted)
            archive.writestr(f"{folder}/_rels/{file}.rels", relation)

    return edit


def on_condition(sheet: str, cells: str, formula: str, *, dxf: str = "<font><strike/></font>", rule: str = "") -> Edit:
    """A format that cells take on a condition: where a formula is true, or by another rule (its attributes)."""

    def edit(path: Path) -> None:
        styles = zipfile.ZipFile(path).read("xl/styles.xml").decode()
        number = len(re.findall(r"<dxf[ >]", styles))
        change(path, "xl/styles.xml", lambda xml: xml.replace("</dxfs>", f"<dxf>{dxf}</dxf></dxfs>"))
        about = rule or 'type="expression"'
        told = f'<cfRule {about} dxfId="{number}" priority="99"><formula>{escape(formula)}</formula></cfRule>'
        block = f'<conditionalFormatting sqref="{cells}">{told}</conditionalFormatting><dataValidations'
        change(path, part_of(path, sheet), lambda xml: xml.replace("<dataValidations", block, 1))

    return edit


def without_zeros(sheet: str) -> Edit:
    return lambda path: change(
        path, part_of(path, sheet), lambda xml: xml.replace("<sheetView ", '<sheetView showZeros="0" ', 1)
    )


def sized(sheet: str, old: str, new: str) -> Edit:
    """Rows or columns of another size, by their XML."""
    return lambda path: change(path, part_of(path, sheet), lambda xml: re.sub(old, new, xml, count=1))


_OPEN = "http://schemas.openxmlformats.org"


def drawn(sheet: str, cell: str, text: str, kind: str = "sp", hidden: str = "0") -> Edit:
    """Something lies over a cell."""

    def edit(path: Path) -> None:
        part = part_of(path, sheet)
        folder, _, file = part.rpartition("/")
        relation = f'<Relationships xmlns="{_OPEN}/package/2006/relationships"><Relationship Id="rId1" Type="{_OPEN}/officeDocument/2006/relationships/drawing" Target="../drawings/drawing9.xml"/></Relationships>'
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/drawings/drawing9.xml", drawing(cell, text, kind, hidden))
            archive.writestr(f"{folder}/_rels/{file}.rels", relation)

    return edit


def drawing(cell: str, text: str, kind: str = "sp", hidden: str = "0") -> str:
    """The part of a sheet's drawings with one that lies over a cell."""
    row, column = xl_cell_to_rowcol(cell)
    ends = "".join(
        f"<xdr:{end}><xdr:col>{column}</xdr:col><xdr:colOff>{off}</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>{off}</xdr:rowOff></xdr:{end}>"
        for end, off in (("from", 0), ("to", 99))
    )
    words = f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>" if text else ""
    about = f'<xdr:nv><xdr:cNvPr id="2" name="x" hidden="{hidden}"/></xdr:nv>'
    return f'<xdr:wsDr xmlns:xdr="{_OPEN}/drawingml/2006/spreadsheetDrawing" xmlns:a="{_OPEN}/drawingml/2006/main"><xdr:twoCellAnchor>{ends}<xdr:{kind}>{about}{words}</xdr:{kind}><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>'
