"""Whether what was forwarded is what it says: by whoever receives it, or years later, from the folder alone.

The manifest names every file with its hash, and how each total of the tables is counted from the machine sheet; both
are tried again, and the numbers are held against the cells that are printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from pipeline.desk.lower import Lower, Version
from pipeline.desk.nodes import Checked, check_nodes
from pipeline.intake.forwarded.totals import differing
from pipeline.ledger.published import MANIFEST, papers_of
from pipeline.outbox.written import stays
from pipeline.values.files import sha256
from pipeline.values.forwarded import Forwarded
from pipeline.values.machine import MACHINE
from schemas.mistake import CannotRun


@dataclass(frozen=True)
class Verified:
    """What was tried, and what is not as it was, a sentence each; ``totals`` are those that were counted again."""

    manifest: Forwarded
    files: int
    totals: int
    wrong: list[str] = field(default_factory=list)
    papers: int | None = None
    nodes: Checked | None = None


def verify(folder: Path, lower: Sequence[Path] = ()) -> Verified:
    """Verify a forwarded folder, with the ``lower`` offices' folders against what they forwarded (节点检查).

    Raises CannotRun where there is no manifest, or it cannot be read.
    """
    manifest = _manifest(folder)
    wrong = [*_files(folder, manifest.out), *_strangers(folder, manifest)]
    papers = papers_of(folder.resolve())
    kept = papers.is_dir() and bool(manifest.papers)
    wrong += [f"底稿里的{one}" for one in _files(papers, manifest.papers)] if kept else []
    book, counted = _workbook(folder, manifest), 0
    if book and manifest.totals:
        wrong, counted = [*wrong, *_totals(book, manifest)], len(manifest.totals)
    elif manifest.totals:
        wrong.append("汇总数没有重算：汇总工作簿不是上报时的那一本。")
    nodes = check_nodes(Version(folder, manifest), Lower(lower)) if lower and book else None
    wrong += nodes.wrong if nodes else []
    return Verified(manifest, len(manifest.out), counted, wrong, len(manifest.papers) if kept else None, nodes)


def _workbook(folder: Path, manifest: Forwarded) -> Path | None:
    """The workbook as it was forwarded; None where it is not there, or is another: nothing else is opened."""
    name = manifest.workbook
    return folder / name if name in manifest.out and not [*_files(folder, {name: manifest.out[name]})] else None


def _manifest(folder: Path) -> Forwarded:
    path = folder / MANIFEST
    if not path.is_file():
        raise CannotRun(f"“{folder}”里没有“{MANIFEST}”，不是上报的文件夹，或者没有收全。请指定收到的整个文件夹。")
    try:
        return Forwarded.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise CannotRun(f"“{path}”读不出来，已经损坏。请向报送单位再要一份。") from None


def _files(folder: Path, hashes: Mapping[str, str]) -> Iterator[str]:
    """The files that are missing or are others than those of the manifest."""
    for name, digest in sorted(hashes.items()):
        try:
            if not stays(name) or not (folder / name).is_file():
                yield f"“{name}”不在文件夹里。"
            elif sha256((folder / name).read_bytes()) != digest:
                yield f"“{name}”和上报时不同，校验码不符。"
        except OSError:
            yield f"“{name}”读不出来。"


def _strangers(folder: Path, manifest: Forwarded) -> Iterator[str]:
    known = {MANIFEST, *manifest.out}
    there = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    yield from (f"“{name}”不在清单里，不是上报的文件。" for name in there if name not in known)


def _totals(book: Path, manifest: Forwarded) -> Iterator[str]:
    """The totals that the machine sheet, or the printed cell, has otherwise than the manifest."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        opened = CalamineWorkbook.from_path(book)
        names = {MACHINE, *(total.sheet for total in manifest.totals)}
        sheets = {name: opened.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
        wrong = [what for _, what in differing(manifest.totals, sheets)]
    except (CalamineError, OSError, ValueError, IndexError, ArithmeticError) as error:
        wrong = [f"“{book.name}”的汇总数没法重算，清单或“{MACHINE}”不完整（{error}）。"]
    yield from wrong
