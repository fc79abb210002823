"""A file as it lies in the inbox, or in a zip there."""

from dataclasses import dataclass

from pipeline.intake.bounds import BEYOND

# Names of what programs leave behind while a file is open, or on its way.
_LOCKS = ("~$", ".~", "~WRL")
_UNDER_WAY = (".tmp", ".part", ".crdownload", ".download", ".td", ".xltd", ".filepart")
_SYSTEM = {"thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Received:
    """``name`` is its path below the inbox, with / on every system.

    ``trouble`` says why there is no ``data``, ``kind`` is its finding.
    """

    name: str
    data: bytes
    sha256: str
    trouble: str = ""
    kind: str = BEYOND


def left_alone(name: str) -> str:
    """Why a file is not looked at, by its name; "" where it is."""
    parts = name.split("/")
    if parts[-1].startswith(_LOCKS):
        return "是打开文件时留下的临时文件"
    if any(part.startswith((".", "__MACOSX")) for part in parts) or parts[-1].lower() in _SYSTEM:
        return "是隐藏文件"
    return "还没有复制完" if parts[-1].lower().endswith(_UNDER_WAY) else ""
