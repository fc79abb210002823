"""The levels as they work: each office forwards what it has, and what it forwarded is dropped into the inbox above."""

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.desk.cascade.offices import below, units_of, write_office
from pipeline.desk.cascade.plan import Cascade, Place
from pipeline.desk.cascade.returns import Returns
from pipeline.desk.forwarding import Forwarded, forward
from pipeline.story.run import Request, examine
from pipeline.tables.outcome import Outcome
from pipeline.values.periods import Month
from pipeline.values.screen import Screen, Stages
from schemas.form import form_for
from schemas.forms import forms_of
from schemas.mistake import CannotRun
from schemas.office import Office

HOME = "办公室"


@dataclass
class Level:
    """One office: its folder, with inbox, outbox and settings in it."""

    folder: Path
    office: Office
    workers: int = 1

    @property
    def inbox(self) -> Path:
        """Where what is sent to it lies."""
        return self.folder / "inbox"

    @property
    def outbox(self) -> Path:
        """Where it writes."""
        return self.folder / "outbox"

    def request(self, through: Month, day: date) -> Request:
        """What it is asked on a day."""
        return Request(self.inbox, self.outbox, self.office, day, through=through, workers=self.workers, today=day)

    def forward(self, through: Month, day: date, reservations: str = "") -> Forwarded:
        """Forward what it has."""
        return forward(self.request(through, day), reservations, Screen(quiet=True))

    def look(self, through: Month, day: date) -> Outcome:
        """What it has."""
        self.outbox.mkdir(parents=True, exist_ok=True)
        return examine(self.request(through, day), Screen(quiet=True), receive=True)


@dataclass
class Levels:
    """All of them below one folder; ``count`` is how many units each county has."""

    folder: Path
    plan: Cascade
    count: int
    workers: int = 1
    counties: list[Level] = field(default_factory=list)
    returns: list[Returns] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Every office's folder. Raises CannotRun where there is something already."""
        if self.folder.exists() and any(self.folder.iterdir()):
            raise CannotRun(f"“{self.folder}”里已经有内容。请换一个文件夹，或先把它移开。")
        plan = self.plan
        for county in plan.county:
            level = self._level(
                county, write_office(self._home(county), plan, county, units_of(plan, county, self.count))
            )
            self.counties.append(level)
            form = form_for(forms_of(level.office), f"{plan.year}-12")
            if form is None:
                raise CannotRun(f"{plan.year}年没有可用的表式。")
            self.returns.append(Returns(plan, level.office, form, level.inbox))
        self.city = self._level(plan.city, write_office(self._home(plan.city), plan, plan.city, below(plan.county)))
        above = write_office(self._home(plan.province), plan, plan.province, below([plan.city]))
        self.province = self._level(plan.province, above)

    def send(self, first: Month, last: Month, *, wrong: bool) -> None:
        """The units of all counties send their returns of some months."""
        for own in self.returns:
            own.send(list(first.until(last)), self.plan.wrong if wrong else None)

    def correct(self) -> list[Path]:
        """The unit that was wrong sends its correction."""
        return [path for own in self.returns if (path := own.correct())]

    def travel(self, through: Month, day: date, screen: Stages) -> Outcome:
        """What all have goes up: counties, city; the province looks at it. ``day`` is that of the counties."""
        days = self.plan.days
        for county in self.counties:
            with screen.stage(f"{county.office.settings.area}上报"):
                self.pass_on(county, self.city, through, day)
        with screen.stage(f"{self.city.office.settings.area}上报"):
            self.pass_on(self.city, self.province, through, day.replace(day=day.day + days.city - days.county))
        with screen.stage(f"{self.province.office.settings.area}汇总"):
            return self.province.look(through, day.replace(day=day.day + days.province - days.county))

    def pass_on(self, level: Level, above: Level, through: Month, day: date, reservations: str = "") -> Forwarded:
        """Forward, and drop what is new into the inbox above. Raises CannotRun where it is not ready."""
        forwarded = level.forward(through, day, reservations)
        if forwarded.folder is None:
            raise CannotRun(f"{level.office.settings.area}没有上报：{forwarded.outcome.verdict}")
        if forwarded.new:
            shutil.copytree(forwarded.folder, above.inbox / level.office.settings.area / forwarded.folder.name)
        return forwarded

    def day(self, through: Month) -> date:
        """The day on which the counties forward a month."""
        after = through.plus(1)
        return date(after.year, after.month, self.plan.days.county)

    def _level(self, place: Place, office: Office) -> Level:
        return Level(self.folder / place.area, office, self.workers)

    def _home(self, place: Place) -> Path:
        return self.folder / place.area / HOME
