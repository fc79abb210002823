"""The versions of one office in their order, and what each says otherwise than the one before: a return a period."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.intake.received import Received
from pipeline.values.files import short
from pipeline.values.findings import Finding, Place, tell
from pipeline.values.forwarded import Below, Slice
from schemas.period import in_words

FEW = 6  # names in a sentence
BEHIND = 1 << 30  # the first batch of what is in an order of its own, whenever it came


class Sent(NamedTuple):
    """A file that brings what was forwarded; ``at`` is its number among the files."""

    at: int
    file: Received
    unit: str
    below: Below

    @property
    def place(self) -> Place:
        """Where what is said of it as a whole arises."""
        return Place(self.unit, self.below.manifest.through, self.file.name, content=self.file.sha256)


@dataclass
class Placed:
    """By the number of a file the slices that it says otherwise than the version before, and what is told of it.

    ``batch`` puts the versions of one office in their own order, whenever they were received.
    """

    slices: dict[int, list[Slice]] = field(default_factory=dict)
    batch: dict[int, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def placed(sent: Iterable[Sent]) -> Placed:
    """Every version in its order; the same one in several places is one."""
    found, by_unit = Placed(), dict[str, dict[str, Sent]]()
    for one in sent:
        by_unit.setdefault(one.unit, {}).setdefault(one.file.sha256, one)
    for own in by_unit.values():
        versions = sorted(own.values(), key=lambda one: (*one.below.manifest.order, one.file.sha256))
        before: dict[str, object] = {}
        for one in versions:
            fresh = [part for part in one.below.slices if before.get(part.period) != part.numbers]
            before |= {part.period: part.numbers for part in fresh}
            found.slices[one.at] = fresh
            found.batch[one.at] = BEHIND + len(found.batch)
            found.findings.append(_told(one, fresh))
        found.findings += _reserved(versions[-1])
    return found


def _told(one: Sent, fresh: Sequence[Slice]) -> Finding:
    manifest = one.below.manifest
    facts = {"name": one.file.name, "version": manifest.name, "digest": short(one.file.sha256)}
    facts |= {"coverage": manifest.coverage, "fresh": str(len(fresh)), "periods": str(len(one.below.slices))}
    borne = sum(len(part.provisional) for part in fresh)
    facts["borne"] = f"，其中{borne}个数是下级暂列的" if borne else ""
    return tell("N-UPW-01", one.place, value=one.file.sha256, **facts)


def _reserved(newest: Sent) -> Iterator[Finding]:
    """The question that the newest version raises which was forwarded with something open."""
    manifest = newest.below.manifest
    if manifest.reservations:
        facts = {"version": manifest.name, "verdict": manifest.verdict.removesuffix("。")}
        yield tell("W-UPW-02", newest.place, value=manifest.reservations, words=manifest.reservations, **facts)


def lacking(place: Place, part: Slice) -> Iterator[Finding]:
    """The question about a period in which not all gave what they owed; ``place`` is that of its return."""
    if part.missing:
        names = "、".join(part.missing[:FEW]) + ("等" if len(part.missing) > FEW else "")
        what = f"{len(part.missing)}个单位没有入汇（{names}）"
    elif part.partial:
        what = f"{len(part.partial)}个数不全"
    else:
        return
    yield tell("W-UPW-03", place, value=what, period=in_words(part.period), what=what, version=part.version)
