"""What lies in a package: under which names, and what its manifest says of it."""

import json
import re
from collections.abc import Mapping

from pydantic import ValidationError

from pipeline.values.files import sha256
from schemas.mistake import CannotRun
from schemas.reading import Frozen

MANIFEST, DICTIONARY, FORMS = "清单.json", "数据字典.csv", "表式"
KIND = "月报表式包"  # what a manifest says that it is of
FORMAT = 1
_PART = re.compile(r"[^\\/:*?\"<>|\x00-\x1f]{1,80}")  # of a name, on every system
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


class Part(Frozen):
    """A file of a package."""

    name: str
    bytes: int
    sha256: str


class Manifest(Frozen):
    """What a package is of, and every file in it; ``lists`` and ``duties`` are what an office must have for it."""

    kind: str
    format: int
    program: str
    edition: str
    title: str
    period: str
    valid: tuple[str, str]
    lists: tuple[str, ...]
    duties: tuple[str, ...]
    files: tuple[Part, ...]


def part_of(name: str, data: bytes) -> Part:
    """A file as the manifest has it."""
    return Part(name=name, bytes=len(data), sha256=sha256(data))


def manifest_in(parts: Mapping[str, bytes]) -> Manifest:
    """The manifest of a package, of our kind and format. Raises CannotRun."""
    try:
        found = Manifest.model_validate(json.loads(parts[MANIFEST].decode("utf-8")))
    except KeyError:
        raise CannotRun(f"里面没有“{MANIFEST}”，不是表式包。请向发来的办公室核对。") from None
    except (ValidationError, ValueError, RecursionError):
        raise CannotRun(f"“{MANIFEST}”读不懂，可能损坏或被改动过。请重新索取。") from None
    if found.kind != KIND:
        raise CannotRun("不是表式包。请向发来的办公室核对。")
    if found.format > FORMAT:
        raise CannotRun("是更新的程序做的，这里读不了。请更新程序，或请对方用同一版程序重做。")
    return found


def check_name(name: str) -> None:
    """A name that stays inside, and that every system takes; of a form or its templates. Raises CannotRun."""
    pieces = name.split("/")
    known = name in {MANIFEST, DICTIONARY}
    form = pieces[0] == FORMS and (
        (len(pieces) == 2 and name.endswith(".toml")) or (len(pieces) == 3 and name.endswith(".docx"))
    )
    fit = all(
        _PART.fullmatch(piece) and piece == piece.strip(" .") and not _RESERVED.fullmatch(piece) for piece in pieces
    )
    if not fit or not (known or form):
        raise CannotRun(f"里面有不该有的文件“{name[:60]}”，没有解开。请向发来的办公室核对。")
