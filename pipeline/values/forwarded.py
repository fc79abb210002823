"""What was forwarded, as whoever receives it knows it: its manifest, and what it brings of each period."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

NUMBER = r"^-?\d{1,30}(\.\d{1,9})?$"
Number = tuple[str, str]  # of a return: table and code
Body = tuple[str, str]  # who stands in a machine sheet: code and name


class Part(BaseModel):
    """Numbers in one column of the machine sheet: of which edition, table and periods, and how often each counts."""

    edition: str
    table: str
    column: str
    times: str = Field(pattern=r"^-?\d{1,20}(/[1-9]\d{0,19})?$")
    at: tuple[str, ...]


class Total(BaseModel):
    """A total: where it is printed, what was printed, and what it adds up."""

    sheet: str
    cell: str = Field(pattern=r"^[A-Z]{1,3}[1-9]\d{0,6}$")
    name: str
    value: str = Field(pattern=NUMBER)
    plus: str = Field("0", pattern=NUMBER)
    of: tuple[Part, ...]


class Forwarded(BaseModel):
    """The manifest, as far as it is verified; what older ones lack is empty."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    name: str
    as_of: str
    verdict: str
    reservations: str
    office: str = ""
    name_of_office: str = ""
    area: str = ""
    region_code: str = ""
    through: str = ""
    coverage: str = ""
    workbook: str = ""
    out: dict[str, str]
    papers: dict[str, str] = {}
    totals: tuple[Total, ...] = Field(())

    @property
    def digest(self) -> str:
        """The hash of its workbook; "" where it names none."""
        return self.out.get(self.workbook, "")

    @property
    def order(self) -> tuple[str, str, int]:
        """What puts the versions of one office in their order, whenever each was received."""
        through, _, number = self.name.rpartition("_v")
        return self.as_of, through, int(number) if number.isdecimal() else 0

    @property
    def names(self) -> frozenset[str]:
        """Everything by which a list of units may name the office that forwarded it."""
        return frozenset({self.office, self.name_of_office, self.area, self.region_code} - {""})


@dataclass(frozen=True)
class Slice:
    """One period of a forwarded workbook: a return of the office that forwarded it.

    ``rows`` are the sums of its machine sheet as a return's cells are told (schemas.frames.Rows but for the number),
    ``bodies`` who gave figures, ``missing`` who owed some and gave none. Of the numbers of ``partial`` some are
    lacking, of those of ``provisional`` some are borne for the time. ``version`` is the name of what was forwarded.
    """

    period: str
    edition: str
    version: str
    rows: tuple[tuple[str | int | None, ...], ...]
    bodies: tuple[Body, ...]
    missing: tuple[str, ...] = ()
    partial: frozenset[Number] = frozenset()
    provisional: frozenset[Number] = frozenset()

    @property
    def numbers(self) -> tuple[tuple[str | int | None, ...], ...]:
        """What it says, wherever that stands: equal in two versions where nothing was corrected."""
        return (
            *((row[0], row[1], row[2], row[5], row[6]) for row in self.rows),
            (*sorted(map("".join, self.partial)), "P", *sorted(map("".join, self.provisional))),
            self.missing,
        )


@dataclass(frozen=True)
class Below:
    """A forwarded workbook that was verified, with a slice for each of its periods in which anybody gave figures."""

    manifest: Forwarded
    slices: tuple[Slice, ...]


Slices = Mapping[int, Slice]  # by return
