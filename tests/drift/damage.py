"""Damaged files beside one good return: none of them may end the run, nor take the good return out of it."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from pipeline.story.run import examine
from tests.builders import Desk, Quiet
from tests.drift.biff import as_xlsb
from tests.drift.grids import anew, as_html, as_text
from tests.drift.mutations import damaged
from tests.publish.reading import LibreOffice

GOOD, OTHER = "市卫生局", "市教育局"
Made = Callable[[Path, Path], bytes]  # from a return and a folder to work in


def as_sent(path: Path, _: Path) -> bytes:
    return path.read_bytes()


def written(write: Callable[..., bytes]) -> Made:
    """The return in another container."""

    def made(path: Path, folder: Path) -> bytes:
        copy = folder / "copy"
        copy.write_bytes(path.read_bytes())
        anew(write=write)(copy)
        return copy.read_bytes()

    return made


def saved(kind: str) -> Made:
    """The return as LibreOffice saves it."""
    return lambda path, folder: LibreOffice(folder)._convert([path], kind)[0].read_bytes()


def packed(method: int, *, within: bool = False) -> Made:
    """The return in a zip beside a notice; or in a zip in it."""

    def made(path: Path, _: Path) -> bytes:
        data = _zip(method, {"月报.xlsx": path.read_bytes(), "说明/通知.txt": "请查收，".encode() * 50})
        return _zip(method, {"里面.zip": data, "月报.xlsx": path.read_bytes()}) if within else data

    return made


def _zip(method: int, parts: Mapping[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return memory.getvalue()


KINDS: Mapping[str, tuple[str, Made]] = {
    "a damaged .xlsx": (".xlsx", as_sent),
    "a damaged .xls": (".xls", saved("xls")),
    "a damaged .xlsb": (".xlsb", written(as_xlsb())),
    "a damaged .ods": (".ods", saved("ods")),
    "a damaged .csv": (".csv", written(as_text("gbk"))),
    "a damaged .html": (".html", written(as_html("gbk"))),
    "a damaged .zip, stored": (".zip", packed(zipfile.ZIP_STORED)),
    "a damaged .zip, deflated": (".zip", packed(zipfile.ZIP_DEFLATED)),
    "a damaged .zip, bzip2": (".zip", packed(zipfile.ZIP_BZIP2)),
    "a damaged .zip, lzma": (".zip", packed(zipfile.ZIP_LZMA)),
    "a damaged .zip in a .zip": (".zip", packed(zipfile.ZIP_DEFLATED, within=True)),
}
BY_LIBREOFFICE = [kind for kind, (suffix, _) in KINDS.items() if suffix in {".xls", ".ods"}]


def what_came_of(kind: str, number: int, folder: Path) -> str:
    """Lay so many damaged files of a kind beside a good return, and run: how many could not be read.

    AssertionError where the good return does not count, or a file is neither read nor named in a finding.
    """
    suffix, made = KINDS[kind]
    desk, elsewhere, chance = Desk(folder / "desk"), Desk(folder / "elsewhere"), Random(kind)  # noqa: S311  # of faults
    desk.send(GOOD)
    whole = made(elsewhere.send(OTHER), folder)
    names = [f"{n:03d}{suffix}" for n in range(number)]
    for name in names:
        (desk.inbox / name).write_bytes(damaged(whole, chance))
    outcome = examine(replace(desk.request(), workers=1), Quiet())
    counted = outcome.facts[outcome.facts["unit"] == desk.unit(GOOD).code]
    assert set(counted["quality"]) == {"A"}, kind
    told = {name[: len(names[0])] for name in (*(f.file for f in outcome.findings), *outcome.sizes)}
    assert set(names) <= told, (kind, set(names) - told)
    refused = {f.file[: len(names[0])] for f in outcome.findings if f.rule.startswith("E-FIL")}
    return f"the good return counts; {len(refused)} named as unreadable, {number - len(refused)} read"
