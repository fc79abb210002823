"""How the files of a run get into the outbox: made aside, noted, put in their places one by one, recorded.

Until the note stands the outbox is as it was, on a full disk too; from then on the next run knows every file of this
one (see written.settle). A file that a person has changed is kept under another name, never overwritten.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.outbox.written import (
    CHANGED,
    FOUND,
    STAGE,
    Kept,
    Note,
    hash_of,
    kept,
    read_record,
    settle,
    write_note,
    write_record,
)
from pipeline.values.files import clear, put, refuse_unlike, second_names
from schemas.mistake import CannotRun

EDITED = {".xlsx", ".docx", ".txt"}  # what people work in: kept even where nothing is known of it


class Delivery:
    """What a run puts into the outbox: its files are made in ``stage``; ``kept`` are those that lay there, not ours."""

    def __init__(self, outbox: Path, inbox_files: frozenset[str] = frozenset()) -> None:
        """``inbox_files`` are the short hashes of what need not be kept, for it lies in the inbox, too."""
        self.outbox, self.stage, self._inbox_files = outbox, outbox / STAGE, inbox_files
        self.kept = settle(outbox)
        self._before = read_record(outbox)
        self._files: dict[str, str] = {}
        self._aside: dict[str, str] = {}

    def put(self, made: Sequence[Path]) -> list[Path]:
        """Put files of the stage in their places; returns where they are now, another name where one is open.

        Raises CannotRun where a folder or a link lies in the way, before anything is moved.
        """
        names = {path.relative_to(self.stage).as_posix(): hash_of(path) for path in made}
        for name in names:
            self._refuse_detours(self.outbox / name)
        there = {name: hash_of(self.outbox / name) for name in names}
        second = [self._name(path) for name in names for path in second_names(self.outbox / name)]
        changed = {name: old for name, old in there.items() if old != names[name] and self._is_a_persons(name, old)}
        self._note(names, changed | self._changed(second))
        return [self._place(path, name, there[name]) for path, name in zip(made, names, strict=True)]

    def remove_others(self, folder: Path, ending: str) -> None:
        """Remove the files below ``folder`` whose stem ends with ``ending`` and that were not put there by this run.

        One that is open in Excel stays until a later run; files of other names are none of ours.
        """
        if folder.is_symlink() or not folder.is_dir():
            return
        pattern = re.compile(rf"(?!~\$).*{re.escape(ending)}(（\d+）)?")
        ours = {p for p in folder.rglob("*") if p.suffix in EDITED and pattern.fullmatch(p.stem) and p.is_file()}
        others = {self._name(path) for path in ours} - set(self._files)
        self._note({}, self._changed(others))
        for name in sorted(others):
            self._remove(name)
        for below in [*sorted(folder.rglob("*"), reverse=True), folder]:
            if below.is_dir() and not below.is_symlink() and not any(below.iterdir()):
                below.rmdir()

    def record(self) -> None:
        """Record what was put there; of what was there before, what is still there stays known."""
        there = {name: digest for name, digest in self._before.items() if (self.outbox / name).is_file()}
        write_record(self.outbox, {**there, **self._files})

    def _note(self, names: Mapping[str, str], changed: Mapping[str, str]) -> None:
        """Note what is about to happen; ``changed`` are the hashes of files that are to be kept under another name."""
        for name, digest in changed.items():
            path = Path(name)
            why = CHANGED if name in self._before else FOUND
            self._aside[name] = path.with_stem(f"{path.stem}_{why}_{digest}").as_posix()
        self._files |= names
        write_note(self.outbox, Note(files=self._files, aside=self._aside))

    def _place(self, made: Path, name: str, old: str) -> Path:
        """One file into its place. What is the same already is left alone, with the time it has."""
        path = self.outbox / name
        self._keep(name)
        if old == self._files[name]:
            made.unlink()
            placed = path
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            placed = put(made, path)
        if placed == path:
            for other in second_names(path):
                self._remove(self._name(other))
        else:
            self._files[self._name(placed)] = self._files.pop(name)
        return placed

    def _remove(self, name: str) -> None:
        self._keep(name)
        path = self.outbox / name
        try:
            path.unlink(missing_ok=True)
        except PermissionError:  # open in Excel: it goes away with a later run
            self.kept.append(Kept(name, path, f"“{path.name}”已经没有用了，但正被打开，没有删去。请关闭后再运行一次。"))

    def _keep(self, name: str) -> None:
        """Move what a person has changed to the name under which it is kept."""
        if name in self._aside:
            with suppress(PermissionError):  # open in Excel: this run writes beside it
                aside = (self.outbox / name).replace(self.outbox / self._aside[name])
                self.kept.append(kept(name, aside))

    def _changed(self, names: Iterable[str]) -> dict[str, str]:
        """Those of our files that are not as we left them, with the hashes they have."""
        known = ((name, hash_of(self.outbox / name)) for name in names if name in self._before)
        return {name: digest for name, digest in known if self._is_a_persons(name, digest)}

    def _is_a_persons(self, name: str, digest: str) -> bool:
        """Whether a file of this hash is a person's work, or may be: not as we left it, and it lies nowhere else."""
        if digest in {"", self._before.get(name)} or digest in self._inbox_files:
            return False
        return name in self._before or Path(name).suffix in EDITED

    def _refuse_detours(self, path: Path) -> None:
        """Raise CannotRun where something else than a file lies at a place, or than a folder on the way there."""
        refuse_unlike(path)
        for folder in path.parents[: len(path.relative_to(self.outbox).parts) - 1]:
            if folder.is_symlink() or folder.is_file():
                raise CannotRun(
                    f"发件夹里的“{folder.name}”应当是文件夹，现在是文件或快捷方式（链接）。请移走它，再运行一次。"
                )

    def _name(self, path: Path) -> str:
        return path.relative_to(self.outbox).as_posix()


@contextmanager
def delivering(outbox: Path, inbox_files: frozenset[str] = frozenset()) -> Iterator[Delivery]:
    """A delivery. Where it fails, what was made is cleared, and what was put in its place is recorded as ours."""
    delivery = Delivery(outbox, inbox_files)
    try:
        yield delivery
        delivery.record()
    except BaseException:
        with suppress(OSError, CannotRun):  # the next run settles it
            settle(outbox)
        raise
    clear(delivery.stage)
