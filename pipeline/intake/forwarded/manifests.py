"""The manifests among what was received: each says, by hash, which files one office forwarded."""

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from pipeline.intake.book import Unreadable
from pipeline.intake.children import in_children
from pipeline.intake.received import Received
from pipeline.values.forwarded import Forwarded

SUFFIX, MOST_BYTES = ".json", 16 * 2**20


@dataclass(frozen=True)
class Manifests:
    """The manifests by the name of their file."""

    by_name: dict[str, Forwarded] = field(default_factory=dict)

    def of(self, digest: str) -> Forwarded | None:
        """The manifest of a workbook, by its hash."""
        return next((one for one in self.by_name.values() if one.digest == digest), None)

    def beside(self, name: str) -> Forwarded | None:
        """The manifest that lies beside a file and names it, whatever is in it now."""
        folder, own = posixpath.split(name)
        at = ((posixpath.dirname(where), one) for where, one in self.by_name.items())
        return (
            next(
                (one for there, one in at for out in one.out if posixpath.normpath(posixpath.join(there, out)) == name),
                None,
            )
            if own or folder
            else None
        )

    def known(self, digest: str) -> bool:
        """Whether a file is one of those that were forwarded, as it was."""
        return any(digest in one.out.values() for one in self.by_name.values())

    def without_workbook(self, digests: set[str]) -> Iterator[tuple[str, Forwarded]]:
        """The manifests whose workbook is not among what was received."""
        yield from ((name, one) for name, one in self.by_name.items() if one.digest not in digests)


def read_manifests(files: Sequence[Received], workers: int) -> Manifests:
    """Every manifest among the files, read within the bounds of any other file; others with that suffix are none."""
    may_be = [file for file in files if file.name.lower().endswith(SUFFIX) and file.size <= MOST_BYTES]
    read: Callable[[Received], Forwarded | None] = read_manifest
    found = {done.at: done.result for done in in_children(read, may_be, workers, _lost)}
    return Manifests({file.name: one for n, file in enumerate(may_be) if (one := found.get(n))})


def read_manifest(file: Received) -> Forwarded | None:
    """One of them; None where it is no manifest."""
    try:
        return Forwarded.model_validate_json(file.content())
    except (Unreadable, ValidationError):
        return None


def _lost(_: Received) -> None:
    """A file whose reader died is none."""
