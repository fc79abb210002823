"""Names as people see them: whatever a file or folder is called, its name can be printed, and no two are the same."""

import os
import unicodedata
from collections.abc import Iterable

LONGEST = 200  # characters of a name in a zip, with its folders; no disk lets one be longer
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, marks without a shape, halves of letters, ends of lines
_NAMELESS = "（没有名称）"


def shown(name: str) -> str:
    """A name, with its folders, as it can be written anywhere.

    A step of it that is not in UTF-8 was written by an old system in its own encoding; what has no shape gets one.
    """
    steps = ("".join(map(_seen, _decoded(step))) for step in name.split("/"))
    return unicodedata.normalize("NFC", "/".join(steps))


def shown_inside(name: str) -> str:
    """The name of a file in a zip: no step of it leads out, and it is no longer than a disk would let it be."""
    steps = (step for step in shown(name).replace("\\", "/").split("/") if step not in {"", ".", ".."})
    whole = "/".join(steps) or _NAMELESS
    return whole if len(whole) <= LONGEST else f"…{whole[1 - LONGEST :]}"


def told_apart(names: Iterable[str]) -> list[str]:
    """The names in their order; of equal ones the second is a（2）.xlsx, and so on."""
    used: set[str] = set()
    found = []
    for name in names:
        start, dot, suffix = name.rpartition(".")
        stem, ending = (start, f".{suffix}") if dot and "/" not in suffix else (name, "")
        own, number = name, 2
        while own in used:
            own, number = f"{stem}（{number}）{ending}", number + 1
        used.add(own)
        found.append(own)
    return found


def _decoded(step: str) -> str:
    """A step of a name; where the system could not read it, as Chinese Windows wrote it."""
    try:
        step.encode("utf-8")
    except UnicodeEncodeError:
        raw = step.encode("utf-8", "surrogateescape" if os.name == "posix" else "replace")
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")
    return step


def _seen(letter: str) -> str:
    """A letter; the picture of a control, and � for what else would not be seen or may stand in no document."""
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)
    nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return "\ufffd" if nothing or unicodedata.category(letter) in _UNSEEN else letter
