"""Take a sheet of ours into a workbook of somebody else's: its looks behind theirs, its texts inside its cells."""

import re
import zipfile
from xml.etree import ElementTree as ET

TEXT_LIMIT = 4 * 2**20  # bytes of a part that is edited as text
PARTS = ("fonts", "fills", "borders", "cellXfs")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Refused(ValueError):
    """A workbook whose markup is not known well enough to be edited."""


def with_styles(theirs: str, ours: str) -> tuple[str, int]:
    """Their styles with ours behind, and the number that our first look has there."""
    counts = _counts(theirs)
    for part in PARTS:
        added = _inside(ours, part)[1]
        if part == "cellXfs":
            for name, of in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
                added = _moved(added, name, counts[of])
        opening, content = _inside(theirs, part)
        whole = counts[part] + _counts(ours)[part]
        told = re.sub(r'\bcount="\d+"', f'count="{whole}"', opening)
        theirs = theirs.replace(f"{opening}{content}</{part}>", f"{told}{content}{added}</{part}>", 1)
    return theirs, counts["cellXfs"]


def body_of(own: zipfile.ZipFile, first: int) -> str:
    """The first sheet of a workbook that xlsxwriter wrote, its looks numbered from ``first`` on, without shared texts.

    It is not the one that opens.
    """
    xml = own.read("xl/worksheets/sheet1.xml").decode()
    texts = re.findall(r"<si>(.*?)</si>", own.read("xl/sharedStrings.xml").decode(), re.DOTALL)
    xml = re.sub(r'(<c r="[A-Z]+\d+" s="\d+") t="s"><v>(\d+)</v>', lambda c: _inline(c[1], texts[int(c[2])]), xml)
    xml = re.sub(r'(<c r="[A-Z]+\d+" s=")(\d+)"', lambda c: f'{c[1]}{int(c[2]) + first}"', xml)
    xml = re.sub(r'(<col [^>]*style=")(\d+)"', lambda c: f'{c[1]}{int(c[2]) + first}"', xml)
    return xml.replace(' tabSelected="1"', "")


def _moved(xml: str, name: str, by: int) -> str:
    """An attribute that numbers something, moved on in every tag."""
    return re.sub(rf'\b{name}="(\d+)"', lambda found: f'{name}="{int(found[1]) + by}"', xml)


def _inline(opening: str, text: str) -> str:
    return f'{opening} t="inlineStr"><is>{text}</is>'


def _counts(styles: str) -> dict[str, int]:
    """How many looks of each kind there are; conditional ones are none."""
    try:
        root = ET.fromstring(styles)  # noqa: S314  # no DTD, no entities: refused before
    except ET.ParseError:
        raise Refused("styles that cannot be read") from None
    parts = {part: root.find(f"{_MAIN}{part}") for part in PARTS}
    if any(found is None or not len(found) for found in parts.values()):
        raise Refused("styles that lack a part")
    return {part: len(found) for part, found in parts.items() if found is not None}


def _inside(styles: str, part: str) -> tuple[str, str]:
    """The opening tag of a part of the styles, and what is in it."""
    found = re.findall(rf"(<{part}\b[^>]*(?<!/)>)(.*?)</{part}>", styles, re.DOTALL)
    if len(found) != 1:
        raise Refused(f"styles whose {part} are not known")
    return str(found[0][0]), str(found[0][1])
