"""Progress on the terminal."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Stages(Protocol):
    """Where progress is told: a stage by name, and how far it is."""

    def stage(self, title: str) -> AbstractContextManager[Callable[[int, int], object]]:
        """Enter a stage; the value tells its progress as done, all."""


class Screen:
    """Progress on the terminal: a line a stage, a bar where a stage takes long."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    @contextmanager
    def stage(self, title: str) -> Iterator[Callable[[int, int], object]]:
        """Show a stage while it lasts."""
        if self._quiet:
            yield lambda done, whole: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task(title, total=None)
            yield lambda done, whole: progress.update(task, completed=done, total=whole)
        console.print(f"· {title}", highlight=False)
