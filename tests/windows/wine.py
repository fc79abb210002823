"""Wine, here or in a folder with a system of its own: programs of Windows run in it, without a network.

`debootstrap --variant=minbase --include=wine,wine64,gcc-mingw-w64-x86-64-win32 trixie ROOT` makes such a folder.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MATH, OURS = b"api-ms-win-crt-math-l1-1-0.dll", b"own-ms-win-crt-math-l1-1-0.dll"  # of one length
COMPLEX = ("creal", "cimag", "cabs", "carg")  # what Wine's own library of the C language has not
GCC, OBJDUMP = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objdump"
_IMPORT = re.compile(r"^\s+(?:[0-9a-f]+\s+)?(?:<none>\s+)?[0-9a-f]+\s+(\w+)$")


@dataclass(frozen=True)
class Wine:
    """``root`` is the folder with its own system ("" for this one), ``home`` where its settings lie, seen from there."""

    root: str = ""
    home: str = "/tmp/wine"  # noqa: S108  # in a system of its own

    def __post_init__(self) -> None:
        """Wine wants the kernel's folders."""
        for name in ("proc", "dev", "sys") if self.root else ():
            if not os.path.ismount(f"{self.root}/{name}"):
                subprocess.run(["mount", "--bind", f"/{name}", f"{self.root}/{name}"], check=True)  # noqa: S603, S607

    def there(self, path: Path) -> str:
        """A path as it is seen from there."""
        return "/" + str(path.relative_to(self.root)) if self.root else str(path)

    def command(self, folder: Path, *words: str) -> list[str]:
        """What runs a command in a folder."""
        own = {"HOME": self.home, "WINEPREFIX": f"{self.home}/prefix", "WINEDEBUG": "-all", "LANG": "C.UTF-8"}
        told = [f"{key}={value}" for key, value in own.items()] + ["XDG_RUNTIME_DIR=/tmp", "TZ=Asia/Shanghai"]
        inside = ["unshare", "--net", "env", *told, "sh", "-c", 'mkdir -p "$HOME"; cd "$0" && exec "$@"']
        return [*(["chroot", self.root] if self.root else []), *inside, self.there(folder), *words]

    def run(self, folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        command = self.command(folder, *words)
        return subprocess.run(command, check=False, capture_output=True, text=True, errors="replace", input=typed)  # noqa: S603

    def python(self, folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run the folder's own Python."""
        return self.run(folder, "wine", "bin/python/python.exe", "-X", "utf8", *words, typed=typed)

    def mend(self, folder: Path) -> None:
        """Give what numpy asks of the C language and Wine has not; no file of the program knows of it."""
        users = [path for path in folder.rglob("*") if path.suffix in {".pyd", ".dll"} and MATH in path.read_bytes()]
        names = sorted({name for path in users for name in self._imported(path)})
        own = {f"{name}{kind}" for name in COMPLEX for kind in ("", "f")}
        lines = [f"  {name}" if name in own else f"  {name}=ucrtbase.{name}" for name in names]
        aid = folder / "aid"
        aid.mkdir()
        (aid / "own.def").write_text("\n".join(["EXPORTS", *lines, ""]))
        (aid / "own.c").write_text(_C)
        made = self.run(aid, GCC, "-shared", "-O2", "-fno-builtin", "-o", OURS.decode(), "own.c", "own.def")
        assert made.returncode == 0, made.stderr
        shutil.move(aid / OURS.decode(), folder / "bin/python" / OURS.decode())
        for path in users:
            path.write_bytes(path.read_bytes().replace(MATH, OURS))
        shutil.rmtree(aid)

    def _imported(self, path: Path) -> Iterator[str]:
        """The names that a library takes from the one that lacks some."""
        told = self.run(path.parent, OBJDUMP, "-p", path.name).stdout
        for part in told.split("DLL Name: ")[1:]:
            if part.startswith(MATH.decode()):
                yield from (found[1] for line in part.splitlines()[2:] if (found := _IMPORT.match(line)))


_C = """
typedef struct { double re, im; } number;
typedef struct { float re, im; } small;
double sqrt(double); double atan2(double, double);
double creal(number z) { return z.re; }
double cimag(number z) { return z.im; }
double cabs(number z) { return sqrt(z.re * z.re + z.im * z.im); }
double carg(number z) { return atan2(z.im, z.re); }
float crealf(small z) { return z.re; }
float cimagf(small z) { return z.im; }
float cabsf(small z) { return (float) sqrt((double) z.re * z.re + (double) z.im * z.im); }
float cargf(small z) { return (float) atan2(z.im, z.re); }
"""


def same_bytes(one: Path, other: Path, but: Sequence[str] = ()) -> tuple[int, list[str]]:
    """How many files of two folders are the same, and which are not; ``but`` are names of files that need not be."""

    def files(folder: Path) -> dict[str, Path]:
        found = (path for path in folder.rglob("*") if path.is_file() and path.name not in but)
        return {path.relative_to(folder).as_posix(): path for path in found}

    ours, theirs = files(one), files(other)
    unlike = sorted(ours.keys() ^ theirs.keys())
    unlike += [
        name for name in sorted(ours.keys() & theirs.keys()) if ours[name].read_bytes() != theirs[name].read_bytes()
    ]
    return len(ours.keys() & theirs.keys()), unlike
