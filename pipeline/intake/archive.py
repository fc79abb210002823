"""A zip of returns, as e-mail gateways make it: each file in it is received for itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import file_digest
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import MOST_BYTES, MOST_FILES, MOST_ZIP, MOST_ZIPS, damage_told
from pipeline.intake.children import in_children
from pipeline.intake.containers.decode import decoded
from pipeline.intake.containers.sniff import PACKED, head_of, zipped_as
from pipeline.intake.naming import shown_inside
from pipeline.intake.received import Received, left_alone

_UTF_8 = 0x800  # the flag of a name in UTF-8; without it the system's own encoding was used
_ENCRYPTED = 1
_STUCK = "在压缩包里，解不开"


class Looked(NamedTuple):
    """What a look at a zip's directory shows: the files in it and how large they are together.

    ``trouble`` says why the zip stays shut; without it and without files it is a document, or cannot be read at all.
    """

    files: tuple[Received, ...] = ()
    size: int = 0
    trouble: str = ""


NO_ARCHIVE = Looked()


def unpacked(files: Sequence[Received], workers: int) -> list[Received]:
    """Files that begin as zips do, each that is no document replaced by what is in it, or by why it stays shut.

    Nothing is unpacked but for its hash, in ``workers`` other processes (0: in this one), piece by piece.
    """
    looks = {done.at: done.result for done in in_children(look, files, workers, lambda _: NO_ARCHIVE)}
    looks |= dict(_too_much(looks))
    found = list(_in_their_place(files, looks))
    shut = [n for n, file in enumerate(found) if not (file.sha256 or file.trouble)]
    for done in in_children(hashed, [found[n] for n in shut], workers, _stuck):
        found[shut[done.at]] = done.result
    return found


def look(file: Received) -> Looked:
    """What is in a zip; nothing of a document, nor of what cannot be read: its reader will say why."""
    try:
        with damage_told():
            archive = file.archive()
            return (
                _looked(archive, file)
                if zipped_as(archive.namelist(), partial(head_of, archive)) == "zip"
                else NO_ARCHIVE
            )
    except Unreadable:
        return NO_ARCHIVE


def hashed(file: Received) -> Received:
    """A file in a zip with the hash of its bytes, of which no more than a piece is held at once."""
    try:
        with damage_told():
            archive = file.archive()
            with archive.open(archive.infolist()[file.member or 0]) as part:
                return replace(file, sha256=file_digest(part, "sha256").hexdigest())  # type: ignore[arg-type]
    except Unreadable:
        return _stuck(file)


def _looked(archive: ZipFile, file: Received) -> Looked:
    """The files in it, in the order of their names."""
    parts = [(n, part, shown_inside(_name(part))) for n, part in enumerate(archive.infolist()) if not part.is_dir()]
    inside = sorted(((name, n, part) for n, part, name in parts if not left_alone(name)), key=lambda one: one[:2])
    size = sum(part.file_size for _, _, part in inside)
    if not inside:
        return Looked(trouble="是空的压缩包")
    if len(inside) > MOST_FILES:
        return Looked(trouble=f"是压缩包，里面有 {len(inside):,} 个文件")
    if size > MOST_ZIP:
        return Looked(trouble="是压缩包，解开后太大")
    return Looked(tuple(_member(file, name, n, part) for name, n, part in inside), size)


def _member(file: Received, name: str, number: int, part: ZipInfo) -> Received:
    outer = file if file.outer else None  # one that lies on the disk is opened there
    member = Received(f"{file.name}/{name}", file.path, size=part.file_size, member=number, outer=outer, mail=file.mail)
    if part.flag_bits & _ENCRYPTED:
        return replace(member, trouble="在加了密码的压缩包里", kind=PACKED)
    return replace(member, trouble="太大，不像一份报表") if part.file_size > MOST_BYTES else member


def _too_much(looks: dict[int, Looked]) -> Iterator[tuple[int, Looked]]:
    """The zips that stay shut because all together would be too much: the largest, whatever they are called."""
    left = MOST_ZIPS
    for at, looked in sorted(looks.items(), key=lambda one: one[1].size):
        left -= looked.size
        if left < 0:
            yield at, Looked(trouble="是压缩包，和收件夹里别的压缩包合在一起，解开后太大")


def _in_their_place(files: Iterable[Received], looks: dict[int, Looked]) -> Iterator[Received]:
    for at, file in enumerate(files):
        looked = looks[at]
        if looked.trouble:
            yield replace(file, trouble=looked.trouble, kind=PACKED)
        else:
            yield from looked.files or [file]


def _stuck(file: Received) -> Received:
    return replace(file, trouble=_STUCK, kind=PACKED)


def _name(part: ZipInfo) -> str:
    """A file's name: Windows packs it in its own encoding, a Mac in UTF-8, and zipfile takes both for cp437."""
    name = part.filename
    return name if part.flag_bits & _UTF_8 else decoded(name.encode("cp437")) or name
