"""What was forwarded among the files that were read: a row a period where a file brings several."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.intake.forwarded.doubles import doubles
from pipeline.intake.forwarded.manifests import Manifests
from pipeline.intake.forwarded.placing import Placed, Sent, lacking, placed
from pipeline.intake.forwarded.reading import unit_of
from pipeline.intake.receipts import Arrival
from pipeline.intake.received import Received
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.forwarded import Below, Slice
from schemas.office import Office

Read = tuple[Received, Below | None, str, str]  # a file, what it brings, its unit and period


@dataclass(frozen=True)
class Framed:
    """The returns: each the place of its file among those read, and the slice that it is of one that was forwarded."""

    files: Sequence[Read]
    places: list[tuple[int, Slice | None]]
    placed: Placed
    manifests: Manifests
    office: Office

    @property
    def slices(self) -> dict[int, Slice]:
        """The slices by the number of the return."""
        return {n: part for n, (_, part) in enumerate(self.places) if part}

    def about(self, files: Sequence[Received]) -> Iterator[tuple[object, ...]]:
        """Their rows among the returns (schemas.received.Files)."""
        for n, (at, part) in enumerate(self.places):
            if part:
                file, (_, _, unit, through) = files[at], self.files[at]
                name = self.name(at, part)
                yield n, unit, part.period, name, file.sha256, file.size, part.edition, "", through

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Their cells (schemas.frames.Rows)."""
        return ((n, *row) for n, part in self.slices.items() for row in part.rows)

    def name(self, at: int, part: Slice) -> str:
        """What a period of a file is called."""
        return f"{self.files[at][0].name}〔{part.period}〕"

    def arrivals(self, of_files: Iterable[Arrival]) -> list[Arrival]:
        """The receipts of the returns; the versions of one office stand in their own order."""
        by_file: dict[int, list[Arrival]] = {}
        for one in of_files:
            by_file.setdefault(one.ret, []).append(one)
        found, last = [], max((one.position for own in by_file.values() for one in own), default=0)
        for n, (at, part) in enumerate(self.places):
            for one in by_file.get(at, ()):
                order = self.placed.batch.get(at, 0)
                found.append(Arrival(n, last + 1 + order, order, one.received) if part else one._replace(ret=n))
        return found

    @property
    def findings(self) -> list[Finding]:
        """What is told of the workbooks, of each period that lacks something, and of folders that are not whole."""
        told = [*self.placed.findings]
        for n, part in self.slices.items():
            at = self.places[n][0]
            place = Place(self.files[at][2], part.period, self.name(at, part), ret=n)
            told += lacking(place, part)
        return told + list(self._folders())

    def doubles(self, direct: Iterable[tuple[str, str]]) -> Iterator[Finding]:
        """Who is counted twice, beside the units and periods of which a return came."""
        newest = {(self.files[at][2], part.period): part for at, part in self._in_order() if part}
        units = {unit.code: unit for unit in self.office.units}
        keys = {*newest, *(key for key in direct if key[0] in units)}
        names = {key: units[key[0]].at(key[1]).name for key in keys if key[0] in units}
        own = {key: names[key] for key in keys if key in names and key in set(direct)}
        return doubles(newest, own, names)

    def _in_order(self) -> list[tuple[int, Slice | None]]:
        return sorted(self.places, key=lambda one: self.placed.batch.get(one[0], 0))

    def _folders(self) -> Iterator[Finding]:
        """Manifests without their workbook, and documents that are not as they were forwarded."""
        there = {file.sha256 for file, *_ in self.files}
        for name, manifest in self.manifests.without_workbook(there):
            beside = str(PurePosixPath(name).parent / manifest.workbook)
            if any(file.name == beside for file, *_ in self.files):
                continue  # it is there and another: told at itself
            unit = unit_of(manifest, self.office)
            place = Place(unit.code if unit else "", manifest.through if unit else "", name, content=manifest.digest)
            yield tell("E-UPW-06", place, value=manifest.digest, name=name, workbook=manifest.workbook)


def framed(files: Sequence[Read], manifests: Manifests, office: Office) -> Framed:
    """The returns that files come to, in the order of the files and of the periods."""
    sent = [Sent(n, file, unit, below) for n, (file, below, unit, _) in enumerate(files) if below]
    own = placed(sent)
    forwarded = {one.at for one in sent}
    places: list[tuple[int, Slice | None]] = []
    for n in range(len(files)):
        places += [(n, part) for part in own.slices.get(n, ())] if n in forwarded else [(n, None)]
    return Framed(files, places, own, manifests, office)
