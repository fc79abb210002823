"""The fonts of another desk: some families of this one, and no others."""

import os
import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

CHINESE = "Noto Sans CJK"
# What stands in for Times New Roman and 宋体 on a desk that has neither.
DESKS = {"DejaVu": ("DejaVu", CHINESE), "Liberation": ("Liberation", CHINESE), "Chinese alone": (CHINESE,)}


def only(folder: Path, *families: str) -> Path:
    """The settings of fontconfig (FONTCONFIG_FILE) by which a program finds these families alone.

    On a desk without one of them the test is skipped with the reason; in CI it fails.
    """
    kept = folder / "fonts"
    kept.mkdir(parents=True)
    for family in families:
        files = _files(family)
        if not files and not os.environ.get("CI"):
            pytest.skip(f"needs the fonts {family}, which this machine lacks")
        assert files, f"the fonts {family} are missing"
        for file in files:
            shutil.copyfile(file, kept / file.name)  # LibreOffice sees no links
    settings, cache = folder / "fonts.conf", folder / "cache"
    rules = '<include ignore_missing="yes">/etc/fonts/conf.d</include>'
    places = f"<dir>{escape(str(kept))}</dir><cachedir>{escape(str(cache))}</cachedir>"
    settings.write_text(f"<?xml version='1.0'?><fontconfig>{places}{rules}</fontconfig>", encoding="utf-8")
    return settings


def _files(family: str) -> list[Path]:
    if not shutil.which("fc-list"):
        return []
    listed = subprocess.run(["fc-list", "--format", "%{family}\t%{file}\n"], check=True, capture_output=True)  # noqa: S607
    pairs = (line.split("\t") for line in listed.stdout.decode().splitlines())
    return sorted({Path(file) for name, file in pairs if name.startswith(family)})
