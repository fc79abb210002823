"""Make the word templates: ``python -m schemas.drafts``. The office edits a copy of its own in Word or WPS.

Page and type follow GB/T 9704-2012: A4, margins 37, 35, 28 and 26 mm, lines of 28.95 pt (22 on a page), 28 characters
on a line, 小标宋 for the title, 黑体, 楷体 and 仿宋 below it, page numbers outside.
"""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

FANG, KAI, HEI, SONG, TITLE, DIGITS = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体", "Times New Roman"
INSTEAD = {FANG: "仿宋", KAI: "楷体", TITLE: "宋体"}  # where a machine lacks the first
LINE, PITCH = 28.95, 579  # points; twentieths of a point
LEFT, CENTRE, RIGHT, BOTH = (getattr(WD_ALIGN_PARAGRAPH, name) for name in ("LEFT", "CENTER", "RIGHT", "JUSTIFY"))
HERE = Path(__file__).parent
BORN = datetime(2012, 1, 1)  # noqa: DTZ001  # Word's properties have no zone
# style: font, size, alignment, indent of the first line in hundredths of a character, line in points (0: as it needs)
STYLES: dict[str, tuple[str, float, Any, int, float]] = {
    "Normal": (FANG, 16, BOTH, 200, LINE),
    "Title": (TITLE, 22, CENTRE, 0, 35),
    "Heading 1": (HEI, 16, LEFT, 200, LINE),
    "Heading 2": (KAI, 16, LEFT, 200, LINE),
    "落款": (FANG, 16, RIGHT, 0, LINE),
    "表题": (HEI, 12, CENTRE, 0, 24),
    "表格文字": (SONG, 10.5, LEFT, 0, 17),
    "表注": (SONG, 9, LEFT, 0, 0),
    "Footer": (SONG, 14, RIGHT, 0, 0),
}
LOOKS = {"标题": "Title", "一级": "Heading 1", "二级": "Heading 2", "正文": "Normal", "落款": "落款"}


def make(paragraphs: Sequence[Sequence[str]], title: str) -> bytes:
    """A template of these paragraphs, each with its look; the same bytes each time."""
    document = Document()
    for name, look in STYLES.items():
        _style(document, name, *look)
    _fonts(document)
    _page(document)
    for kind, text in paragraphs:
        document.add_paragraph(text, LOOKS[kind])
    _without_picture(document)
    about = {"title": title, "author": "", "comments": "", "created": BORN, "modified": BORN, "last_modified_by": ""}
    for name, value in about.items():
        setattr(document.core_properties, name, value)
    return _bytes(document)


def templates() -> Iterator[tuple[str, bytes]]:
    """Each template, by its place below schemas/."""
    wording = tomllib.loads((HERE / "wording.toml").read_text(encoding="utf-8"))
    yield from ((one["file"], make(one["paragraphs"], Path(one["file"]).stem)) for one in wording["template"])


def _style(document: Any, name: str, font: str, size: float, align: Any, indent: int, line: float) -> None:
    """A paragraph style; its East Asian font is set too, which ``font.name`` alone does not."""
    there = name in [style.name for style in document.styles]
    style = document.styles[name] if there else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for part in style.element.xpath("w:rPr | w:pPr"):
        style.element.remove(part)
    style.font.size = Pt(size)
    style.font.bold = False
    latin = f'w:ascii="{DIGITS}" w:hAnsi="{DIGITS}" w:cs="{DIGITS}"'
    look = f'<w:rFonts {nsdecls("w")} {latin} w:eastAsia="{font}" w:hint="eastAsia"/>'  # “” are Chinese
    style.element.get_or_add_rPr().insert(0, parse_xml(look))
    if name == "Normal":
        style.element.rPr.append(parse_xml(f'<w:spacing {nsdecls("w")} w:val="-5"/>'))  # 28 characters on a line
    shape = style.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(0), Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY if line else WD_LINE_SPACING.SINGLE
    if line:
        shape.line_spacing = Pt(line)
    shape.widow_control = False
    if name == "Title":
        shape.space_after = Pt(LINE)
    if name.startswith("表"):
        style.element.get_or_add_pPr().append(parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>'))
    shape.keep_with_next = name.startswith("Heading") or name == "表题"
    style.element.pPr.append(
        parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="{indent}" w:firstLine="{indent * size / 5:.0f}"/>')
    )
    order = ("keepNext", "widowControl", "snapToGrid", "spacing", "ind", "jc")  # as the standard has it
    properties = style.element.pPr
    properties[:] = sorted(properties, key=lambda part: order.index(part.tag.partition("}")[2]))


def _fonts(document: Any) -> None:
    """No fonts of the theme, which sends Chinese to a Japanese font; what stands in for a font that is missing."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in [key for key in fonts.attrib if "Theme" in key or key.endswith("Theme")]:
            del fonts.attrib[name]
    part = next(p for p in document.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml")
    told = "".join(f'<w:font w:name="{own}"><w:altName w:val="{other}"/></w:font>' for own, other in INSTEAD.items())
    part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{told}</w:fonts>'.encode()  # noqa: SLF001  # python-docx has no font table


def _page(document: Any) -> None:
    """A4 with its margins, a grid of lines, page numbers outside."""
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    for grid in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001  # python-docx knows no grid
        section._sectPr.remove(grid)  # noqa: SLF001
    section._sectPr.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{PITCH}"/>'))  # noqa: SLF001
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style, paragraph.alignment = document.styles["Footer"], align
        paragraph.add_run("— ")
        field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))  # noqa: SLF001  # python-docx knows no fields
        paragraph.add_run(" —")


def _without_picture(document: Any) -> None:
    """python-docx begins with a file that has a picture of its first page."""
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]


def _bytes(document: Any) -> bytes:
    made, fixed = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as parts, ZipFile(fixed, "w") as target:
        for part in parts.infolist():
            entry = ZipInfo(part.filename)
            entry.create_system = 0  # wherever it is made
            target.writestr(entry, parts.read(part), ZIP_DEFLATED)
    return fixed.getvalue()


if __name__ == "__main__":
    for file, content in templates():
        (HERE.parent / file).parent.mkdir(exist_ok=True)
        (HERE.parent / file).write_bytes(content)
