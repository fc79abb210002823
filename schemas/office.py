"""One office: who collects, from whom, until when; with its code lists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StrictBool

from schemas.codes import EVER, Code
from schemas.document import read_document, validated
from schemas.edition import EDITIONS, Head
from schemas.mistake import nearest
from schemas.oddities import oddities
from schemas.office_lists import Day, code_lists, days_in, duties_in
from schemas.period import last_month, length_of
from schemas.reading import Frozen, wrong_places
from schemas.toml_lines import Location
from schemas.units import History, Unit, UnitRow, read_units, successions
from schemas.written_lists import XLSX, ListName

Span = tuple[str, str, int]  # first and last month, and how many months a return is about
OFFICES = Path(__file__).parent / "offices"
OFFICE = "office.toml"
UNITS = ListName("units.csv", "单位名录.xlsx")
HOLIDAYS, DUTIES = ListName("holidays.csv", "放假安排.xlsx"), ListName("duties.csv", "职责分工.xlsx")  # if need be
LEVELS = "省市区州盟县旗乡镇"  # how the name of an area ends
EVERY_UNIT = "全部"  # in the place of all units' names
OF_UNITS = "units"  # the code list that the register of units is
OWN_EDITIONS = "editions"  # the folder of an office in which forms of its own lie, with their templates


Count = Annotated[int, Field(ge=0)]


class Deadline(Frozen):
    """The due day in the month after the period, and what happens when it is no working day.

    A ``day`` that the month does not have is its last one. ``closing`` is how many working days later the month is
    closed (补报截止): what comes after that counts all the same, with the next correction of what was forwarded.
    """

    day: int = Field(ge=1, le=31)
    postpone: Literal["workday", "none"] = "workday"
    closing: int = Field(default=10, ge=0)


class Receipt(Frozen):
    """What must have come before a return is there; ``paper``: a signed copy on paper beside the electronic one.

    ``sending`` is how the forms say it, with {due} for the day.
    """

    paper: StrictBool = False
    sending: str = ""


class OwnHead(Head):
    """The legal block of the office's forms; ``of`` has what is otherwise in one of them, by its id."""

    of: dict[str, Head] = Field(default_factory=dict)


class Thresholds(Frozen):
    """The office's own limits; what each is stands beside it in the offices that are shipped."""

    identical_nonzero: Count = 5
    confirm_above: Count = 1000
    findings_first: Count = 3
    plausibility_first: Count = 10
    rule_often: Count = 5
    assessed_returns: Count = 6
    assessed_peers: Count = 3
    fewest_applicants: Count = 3


class Fonts(Frozen):
    """Fonts that differ between the machines of offices; ``title`` is that of the cover."""

    title: str = "方正小标宋简体"


class Open(Frozen):
    """What the public may have: ``units`` (codes or names, or 全部) are those whose own figures the office cleared."""

    units: tuple[str, ...] = ()


class Settings(Frozen):
    """office.toml as written.

    ``units_by_size``: tables by units have those with most in their first column first, within each kind.
    """

    id: str
    name: str
    area: str
    region_code: str
    reports_to: str
    contact: str
    scope: str
    units_note: str = ""
    editions: tuple[str, ...]
    units_by_size: StrictBool = False
    head: OwnHead = OwnHead()
    deadline: Deadline
    receipt: Receipt = Receipt()
    codes: dict[str, str] = Field(default_factory=dict)
    thresholds: Thresholds = Thresholds()
    fonts: Fonts = Fonts()
    open: Open = Open()

    @property
    def whole(self) -> str:
        """Its area as a whole, as tables speak of it: 全市, 全县."""
        return f"全{self.area[-1]}" if self.area[-1] in LEVELS else "全部单位"

    @property
    def ours(self) -> str:
        """Its area, as its report speaks of it: 我市, 我县."""
        return f"我{self.area[-1]}" if self.area[-1] in LEVELS else self.area


class Office(NamedTuple):
    """An office with everything its folder holds; its forms lie in ``editions``, its own ones in a folder of its own.

    ``spans`` are the months for which it has a form, first and last of each with the months of a return (any, as long
    as its forms are not known), and ``latest`` is the month as of which it names its units.
    """

    folder: Path
    settings: Settings
    units: tuple[Unit, ...]
    codes: Mapping[str, tuple[Code, ...]]
    days: tuple[Day, ...]
    duties: Mapping[str, frozenset[str]]
    editions: Path
    spans: tuple[Span, ...] = (("", EVER, 0),)
    latest: str = EVER

    def looked_at(self, spans: Iterable[Span], latest: str) -> "Office":
        """The office with the months of its forms, its units named as of the month ``latest``."""
        return self._replace(spans=tuple(spans), latest=latest)

    def units_in(self, month: str) -> tuple[UnitRow, ...]:
        """The units that owe a return for that period, as they were called then; none where there is no form for it."""
        end, length = last_month(month), length_of(month)
        if not any(first <= end <= last and own in {0, length} for first, last, own in self.spans):
            return ()
        return tuple(unit.at(month) for unit in self.units if unit.valid(month))

    def owing(self, months: Iterable[str]) -> tuple[UnitRow, ...]:
        """The units that owe a return for one of these months, as each was called in the last it owes."""
        last = {row.code: row for month in sorted(months) for row in self.units_in(month)}
        return tuple(last[unit.code] for unit in self.units if unit.code in last)

    def living(self, month: str) -> frozenset[str]:
        """The codes of the units that exist in that month."""
        return frozenset(unit.code for unit in self.units if unit.valid(month))

    def short(self, code: str, month: str = "") -> str:
        """The short name of a unit in that month, by default the latest; the code where it is not in the list."""
        return next((unit.at(month or self.latest).short for unit in self.units if unit.code == code), code)

    def carriers(self, code: str, month: str, then: str) -> tuple[str, ...]:
        """Who held in the month ``then`` what a unit holds in a later month: itself, and those it took over."""
        return tuple(own for own in self.history.line_of(code, month) if own in self.living(then))

    def heirs(self, code: str, month: str) -> tuple[str, ...]:
        """The units that carry on a unit's stocks in that month: itself, or who took them over."""
        row = next((unit.at(month) for unit in self.units if unit.code == code), None)
        if not row or not row.successor or row.valid_to >= last_month(month):
            return (code,)
        return tuple(dict.fromkeys(heir for one in row.successor for heir in self.heirs(one, month)))

    @property
    def history(self) -> History:
        """Who took over whom, and when."""
        return History(successions(self.units))

    @property
    def shelves(self) -> tuple[Path, ...]:
        """Where its forms are looked for: an office with forms of its own has the shipped ones beside them."""
        return (self.editions, EDITIONS) if self.editions == self.folder / OWN_EDITIONS else (self.editions,)

    @property
    def known_editions(self) -> list[str]:
        """The ids of the forms that it can use."""
        return sorted({path.stem for folder in self.shelves for path in folder.glob("*.toml")})

    def files(self) -> tuple[Path, ...]:
        """Every file that the office's settings were read from, for the run's fingerprint."""
        lists = (self.folder / name for name in sorted(self.settings.codes.values()))
        own = (self.folder / OFFICE, *(name.path(self.folder) for name in (UNITS, HOLIDAYS, DUTIES)))
        return tuple(dict.fromkeys(path for path in (*own, *lists) if path.exists()))

    def file_of(self, name: ListName) -> str:
        """What the file of a list is called, or would be: a workbook where the units are in one."""
        return name.path(self.folder, workbooks=UNITS.path(self.folder).suffix == XLSX).name


def read_office(folder: Path = OFFICES / "jyg", editions: Path | None = None) -> Office:
    """The office in ``folder``, which uses the editions in ``editions``: by default its own, and the shipped ones.

    Raises Mistake with file and line where something in it is wrong.
    """
    document = read_document(folder / OFFICE)
    settings = validated(document, Settings)
    for location, what in _wrong(settings):
        raise document.mistake(location, f"{what}。")
    units = read_units(UNITS.path(folder))
    known = {name for unit in units for row in unit.rows for name in row.names} | {EVERY_UNIT}
    for name in settings.open.units:
        if name not in known:
            raise document.mistake(("open", "units"), f"没有单位“{name}”，{nearest(name, known)}。")
    own, days, duties = folder / OWN_EDITIONS, HOLIDAYS.path(folder), DUTIES.path(folder)
    codes = code_lists(document, settings.codes, units)
    return Office(
        folder=folder,
        settings=settings,
        units=units,
        codes={OF_UNITS: tuple(row for unit in units for row in unit.rows), **codes},
        days=days_in(days) if days.exists() else (),
        duties=duties_in(duties, units) if duties.exists() else {},
        editions=editions or (own if own.is_dir() else EDITIONS),
    )


def _each_once(editions: Sequence[str]) -> Iterator[tuple[Location, str]]:
    """An office names some editions, and none of them twice."""
    if not editions:
        yield ("editions",), "editions 是空的，请写上要用的表式：文件名不带 .toml，加引号"
    for n, name in enumerate(editions):
        if name in editions[:n]:
            yield ("editions",), f"表式“{name}”在 editions 里写了两次，请删去一个"


def _wrong(settings: Settings) -> Iterator[tuple[Location, str]]:
    """What in office.toml cannot be so, or says nothing."""
    yield from _each_once(settings.editions)
    yield from oddities(settings)
    yield from ((("receipt", "sending"), what) for what in wrong_places(settings.receipt.sending, ("due",)))
    if OF_UNITS in settings.codes:
        yield ("codes", OF_UNITS), f"代码表不能叫“{OF_UNITS}”，那是单位名录（{UNITS.csv}、{UNITS.xlsx}），请换一个名称"
    for name in settings.head.of:
        if name not in settings.editions:
            yield ("head", "of", name), f"没有用表式“{name}”，{nearest(name, settings.editions)}"
