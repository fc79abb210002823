"""The packages that the program needs on Windows: whole, of the pinned versions, for that Python."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from email.parser import HeaderParser
from pathlib import Path
from typing import NamedTuple

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import Tag
from packaging.utils import canonicalize_name, parse_wheel_filename

from schemas.mistake import CannotRun

PLATFORM = "win_amd64"
_THERE = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"}


class Wheel(NamedTuple):
    """A package as it was downloaded."""

    path: Path
    name: str
    version: str
    needs: tuple[Requirement, ...]


def wheels_in(folder: Path, python: str) -> dict[str, Wheel]:
    """The wheels of a folder by their name. Raises CannotRun where one is for another system or Python."""
    found = {}
    for path in sorted(folder.glob("*.whl")):
        name, version, _, tags = parse_wheel_filename(path.name)
        if not any(_fits(tag, python) for tag in tags):
            raise CannotRun(f"{path.name} 不是给 Windows（{PLATFORM}）上的 Python {python} 用的，请重新下载。")
        found[str(name)] = Wheel(path, str(name), str(version), tuple(_needs(path)))
    return found


def _fits(tag: Tag, python: str) -> bool:
    own = f"cp{python.replace('.', '')}"
    stable = tag.abi == "abi3" and tag.interpreter.startswith("cp3") and int(tag.interpreter[3:]) <= int(own[3:])
    return tag.platform in {"any", PLATFORM} and (tag.interpreter in {"py3", own} or stable)


def _needs(path: Path) -> Iterator[Requirement]:
    with zipfile.ZipFile(path) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA") and name.count("/") == 1)
        told = HeaderParser().parsestr(wheel.read(name).decode("utf-8")).get_all("Requires-Dist") or []
    yield from map(Requirement, told)


def needed(wanted: Iterable[str], wheels: Mapping[str, Wheel], pinned: Mapping[str, str], python: str) -> list[Wheel]:
    """The wheels that these requirements come to. Raises CannotRun where one is missing or of another version."""
    here = {key: str(value) for key, value in default_environment().items()}
    there = {**here, **_THERE, "python_version": python, "python_full_version": f"{python}.0"}
    found: dict[str, Wheel] = {}
    asked = [(requirement, {""}) for requirement in map(Requirement, wanted)]
    while asked:
        requirement, extras = asked.pop()
        if requirement.marker and not any(requirement.marker.evaluate({**there, "extra": one}) for one in extras):
            continue
        name = str(canonicalize_name(requirement.name))
        wheel = wheels.get(name)
        if wheel is None:
            raise CannotRun(f"缺少部件 {name}（{requirement}）。请按 constraints.txt 下载它的 .whl 文件。")
        if pinned.get(name) != wheel.version:
            raise CannotRun(
                f"{wheel.path.name} 的版本与 constraints.txt 不同（{pinned.get(name, '没有写')}），请重新下载。"
            )
        if name not in found:
            found[name] = wheel
            asked += [(one, requirement.extras | {""}) for one in wheel.needs]
    return [found[name] for name in sorted(found)]


def pins(text: str) -> dict[str, str]:
    """The versions that constraints.txt pins, by name."""
    lines = (line.split("==") for line in text.splitlines() if "==" in line)
    return {str(canonicalize_name(name.strip())): version.strip() for name, version in lines}


def unpack(wheel: Wheel, folder: Path) -> None:
    """What a wheel installs, in the folder; its scripts and headers are left out."""
    with zipfile.ZipFile(wheel.path) as parcel:
        for name in parcel.namelist():
            parts = name.split("/")
            if parts[0].endswith(".data"):
                if parts[1] not in {"purelib", "platlib"}:
                    continue
                parts = parts[2:]
            if name.endswith("/") or ".." in parts:
                continue
            place = folder.joinpath(*parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(parcel.read(name))
