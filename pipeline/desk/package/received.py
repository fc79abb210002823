"""A package unpacked into an office: nothing is taken that is not as its manifest says, and nothing is overwritten."""

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from pipeline.desk.edition import Concern, check_edition
from pipeline.desk.package.contents import FORMS, MANIFEST, Manifest, check_name, manifest_in
from pipeline.intake.book import Unreadable
from pipeline.intake.bounds import directory, unpacked
from pipeline.values.files import replace_whole, sha256
from pipeline.values.screen import Stages
from schemas.edition import EDITIONS
from schemas.mistake import CannotRun
from schemas.office import OWN_EDITIONS, Office, read_office

MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 8 * 2**20, 32 * 2**20, 60  # of a package
_ENCRYPTED = 1


@dataclass(frozen=True)
class Unpacked:
    """What came of a package: what it is of, the files that were written, what checking it there found."""

    manifest: Manifest
    written: tuple[Path, ...]
    concerns: tuple[Concern, ...]


def unpack(path: Path, office: Office, screen: Stages) -> Unpacked:
    """Unpack a form beside an office's own forms, and check it there.

    Raises CannotRun where the package is not what it says, where a form of that name is there and is another, and where
    the form does not load in this office; then nothing was written.
    """
    try:
        parts = _read(path)
        manifest = manifest_in(parts)
        _check(manifest, parts)
    except CannotRun as error:
        raise CannotRun(f"表式包“{path.name}”：{error}") from None
    _check_lists(manifest, office)
    new = list(_new(manifest, parts, office))
    return _installed(manifest, new, office, screen)


def _read(path: Path) -> dict[str, bytes]:
    """The files of a package, looked at before anything is unpacked. Raises CannotRun."""
    if not path.is_file():
        raise CannotRun("找不到这个文件。")
    if path.stat().st_size > MOST_BYTES:
        raise CannotRun("文件太大，不像表式包，没有解开。")
    data = path.read_bytes()
    try:
        with directory(data) as archive:
            members = _members(archive)
            return {member.filename: unpacked(member, data) for member in members}
    except CannotRun:
        raise
    except (Unreadable, ValueError, OSError, EOFError):
        raise CannotRun("打不开，损坏、没有下载完整或被改动过。请重新索取。") from None


def _members(archive: ZipFile) -> list[ZipInfo]:
    """What is in a package, where each of it may be there. Raises CannotRun."""
    members = archive.infolist()
    if len(members) > MOST_PARTS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise CannotRun("解开后太大，不像表式包，没有解开。")
    seen: set[str] = set()
    for member in members:
        check_name(member.orig_filename)
        folded = member.filename.casefold()
        if folded in seen or stat.S_ISLNK(member.external_attr >> 16) or member.flag_bits & _ENCRYPTED:
            raise CannotRun(f"里面的“{member.filename}”有重名、是链接或加了密，没有解开。请向发来的办公室核对。")
        seen.add(folded)
    return members


def _check(manifest: Manifest, parts: Mapping[str, bytes]) -> None:
    """Every file is there, as the manifest says, and nothing else. Raises CannotRun."""
    told = {part.name: part for part in manifest.files}
    for name in told:
        check_name(name)
        if name not in parts:
            raise CannotRun(f"清单上的“{name}”不在包里。请重新索取。")
    for name, data in parts.items():
        if name != MANIFEST and name not in told:
            raise CannotRun(f"“{name}”不在清单上。请向发来的办公室核对。")
        if name != MANIFEST and (len(data), sha256(data)) != (told[name].bytes, told[name].sha256):
            raise CannotRun(f"“{name}”和清单上的不一样，被改动过或损坏了。请重新索取。")
    if f"{FORMS}/{manifest.edition}.toml" not in parts:
        raise CannotRun(f"里面没有表式“{manifest.edition}”。请向发来的办公室核对。")


def _check_lists(manifest: Manifest, office: Office) -> None:
    """The lists that the form names are the office's to keep. Raises CannotRun."""
    lacking = [name for name in manifest.lists if name not in office.codes]
    if lacking:
        told = f"表式“{manifest.edition}”要用代码表 {'、'.join(lacking)}，这个办公室没有"
        raise CannotRun(f"{told}。请先建好名单，写进 office.toml 的 [codes]，再解开。")


def _new(manifest: Manifest, parts: Mapping[str, bytes], office: Office) -> Iterator[tuple[Path, bytes]]:
    """The files that are not there yet, each with where it goes. Raises CannotRun where another is there."""
    own = office.folder / OWN_EDITIONS
    for name, data in parts.items():
        inside = PurePosixPath(name).parts
        if inside[0] != FORMS:
            continue
        there = [place for folder in (own, EDITIONS) if (place := folder.joinpath(*inside[1:])).exists()]
        if not there:
            yield own.joinpath(*inside[1:]), data
        elif there[0].read_bytes() != data:
            told = f"“{there[0]}”已经有了，和表式包“{manifest.edition}”里的不一样，没有覆盖"
            raise CannotRun(f"{told}。请核对用哪一份：用包里的，先把它移走；两边程序版本不同的，先换成同一版。")


def _installed(manifest: Manifest, new: list[tuple[Path, bytes]], office: Office, screen: Stages) -> Unpacked:
    """Write what is new, and check the form where it is now; what cannot be loaded there does not stay."""
    folders = [folder for path, _ in new for folder in (path.parent.parent, path.parent) if not folder.exists()]
    try:
        for path, data in new:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_whole(path, data)
        concerns = check_edition(manifest.edition, read_office(office.folder), screen)
    except BaseException:
        for path, _ in new:
            path.unlink(missing_ok=True)
        for folder in sorted(set(folders), key=lambda one: -len(one.parts)):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise
    return Unpacked(manifest, tuple(path for path, _ in new), tuple(concerns))
