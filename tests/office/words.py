"""The words of the shipped offices, and where they stand in what another office was given."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from schemas.office import OFFICES, read_office

# A file of the program that was read, as records name it with its hash.
PROGRAM = re.compile(r'"(程序|schemas|pipeline)/[^"]*"')
BROKEN_UP = ("document.xml", "sharedStrings.xml", "comments1.xml", ".html")  # in which marks may stand within a word


@cache
def foreign() -> tuple[str, ...]:
    """Names, areas, codes, telephones, forms and units that only the shipped offices have."""
    words = {"甘肃", "我市", "本市", "全市", "0937-"}
    for folder in OFFICES.iterdir():
        office = read_office(folder)
        own = office.settings
        words |= {own.id, own.name, own.area, own.area[:-1], own.region_code, own.reports_to, own.head.form_no}
        words |= {*own.contact.split(), *own.editions, own.scope, own.units_note, own.receipt.sending}
        words |= {name for unit in office.units for row in unit.rows for name in row.names}
    return tuple(sorted(words - {""}))


def found(*folders: Path) -> list[tuple[str, str]]:
    """Every file below the folders, or part of one, with a word of another office in its name or text."""
    parts = (part for folder in folders for path in folder.rglob("*") if path.is_file() for part in _parts(path))
    return sorted({(name, word) for name, text in parts for word in foreign() if word in text})


def _parts(path: Path) -> Iterator[tuple[str, str]]:
    yield from _texts(str(path.relative_to(path.parents[1])), path.read_bytes())


def _texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """The parts of a file with their texts, also what is broken up by marks."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            for part in parcel.namelist():
                yield from _texts(f"{name}!{part}", parcel.read(part))
        return
    text = html.unescape(PROGRAM.sub("", data.decode("utf-8", "replace")))
    whole = re.sub("<[^>]*>", "", re.sub("</(w:p|si|p|td|div)>", "\n", text)) if name.endswith(BROKEN_UP) else ""
    yield name, f"{name}\n{text}\n{whole}"
