"""From the inbox to rows: every file read once, every cell as filled in."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pipeline.findings import Finding, Place, tell
from pipeline.intake.book import Unreadable, read_book
from pipeline.intake.extract import CoverRow, Extract, Row
from pipeline.intake.identify import identify
from pipeline.intake.listing import Received
from pipeline.intake.receipts import Receipts
from pipeline.intake.register import ITEM_CELLS, ItemCell, RegisterReader
from pipeline.taken import Taken
from schemas.form import Form
from schemas.office import Office

if TYPE_CHECKING:
    pass

ROWS = ("table", "line", "measure", "role", "written", "value", "state", "problem", "sheet", "cell", "note")
COVERS = ("code", "text", "sheet", "cell")

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Reading:
    """One file as read."""

    unit: str
    period: str
    edition: str
    rows: tuple[Row, ...]
    items: tuple[ItemCell, ...]
    cover: tuple[CoverRow, ...]
    findings: tuple[Finding, ...]


def take_in(
    files: Sequence[Received],
    receipts: Receipts,
    forms: tuple[Form, ...],
    office: Office,
    workers: int,
    progress: Progress,
) -> Taken:
    """Read every file, in this process or in ``workers`` others; the result is the same."""
    readings = []
    for reading in _readings(files, partial(read_return, forms=forms, office=office), workers):
        readings.append(reading)
        progress(len(readings), len(files))
    return _frames(files, readings, receipts.days())


def read_return(file: Received, forms: tuple[Form, ...], office: Office) -> Reading:
    """Read one file. What is wrong with it is a finding, never an exception."""
    try:
        book = read_book(file.data)
    except Unreadable as error:
        finding = tell("E-FIL-01", Place(file=file.name), name=file.name, reason=error)
        return Reading("", "", "", (), (), (), (finding,))
    identity = identify(book, file.name, forms, office)
    unit, period = identity.unit.code if identity.unit else "", str(identity.month or "")
    if not (unit and identity.form):
        return Reading(unit, period, "", (), (), (), identity.findings)
    form = identity.form.of(period, unit)
    place = Place(unit, period, file.name)
    extract = Extract(book, form, place)
    registers = [RegisterReader(book, form, t, place) for t in form.edition.tables if t.shape == "register"]
    items = tuple(cell for register in registers for cell in register.cells)
    findings = [*identity.findings, *extract.findings(), *(f for register in registers for f in register.findings())]
    return Reading(unit, period, form.edition.id, tuple(extract.rows()), items, tuple(extract.cover()), tuple(findings))


def _readings(files: Sequence[Received], read: Callable[[Received], Reading], workers: int) -> Iterator[Reading]:
    if workers <= 1:
        yield from map(read, files)
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(read, files, chunksize=16)


def _frames(files: Sequence[Received], readings: Sequence[Reading], days: dict[tuple[str, str], str]) -> Taken:
    import pandas as pd

    returns = pd.DataFrame(
        [
            (n, r.unit, r.period, f.name, f.sha256, len(f.data), days[f.sha256, f.name], r.edition)
            for n, (f, r) in enumerate(zip(files, readings, strict=True))
        ],
        columns=["ret", "unit", "period", "file", "sha256", "bytes", "received", "edition"],
    )
    rows = [(n, *row) for n, reading in enumerate(readings) for row in reading.rows]
    covers = [(n, *row) for n, reading in enumerate(readings) for row in reading.cover]
    frame = pd.DataFrame(rows, columns=["ret", *ROWS]).astype({"value": "Int64", "ret": "int64"})
    items = [(n, *cell) for n, reading in enumerate(readings) for cell in reading.items]
    cells = pd.DataFrame(items, columns=["ret", *ITEM_CELLS]).astype({"day": "Int64", "ret": "int64"})
    findings = tuple(finding for reading in readings for finding in reading.findings)
    return Taken(returns, frame, cells, pd.DataFrame(covers, columns=["ret", *COVERS]), findings)
