"""Changes of the parts of a workbook: what other programs write, and what no spreadsheet would."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.pipeline.overtype import Edit, change, part_of

Rewrite = Callable[[str, bytes], bytes]


def raw(sheet: str, **cells: str) -> Edit:
    """Put XML in the place of cells."""

    def edit(path: Path) -> None:
        def typed(xml: str) -> str:
            for address, cell in cells.items():
                old = re.compile(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
                xml = old.sub(lambda _, cell=cell: cell, xml, count=1)
            return xml

        change(path, part_of(path, sheet), typed)

    return edit


def rewritten(how: Callable[[str], str], *parts: str) -> Edit:
    """Change the XML of the parts whose names begin so (all XML where none are given)."""

    def one(name: str, data: bytes) -> bytes:
        fits = name.startswith(parts) if parts else name.endswith((".xml", ".rels"))
        return how(data.decode()).encode() if fits else data

    return repacked(one)


def repacked(how: Rewrite, names: Callable[[str], str] = str, **more: bytes) -> Edit:
    """Pack the archive anew, with parts changed and called otherwise, and more parts."""

    def edit(path: Path) -> None:
        with zipfile.ZipFile(path) as source:
            parts = {name: how(name, source.read(name)) for name in source.namelist()}
        path.write_bytes(zipped({names(name): data for name, data in parts.items()} | more))

    return edit


def zipped(parts: Mapping[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return memory.getvalue()


def with_part(name: str, data: bytes) -> Edit:
    """One more part, even of a name that is there."""

    def edit(path: Path) -> None:
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as target:
            target.writestr(name, data)

    return edit


def cut(share: float) -> Edit:
    """Copied as far as this share of its bytes."""

    def edit(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return edit


def spoilt(part: str) -> Edit:
    """Some bytes of a part are others."""

    def edit(path: Path) -> None:
        data = bytearray(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            at = archive.getinfo(part).header_offset + 200
        data[at : at + 40] = bytes(40)
        path.write_bytes(data)

    return edit
