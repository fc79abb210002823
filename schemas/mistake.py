"""A mistake in an edition, an office or a settings file: said with file, line and what was meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Self

NEAR = 0.4  # of 1: a word less like it is no likely meaning


class CannotRun(ValueError):
    """Something the office must mend before anything can run; its text is Chinese and says what to do."""


class SheetRow(int):
    """The row of a workbook's sheet, which is told with the name of the sheet."""

    sheet: str

    def __new__(cls, row: int, sheet: str) -> Self:
        """The number, which knows its sheet."""
        made = super().__new__(cls, row)
        made.sheet = sheet
        return made


class Mistake(CannotRun):
    """A settings file that is wrong; the text begins with file and line, in a workbook with sheet and row."""

    def __init__(self, file: Path, line: int | None, what: str) -> None:
        sheet = f"“{line.sheet}”" if isinstance(line, SheetRow) else ""
        where = f"{file.name}{sheet} 第 {line} 行" if line else file.name
        super().__init__(f"{where}：{what}")
        self.file = file
        self.line = line


def nearest(word: str, known: Iterable[str]) -> str:
    """The clause that names the valid word nearest to ``word``, or all of them where none is near."""
    words = [str(k) for k in known]

    def likeness(other: str) -> tuple[float, int]:
        """Which letters are the same, and among equals how many of them stand in the same place (2O is 20, not 92)."""
        return SequenceMatcher(None, word, other).ratio(), sum(a == b for a, b in zip(word, other, strict=False))

    near = max(words, key=likeness, default="")
    if near and likeness(near)[0] >= NEAR:
        return f"最接近的是“{near}”"
    return f"可用的有：{'、'.join(words)}" if words else "目前没有可用的"
