"""Zips as we write them, workbooks and documents among them: the same bytes on every system."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SYSTEM = 0  # as Excel and Word say, wherever it was made; Python's zipfile names the system it runs on
# Where in a part's entry of the directory: its system; the lengths of its name, extra field and comment; their texts.
_MADE_ON, _LENGTHS, _TEXTS = 5, (28, 30, 32), 46


def new_part(name: str) -> ZipInfo:
    """A part of a zip, of no time and no system."""
    entry = ZipInfo(name)
    entry.create_system, entry.compress_type = SYSTEM, ZIP_DEFLATED
    return entry


def of_no_system(data: bytes) -> bytes:
    """The zip with each part of the system SYSTEM; nothing else changes."""
    with ZipFile(BytesIO(data)) as archive:
        at, parts = archive.start_dir, len(archive.infolist())
    made = bytearray(data)
    for _ in range(parts):
        made[at + _MADE_ON] = SYSTEM
        at += _TEXTS + sum(int.from_bytes(made[at + n : at + n + 2], "little") for n in _LENGTHS)
    return bytes(made)
