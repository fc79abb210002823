"""What SECURITY.md promises: tables that are made and tested, and the hashes that installs are held against."""

import hashlib
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PAGE, LOCK, PINS = ROOT / "SECURITY.md", ROOT / "requirements.txt", ROOT / "constraints.txt"
BEGIN, END = "<!-- licences: made by python -m tests.promises -->", "<!-- end of licences -->"
SYSTEMS = ({"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
           {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"})  # fmt: skip
WINDOWS_ALONE = ("colorama",)
SPOKEN = {"License :: OSI Approved :: BSD License": "BSD", "License :: OSI Approved :: MIT License": "MIT",
          "License :: OSI Approved :: Apache Software License": "Apache-2.0",
          "License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
          "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0"}  # fmt: skip


def plain(name: str) -> str:
    """A package's name as all spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def runtime() -> list[str]:
    """Every package that runs: those that the project needs, and those that these need, on any system."""
    found: dict[str, None] = {}
    waiting = ["yuebao"]
    while waiting:
        try:
            asked = [Requirement(text) for text in requires(waiting.pop()) or []]
        except PackageNotFoundError:
            continue
        for one in asked:
            wanted = one.marker is None or any(one.marker.evaluate({"extra": "", **system}) for system in SYSTEMS)
            if wanted and plain(one.name) not in found:
                found[plain(one.name)] = None
                waiting.append(one.name)
    return sorted(found)


def licence_of(name: str) -> str:
    """The licence that a package says it has."""
    about = metadata(name)
    told = [SPOKEN[one] for one in about.get_all("Classifier") or [] if one in SPOKEN]
    own = about.get("License-Expression") or (told[0] if told else about.get("License") or "")
    return own.splitlines()[0][:60] if own else "not told"


def licences() -> Iterator[str]:
    """The table of licences of what is installed and runs."""
    yield from ("| package | version | licence |", "|---|---|---|")
    for name in runtime():
        try:
            yield f"| {name} | {version(name)} | {licence_of(name)} |"
        except PackageNotFoundError:
            continue  # of another system


def with_licences(page: str) -> str:
    """The page with its table as it is today."""
    head, _, rest = page.partition(BEGIN)
    return f"{head}{BEGIN}\n" + "\n".join(licences()) + f"\n{END}{rest.partition(END)[2]}"


def pins() -> dict[str, str]:
    """The version of every package, by its name."""
    lines = (line.strip() for line in PINS.read_text("utf-8").splitlines())
    return {plain(line.partition("==")[0]): line for line in lines if "==" in line}


def lock(wheels: Path) -> Iterator[str]:
    """What runs, each pinned with the hashes of its wheels in a folder."""
    hashes: dict[tuple[str, str], list[str]] = {}
    for path in wheels.glob("*.whl"):
        name, number = path.name.split("-")[:2]
        hashes.setdefault((plain(name), number), []).append(hashlib.sha256(path.read_bytes()).hexdigest())
    known = pins()
    yield "# What runs, each with the hashes of its wheels: Linux (x86_64, Python 3.11 to 3.13) and Windows (3.13)."
    yield "# pip install --require-hashes --only-binary=:all: -r requirements.txt, then pip install --no-deps -e ."
    for name in runtime():
        number = known[name].partition("==")[2]
        marker = ' ; sys_platform == "win32"' if name in WINDOWS_ALONE else ""
        own = sorted(hashes[name, number])
        yield f"{known[name]}{marker} \\"
        yield from (f"    --hash=sha256:{one}" + " \\" * (n < len(own)) for n, one in enumerate(own, start=1))
