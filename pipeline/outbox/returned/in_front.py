"""Put one more sheet in front of a sender's workbook, by an edit inside the zip; every other sheet keeps its bytes.

To load and save such a file would lose parts of it without a word. What is not known well enough is refused: macros,
signatures, shared workbooks, strict or unusual markup.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

from pipeline.outbox.returned.transplant import TEXT_LIMIT, Refused, body_of, with_styles
from pipeline.values.zips import new_part

WORKBOOK, RELATIONS, TYPES, STYLES = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
    "xl/styles.xml",
)
EDITED = (WORKBOOK, RELATIONS, TYPES, STYLES)
MOST_BYTES = 64 * 2**20  # unpacked
ENCRYPTED = 1  # a flag of a part
PART, ID = "worksheets/returned.xml", "rIdReturned"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_UNKNOWN = re.compile(r"vbaProject|_xmlsignatures|xl/revisions|xl/macrosheets", re.IGNORECASE)


def with_sheet_in_front(data: bytes, name: str, made: bytes) -> bytes:
    """The workbook ``data`` with the one sheet of the workbook ``made`` in front. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(io.BytesIO(made)) as own:
            texts = _texts(source)
            styles, first = with_styles(texts[STYLES], own.read(STYLES).decode())
            changed = {
                WORKBOOK: _listed(texts[WORKBOOK], name),
                RELATIONS: _related(texts[RELATIONS]),
                TYPES: _typed(texts[TYPES]),
                STYLES: styles,
            }
            return _written(source, changed, body_of(own, first))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        UnicodeDecodeError,
        NotImplementedError,
        OSError,
    ) as odd:
        raise Refused(str(odd)) from None


def _texts(source: zipfile.ZipFile) -> Mapping[str, str]:
    """The parts to be edited, of a workbook of the kind that is known."""
    names, whole = source.namelist(), source.infolist()
    if any(part.flag_bits & ENCRYPTED for part in whole) or sum(part.file_size for part in whole) > MOST_BYTES:
        raise Refused("encrypted or too large")
    if len(set(names)) < len(names) or f"xl/{PART}" in names or any(map(_UNKNOWN.search, names)):
        raise Refused("parts that are not known")
    if not set(EDITED) <= set(names) or any(source.getinfo(part).file_size > TEXT_LIMIT for part in EDITED):
        raise Refused("parts are missing or too large")
    texts = {part: source.read(part).decode("utf-8") for part in EDITED}
    if any("<!DOCTYPE" in text or "<!ENTITY" in text for text in texts.values()):
        raise Refused("markup that is not safe")
    main = rf'<Override\b[^>]*PartName="/{WORKBOOK}"[^>]*>'
    said = re.search(main, texts[TYPES])
    if not said or f'ContentType="{_SHEET}.sheet.main+xml"' not in said[0]:
        raise Refused("not an ordinary workbook")
    return texts


def _listed(xml: str, name: str) -> str:
    """The list of sheets with ours first. All that counts sheets by their place moves on by one.

    The sheet that was open stays the one that opens: two that were open would be edited together.
    """
    if f'xmlns="{_MAIN}"' not in xml or name in re.findall(r'<sheet [^>]*\bname="([^"]*)"', xml):
        raise Refused("a workbook part that is not known")
    number = max(map(int, re.findall(r'<sheet [^>]*\bsheetId="(\d+)"', xml)), default=0) + 1
    xml = re.sub(r'\blocalSheetId="(\d+)"', lambda found: f'localSheetId="{int(found[1]) + 1}"', xml)
    xml = re.sub(r"<workbookView\b[^>]*>", _opening, xml)
    sheet = f'<sheet xmlns:r="{_RELATED}" name="{name}" sheetId="{number}" r:id="{ID}"/>'
    views = "" if "<workbookView" in xml else '<bookViews><workbookView activeTab="1"/></bookViews>'
    return _once(xml, r"<sheets>", lambda found: f"{views}{found[0]}{sheet}")


def _opening(found: re.Match[str]) -> str:
    """A view of the workbook that opens the sheet it opened before, and shows the tabs from the first on."""
    view = re.sub(r'\sfirstSheet="\d+"', "", found[0])
    active = re.search(r'\sactiveTab="(\d+)"', view)
    rest = view.replace(active[0], "") if active else view
    return rest.replace("<workbookView", f'<workbookView activeTab="{int(active[1]) + 1 if active else 1}"', 1)


def _related(xml: str) -> str:
    if f'Id="{ID}"' in xml:
        raise Refused("a relation of our name")
    ours = f'<Relationship Id="{ID}" Type="{_RELATED}/worksheet" Target="{PART}"/>'
    return _once(xml, r"</Relationships>", lambda found: ours + found[0])


def _typed(xml: str) -> str:
    ours = f'<Override PartName="/xl/{PART}" ContentType="{_SHEET}.worksheet+xml"/>'
    return _once(xml, r"</Types>", lambda found: ours + found[0])


def _once(xml: str, pattern: str, change: Callable[[re.Match[str]], str]) -> str:
    if len(re.findall(pattern, xml)) != 1:
        raise Refused(f"markup that is not known: {pattern}")
    return re.sub(pattern, change, xml)


def _written(source: zipfile.ZipFile, changed: Mapping[str, str], sheet: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for own in source.infolist():
            told = changed.get(own.filename)
            target.writestr(own, source.read(own) if told is None else told.encode())
        target.writestr(new_part(f"xl/{PART}"), sheet.encode())
    return out.getvalue()
