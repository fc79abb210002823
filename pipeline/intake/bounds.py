"""How much a return may be: what is beyond is refused before anything is unpacked, or costs that one file.

A return has a few thousand cells and a few hundred thousand bytes; the bounds leave room for careless formatting.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from pipeline.intake.book import Unreadable

BEYOND = "E-FIL-05"  # the finding

MOST_BYTES = 32 * 2**20  # of a file
MOST_UNPACKED = 256 * 2**20  # of all its parts
MOST_PARTS = 2000
MOST_SHEETS = 100
MOST_ROWS, MOST_COLUMNS = 65_536, 1_024  # where the last value of a sheet may stand
MOST_CELLS = 2_000_000  # of the block that a sheet's values span
MOST_VALUES = 1_500_000  # of a workbook's sheets together: an .xlsx takes a kilobyte of memory for each
MOST_TEXT = 64 * 2**20  # characters of a sheet, each use of a shared text counted

# Of a zip of returns, and of the whole inbox. Where all together are too much, the largest go, not the honest ones.
MOST_FILES = 500  # in a zip
MOST_ZIP = 512 * 2**20  # bytes of it, and again of what is in it
MOST_ZIPS = 2 * 2**30  # of what is in all of them
MOST_READ = 8 * 2**20  # bytes of what was read of a file, on its way to the run
ROOM = 2**16  # bytes of what was read of a file for which there is always room, besides twice its size on the disk
MOST_KEPT = 64 * 2**20  # of what is beyond that, of all files; in memory it is eight times as much

# Of the process that reads. Whoever comes near has passed the bounds above, which alone decide about honest files.
WORK = 300  # seconds that a processor works at one file
PATIENCE = 900  # seconds by the clock, for a reader that sleeps; then it is tried once more
MEMORY = 5 * 2**29  # what the largest workbook that is admitted needs, and half as much again

DAMAGED = "损坏或没有下载完整"
_AT_ONCE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>\s*)?<[A-Za-z_]")  # begins with its first element


@contextmanager
def damage_told() -> Iterator[None]:
    """Whatever a file does to its reader is damage: raised as Unreadable.

    What is said already, and want of memory, stay what they are.
    """
    try:
        yield
    except (Unreadable, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # calamine's panics are not Exceptions
        raise Unreadable(DAMAGED) from error


def directory(file: bytes | Path) -> zipfile.ZipFile:
    """An archive by its directory, of which nothing is unpacked yet. Raises Unreadable."""
    with damage_told():
        archive = zipfile.ZipFile(io.BytesIO(file) if isinstance(file, bytes) else file)
    parts = len(archive.filelist)
    if parts > MOST_PARTS:
        archive.close()
        raise Unreadable(f"里面有 {parts:,} 个部件，不像一份报表", BEYOND)
    return archive


@lru_cache(maxsize=1)
def listing(data: bytes) -> tuple[zipfile.ZipInfo, ...]:
    """What an archive says is in it; who tells what it is and who reads it ask for the same. Raises Unreadable."""
    with directory(data) as archive:
        return tuple(archive.infolist())


def parts_of(data: bytes) -> tuple[zipfile.ZipInfo, ...]:
    """The parts of a workbook, checked: declared sizes are what is unpacked at most. Raises Unreadable."""
    parts = listing(data)
    if len({part.filename for part in parts}) < len(parts):
        raise Unreadable("里面有重名的部件，可能损坏或被改动过", BEYOND)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("解开后太大，不像一份报表", BEYOND)
    return parts


def open_zip(data: bytes) -> zipfile.ZipFile:
    """A workbook's archive, its directory checked. Raises Unreadable."""
    parts_of(data)
    return directory(data)


def check_size(sheet: str, rows: int, columns: int) -> None:
    """Raises Unreadable where a sheet's values reach further than any return's."""
    if is_beyond(rows, columns):
        raise Unreadable(f"的工作表“{sheet}”用到了第 {rows:,} 行、第 {columns:,} 列，太大，不像一份报表", BEYOND)


def unpacked(part: zipfile.ZipInfo, data: bytes) -> bytes:
    """A part of an archive, at most as large as it says; as zipfile reads it, in a third of the time.

    Raises ValueError where it is another than its directory says.
    """
    if part.flag_bits & 1 or part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ValueError(part.filename)
    start = part.header_offset + 30
    name, extra = (int.from_bytes(data[start - n : start - n + 2], "little") for n in (4, 2))
    start += name + extra
    packed = data[start : start + part.compress_size]
    content = packed
    if part.compress_type == zipfile.ZIP_DEFLATED:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, part.file_size + 1)
    if len(content) != part.file_size or zlib.crc32(content) != part.CRC:
        raise ValueError(part.filename)
    return content


def is_beyond(rows: int, columns: int) -> bool:
    """Whether a sheet's values reach further than any return's."""
    return rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS


def check_sheets(count: int) -> None:
    """Raises Unreadable where a workbook has more sheets than any return."""
    if count > MOST_SHEETS:
        raise Unreadable(f"里面有 {count:,} 张工作表，不像一份报表", BEYOND)


def without_dtd(xml: bytes) -> bytes:
    """The XML as it is; raises Unreadable where it declares entities, which could unfold without end.

    Nothing is declared but before the first element (XML 1.0, 2.8).
    """
    if not _AT_ONCE.match(xml) and (b"<!DOCTYPE" in xml or b"<!ENTITY" in xml):
        raise Unreadable("含有不安全的内容", BEYOND)
    return xml
