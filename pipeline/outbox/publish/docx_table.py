"""A table in a Word document: its heading, a row a line, its notes. Its looks are styles of the template."""

from typing import Any

from pipeline.outbox.publish.grids import Grid
from pipeline.paper.theme import width

HEADING, CELL, BELOW = "表题", "表格文字", "表注"
TWIPS = 8844  # 156 mm, the width of the type area
ON_A_PAGE = 20  # rows: a longer table goes over pages
HAIR, LINE = 4, 12  # borders in eighths of a point
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def insert_table(paragraph: Any, grid: Grid) -> None:
    """Put the table in place of a paragraph. Where the template lacks a style of ours, its paragraphs look as usual."""
    from lxml import etree

    styles = {style.name: style.style_id for style in paragraph.part.document.styles}
    own = paragraph._element  # noqa: SLF001  # a table is put beside the paragraph's element
    unit = f"（计量单位：{grid.unit}）" if grid.unit else ""
    texts = [_paragraph(grid.title + unit, styles.get(HEADING), "center")]
    notes = [_paragraph(f"注：{note}", styles.get(BELOW)) for note in grid.notes] or [_paragraph("", styles.get(BELOW))]
    whole = f'<w:body xmlns:w="{W}">{"".join([*texts, _table(grid, styles.get(CELL)), *notes])}</w:body>'
    for element in etree.fromstring(whole):
        own.addprevious(element)
    own.getparent().remove(own)


def _table(grid: Grid, style: str | None) -> str:
    widths = _widths(grid)
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    edge = f'w:val="single" w:sz="{LINE}" w:color="1A1A1A"'
    inner = f'w:val="single" w:sz="{HAIR}" w:color="BFBFBF"'
    borders = (
        f"<w:tblBorders><w:top {edge}/><w:bottom {edge}/><w:insideH {inner}/><w:insideV {inner}/></w:tblBorders>"
    )  # fmt: skip
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{borders}<w:tblLayout w:type="fixed"/>'
    lines = [grid.heads, *grid.rows]
    together = len(lines) if len(lines) <= ON_A_PAGE else 2
    rows = [_row(row, widths, style, head=not n, keep=n < together - 1) for n, row in enumerate(lines)]
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _row(cells: tuple[str, ...], widths: list[int], style: str | None, *, head: bool, keep: bool) -> str:
    """A row, kept on one page, or with the next; the head is repeated. Labels stand left, figures right."""
    aligned = ("center" if head or (n and _is_word(cell)) else "right" if n else "left" for n, cell in enumerate(cells))
    made = (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(cell, style, align, keep=keep)}</w:tc>"
        for cell, wide, align in zip(cells, widths, aligned, strict=True)
    )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(made)}</w:tr>"


def _is_word(cell: str) -> bool:
    """Whether a cell is a word in a column of figures."""
    return not any(c.isdigit() for c in cell)


def _paragraph(text: str, style: str | None, align: str = "", *, keep: bool = False) -> str:
    from xml.sax.saxutils import escape

    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    placed = f'<w:jc w:val="{align}"/>' if align else ""
    kept = "<w:keepNext/>" if keep else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{named}{kept}{placed}</w:pPr>{run}</w:p>"


def _widths(grid: Grid) -> list[int]:
    """The label as wide as it needs, up to half; the other columns share the rest by their longest figure."""
    longest = [max(width(row[n]) for row in (grid.heads, *grid.rows)) for n in range(len(grid.heads))]
    wide = [max(min(words, 10), *(width(row[n]) for row in grid.rows)) for n, words in enumerate(longest)]
    wide[0] = min(longest[0], 34)
    return [TWIPS * (own + 2) // sum(w + 2 for w in wide) for own in wide]
