"""Who asks: at a screen with somebody before it a question at a time, else nobody, and what is not said is as usual."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import typer

from schemas.mistake import CannotRun

Read = TypeVar("Read")


@dataclass
class Asker:
    """``asks`` is whether somebody can answer; who ends it before having ``heard`` a word from them was nobody."""

    asks: bool
    heard: bool = False

    @classmethod
    def at_the_screen(cls, *, quiet: bool) -> "Asker":
        """Asks where there is a screen to be asked at."""
        return cls(not quiet and sys.stdin is not None and sys.stdin.isatty())

    def answer(self, given: str, question: str, usual: str, read: Callable[[str], Read]) -> Read:
        """What was given, else what is answered, else the usual; asked again until it can be read. Raises CannotRun."""
        return self._until_read(given, usual, read, lambda: self._line(f"{question}［{usual or '没有'}］："))

    def answers(self, given: str, question: str, usual: str, read: Callable[[str], Read]) -> Read:
        """The same of several lines, which an empty one ends."""
        return self._until_read(given, usual, read, lambda: "\n".join(self._lines(question)))

    def _until_read(self, given: str, usual: str, read: Callable[[str], Read], typed: Callable[[], str]) -> Read:
        if given or not self.asks:
            return read(given or usual)
        while True:
            said = typed() or usual
            try:
                return read(said)
            except CannotRun as wrong:
                typer.echo(f"  {wrong}")

    def _line(self, question: str) -> str:
        typer.echo(question, nl=False)
        line = sys.stdin.readline()
        if not line and self.heard:
            raise CannotRun("没有答完就关上了，什么也没有建。请再运行一次。")
        self.asks = self.heard = bool(line)  # Windows takes its NUL for a screen
        return line.strip()

    def _lines(self, question: str) -> Iterator[str]:
        typer.echo(question)
        while line := self._line("  "):
            yield line
