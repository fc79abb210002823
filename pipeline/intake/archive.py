"""A zip of returns, as e-mail gateways make it: each file in it is received for itself."""

import zipfile
import zlib
from collections.abc import Iterator

from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import MOST_BYTES, open_zip
from pipeline.intake.containers.decode import decoded
from pipeline.intake.containers.sniff import PACKED, container_of
from pipeline.intake.received import Received, left_alone
from pipeline.values.files import sha256

MOST_FILES = 500
_UTF_8 = 0x800  # the flag of a name in UTF-8; without it the system's own encoding was used


def is_archive(file: Received) -> bool:
    """Whether a file is a zip that is no workbook."""
    if not file.data.startswith(b"PK"):
        return False
    try:
        return container_of(file.data, file.name) == "zip"
    except Unreadable:
        return False


def members(file: Received) -> Iterator[Received]:
    """The files in a zip, in the order of their names; the zip itself where there is nothing in it that can be had."""
    with open_zip(file.data) as archive:
        found = sorted((_name(part), part) for part in archive.infolist() if not part.is_dir())
        inside = [(f"{file.name}/{name}", part) for name, part in found if not left_alone(name)]
        if not inside or len(inside) > MOST_FILES:
            reason = f"是压缩包，里面有 {len(inside):,} 个文件" if inside else "是空的压缩包"
            yield Received(file.name, b"", file.sha256, reason, PACKED)
            return
        for name, part in inside:
            yield _member(archive, name, part)


def _member(archive: zipfile.ZipFile, name: str, part: zipfile.ZipInfo) -> Received:
    if part.flag_bits & 1:
        return Received(name, b"", "", "在加了密码的压缩包里", PACKED)
    if part.file_size > MOST_BYTES:
        return Received(name, b"", "", "太大，不像一份月报")
    try:
        data = archive.read(part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        return Received(name, b"", "", "在压缩包里，解不开", PACKED)
    return Received(name, data, sha256(data))


def _name(part: zipfile.ZipInfo) -> str:
    """A file's name: Windows packs it in its own encoding, a Mac in UTF-8, and zipfile takes both for cp437."""
    name = part.filename
    if not part.flag_bits & _UTF_8:
        name = decoded(name.encode("cp437")) or name
    return "/".join(step for step in name.replace("\\", "/").split("/") if step not in {"", ".", ".."})
