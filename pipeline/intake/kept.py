"""What was read of the files so far. Of bombs, which unfold into more than there is room for, none is kept."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.intake.bounds import MOST_KEPT, ROOM
from pipeline.intake.children import Done
from pipeline.intake.received import Received

Result = TypeVar("Result")


@dataclass
class Kept(Generic[Result]):
    """The results by the place of their files.

    What is read of a file on the disk, it may be a zip, has room in proportion to its size there. What is beyond shares
    one room, however many files there are; when it is full, the file that takes most of it is given up (``refused``).
    """

    files: Sequence[Received]
    refused: Callable[[Received], Result]
    done: dict[int, Result] = field(default_factory=dict)
    sizes: Counter[Path] = field(default_factory=Counter)
    beyond: dict[Path, int] = field(default_factory=dict)
    given_up: set[Path] = field(default_factory=set)

    def take(self, done: Done[Result]) -> None:
        """Keep what was read of a file."""
        file = self.files[done.at]
        if file.path in self.given_up:
            self.done[done.at] = self.refused(file)
            return
        self.done[done.at] = done.result
        self.sizes[file.path] += done.size
        if self.sizes[file.path] > ROOM:
            self.beyond[file.path] = max(0, self.sizes[file.path] - ROOM - 2 * _on_disk(file.path))
        while sum(self.beyond.values()) > MOST_KEPT:
            self._give_up(max(self.beyond, key=self.beyond.__getitem__))

    def results(self) -> Iterator[Result]:
        """In the order of the files."""
        return (self.done[at] for at in range(len(self.files)))

    def _give_up(self, path: Path) -> None:
        self.given_up.add(path)
        del self.beyond[path]
        for at in [at for at in self.done if self.files[at].path == path]:
            self.done[at] = self.refused(self.files[at])


def _on_disk(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
