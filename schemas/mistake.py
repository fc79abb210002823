"""A mistake in an edition, an office or a settings file: said with file, line and what was meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


class Mistake(ValueError):
    """Something the office or the engineer must mend before anything can run; its text is Chinese and complete."""

    def __init__(self, file: Path, line: int | None, what: str) -> None:
        where = f"{file.name} 第 {line} 行" if line else file.name
        super().__init__(f"{where}：{what}")
        self.file = file
        self.line = line


def nearest(word: str, known: Iterable[str]) -> str:
    """The clause that names the valid word nearest to ``word``, or all of them where none is near."""
    words = [str(k) for k in known]
    near = get_close_matches(word, words, n=1, cutoff=0.4)
    if near:
        return f"最接近的是“{near[0]}”"
    return f"可用的有：{'、'.join(words)}" if words else "目前没有可用的"
