"""What is ours in the outbox: the record of what was written, and the note of what is about to be.

Both hold the short hash of every file by its path below the outbox. The note is there before the first file is put in
its place and until the record names them all, so that no file of a killed run is taken for a person's.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePath
from typing import NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.ledger.published import FOLDER, is_version, papers_of
from pipeline.values.files import (
    clear,
    clear_unfinished,
    finish_appending,
    refuse_unlike,
    second_names,
    sha256,
    short,
    write_text,
)
from pipeline.values.rulings import RULINGS
from schemas.reading import Frozen

RECORD, TRAIL = "written.json", "runs.jsonl"
STAGE, NOTE = ".正在写", "note.json"  # the folder in which everything is made before it is put in its place
MOST_BYTES = 64 * 2**20  # of a record that is believed

OBEYED_IN_THE_INBOX = f"填好的意见要放在收件夹里才起作用：请把它复制到收件夹，改名为“{RULINGS}”，再运行一次。"
CHANGED, FOUND = "改过的", "原有的"  # in the names under which files are kept

Kind = TypeVar("Kind")


class Note(Frozen):
    """What is about to stand in the outbox, and what a person changed and is about to be kept: from what to what."""

    files: dict[str, str]
    aside: dict[str, str]


class Kept(NamedTuple):
    """A file of the outbox that is not as we left it: how it was called, where it is kept, and what to say of it."""

    name: str
    path: Path
    words: str


def kept(name: str, path: Path) -> Kept:
    """What is said of a file that was not as we left it, or of which nothing was known, kept at ``path``."""
    called = Path(name).name
    obey = OBEYED_IN_THE_INBOX if called == RULINGS else ""
    whose = f"“{called}”有人改过" if f"_{CHANGED}_" in path.name else f"原来的“{called}”不在系统的记录里"
    return Kept(called, path, f"发件夹里的{whose}，没有覆盖，另存为“{path.name}”。{obey}")


def read_record(outbox: Path) -> dict[str, str]:
    """The hash of each file as we left it; nothing is known where there is no record, or it is damaged."""
    return _inside(_read(outbox / RECORD, TypeAdapter(dict[str, str])) or {})


def write_record(outbox: Path, hashes: Mapping[str, str]) -> None:
    """Put the record in its place. Raises CannotRun where a folder or a link lies there."""
    refuse_unlike(outbox / RECORD)
    text = json.dumps(dict(sorted(hashes.items())), ensure_ascii=False, indent=0)
    write_text(outbox / STAGE / RECORD, f"{text}\n").replace(outbox / RECORD)


def write_note(outbox: Path, note: Note) -> None:
    """Note what is about to be put in its place."""
    write_text(outbox / STAGE / NOTE, json.dumps(note.model_dump(), ensure_ascii=False))


def settle(outbox: Path) -> list[Kept]:
    """Clear what a killed run has left, once the record names all that it had put in its place.

    Returns what a person had changed and the killed run has kept, without having had the time to say so.
    """
    note = _read(outbox / STAGE / NOTE, TypeAdapter(Note))
    moved = []
    if note:
        files, aside = _inside(note.files), _inside(note.aside)
        places = ((path, digest) for name, digest in files.items() for path in _places(outbox / name))
        ours = {path.relative_to(outbox).as_posix(): digest for path, digest in places if hash_of(path) == digest}
        write_record(outbox, {**read_record(outbox), **ours})
        moved = [kept(name, outbox / path) for name, path in aside.items() if (outbox / path).is_file()]
    _remove_papers_of_none(outbox)
    clear(outbox / STAGE)
    finish_appending(outbox / TRAIL)
    clear_unfinished(outbox)
    _remove_empty_versions(outbox / FOLDER)
    return moved


def strangers(outbox: Path) -> list[Kept]:
    """What lies among the versions that were forwarded and is none: it is left alone."""
    names = (path for path in _folders(outbox / FOLDER) if not is_version(path) and not path.name.startswith("."))
    return [
        Kept(path.name, path, f"“{FOLDER}”里的“{path.name}”不是系统存的上报版本，没有读，也没有动它。")
        for path in names
    ]


def hash_of(path: Path) -> str:
    """The short hash of a file; "" where there is none, or it is something else."""
    return short(sha256(path.read_bytes())) if path.is_file() and not path.is_symlink() else ""


def _places(path: Path) -> list[Path]:
    return [path, *second_names(path)]


def _remove_papers_of_none(outbox: Path) -> None:
    """The papers of a version that was killed before it came to be: it still lies in the stage."""
    for path in filter(is_version, _folders(outbox / STAGE)):
        version = outbox / FOLDER / path.name
        if not version.exists():
            clear(papers_of(version))


def _remove_empty_versions(folder: Path) -> None:
    """A version is there whole or not at all: an empty one is none, and nobody's work."""
    for path in [*filter(is_version, _folders(folder)), folder]:
        with suppress(OSError):  # it is not empty
            path.rmdir()


def _folders(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.is_dir()] if folder.is_dir() else []


def _inside(names: Mapping[str, str]) -> dict[str, str]:
    """The entries whose names stay below the folder: what a record says leads nowhere else."""
    return {name: value for name, value in names.items() if stays(name)}


def stays(name: str) -> bool:
    """Whether a path that is written somewhere leads nowhere but below its folder."""
    path = PurePath(name)
    return bool(path.name) and not (path.drive or path.root or ".." in path.parts or "\0" in name)


def _read(path: Path, kind: "TypeAdapter[Kind]") -> Kind | None:
    try:
        if path.is_symlink() or path.stat().st_size > MOST_BYTES:
            return None
        return kind.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
