"""Make the catalogue that gettext reads of the words that people read: ``python -m tests.cli.words``."""

import re
import struct
from pathlib import Path

from pipeline.desk.chinese import WORDS

SOURCE = WORDS / "zh" / "LC_MESSAGES" / "typer.po"
CATALOGUE = SOURCE.with_suffix(".mo")
ENTRY = re.compile(r'msgid "(.*)"\nmsgstr "(.*)"')


def words(source: Path = SOURCE) -> dict[str, str]:
    """The English of typer and our words for it."""
    found = ENTRY.findall(source.read_text(encoding="utf-8"))
    return {english: ours.replace(r"\n", "\n") for english, ours in found}


def catalogue(of: dict[str, str]) -> bytes:
    """The words as GNU gettext keeps them: a header, where each text lies, the texts."""
    pairs = sorted((english.encode(), ours.encode()) for english, ours in of.items())
    texts = [english for english, _ in pairs] + [ours for _, ours in pairs]
    at, places, body = 28 + 8 * len(texts), b"", b""
    for text in texts:
        places += struct.pack("<2I", len(text), at + len(body))
        body += text + b"\0"
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, at)
    return header + places + body


if __name__ == "__main__":
    CATALOGUE.write_bytes(catalogue(words()))
