"""What a run found: everything that the outbox is written from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from string import ascii_uppercase
from typing import TYPE_CHECKING

from pipeline.judge.block import Block
from pipeline.ledger.book import MISSING
from pipeline.ledger.coverage import Coverage
from pipeline.ledger.sent_back import SentBack
from pipeline.tables.answers import Answers
from pipeline.tables.became import became
from pipeline.tables.gone import Gone, gone
from pipeline.tables.rule_record import RuleMonth
from pipeline.values.answer import Answer
from pipeline.values.assessed import Assessed
from pipeline.values.differences import DIFFER, Difference
from pipeline.values.findings import Finding
from pipeline.values.growth import GrowthTables
from pipeline.values.leaks import Leaks
from pipeline.values.periods import Month, due_day, span_of, years_without_holidays
from pipeline.values.replies import Heard
from pipeline.values.revisions import Revisions
from pipeline.values.rulings import RULINGS, Rulings
from pipeline.values.table import Table
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.office import HOLIDAYS, Office
from schemas.period import WORDS, period_of, spoken
from schemas.quantity import Quantity

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas import frames, received


NOT_COMPARED = "P-USU-01"  # under which is counted what could not be held against what is usual
LAPSED = {"W-RUL-03", "W-RUL-04", "N-RUL-01"}  # what is told of a ruling that nothing is left of


@dataclass(frozen=True)
class Issue:
    """That an outcome is forwarded: as the how manyth version of its last month, and with which reservations."""

    number: int
    reservations: str


@dataclass(frozen=True)
class Outcome:
    """The result of a run over one year.

    ``walk`` brings the year's forms onto that of its tables; facts are in the lines of their own editions.
    ``items`` are the registers, by table; ``outside`` counts the returns of other months, which are not in it;
    ``amended`` is what newer versions of returns say differently;
    ``answers`` are what its sums come to, which ``tables`` and ``headline`` are made of;
    ``growth`` is its figures beside the year and the month before;
    ``questions`` are about numbers that look odd, the weightiest first, and keep nothing from being forwarded;
    ``sent_back`` are the returns that wait to be mended; ``rulings`` are the office's, as
    read; ``inputs`` the SHA-256 of all the run is made from; ``revisions`` what differs from what was last forwarded,
    ``closed`` the same of the year before, where that is closed;
    ``replies`` are what units answered on a 核实单, with what became of it;
    ``in_force`` are the returns that count, of this year and the year before, as they were sent;
    ``issue`` that this is being forwarded; ``leaks`` are the texts that give something away, which is covered
    wherever it is written unless the office let it pass.
    """

    office: Office
    walk: Crosswalk
    months: tuple[Month, ...]
    as_of: date
    fingerprint: str
    versions: Mapping[str, str]
    returns: "DataFrame[frames.Returns]"
    sizes: Mapping[str, int]
    outside: int
    receipts: "DataFrame[received.Receipts]"
    amended: "DataFrame[received.Changes]"
    facts: "DataFrame[frames.Facts]"
    items: Mapping[str, "pd.DataFrame"]
    findings: tuple[Finding, ...]
    rulings: Rulings
    differences: tuple[Difference, ...]
    questions: tuple[Finding, ...]
    not_judged: Mapping[str, int]
    rules: tuple[RuleMonth, ...]
    assessed: tuple[Assessed, ...]
    tables: tuple[Table, ...]
    answers: Answers
    headline: tuple[tuple[str, Answer, Quantity], ...]
    growth: GrowthTables
    coverage: Coverage
    sent_back: tuple[SentBack, ...]
    inputs: Mapping[str, str]
    revisions: Revisions = field(default_factory=Revisions)
    closed: Revisions = field(default_factory=Revisions)
    issue: Issue | None = None
    replies: tuple[Heard, ...] = ()
    in_force: tuple[Block, ...] = ()
    leaks: Leaks = field(default_factory=Leaks)

    @cached_property
    def gone(self) -> tuple[Gone, ...]:
        """What the facts hold that the form of the tables has not, with its sums."""
        return tuple(gone(self.facts, self.walk, self.months))

    @cached_property
    def became(self) -> str:
        """What became of units in these months, in one sentence; "" where nothing did."""
        told = became(self.office, self.months)
        return f"单位变动：{'；'.join(told)}。" if told else ""

    @property
    def form(self) -> Form:
        """The form of the tables: the last of the year, as its others are brought onto it."""
        return self.walk.form

    def form_of(self, edition: str) -> Form:
        """The form of a return by its edition, as it was filled in."""
        return self.walk.named(edition) or self.walk.forms[-1]

    @property
    def year(self) -> int:
        """The year that is reported."""
        return self.months[-1].year

    @property
    def folder(self) -> str:
        """The folder of the outbox that it lies in: the year; of a series beside the office's first, with its name."""
        length = self.months[-1].length
        return f"{self.year}{'' if length == self.office.spans[0][2] else WORDS[length]}"

    @property
    def spoken(self) -> dict[str, str]:
        """What its returns and their periods are called."""
        return spoken(self.months[-1].length)

    @property
    def span(self) -> str:
        """The months that are reported, in words."""
        return span_of(self.months)

    @cached_property
    def open_findings(self) -> tuple[Finding, ...]:
        """What keeps the workbook from being forwarded, the most pressing first."""
        waiting = [f for f in self.findings if f.pending]
        return tuple(sorted(waiting, key=lambda f: (f.level, f.period, f.unit)))

    @cached_property
    def lapsed(self) -> dict[int, str]:
        """By its row why a ruling of the office is no longer obeyed: its time is over, or its number is another."""
        told = (f for f in self.findings if f.rule in LAPSED and f.file == RULINGS)
        return {int(f.cell.lstrip(ascii_uppercase)): f.message.removesuffix("。") for f in told}

    @property
    def withheld(self) -> tuple[Finding, ...]:
        """What would leave with what is forwarded and must not, as long as the office has not ruled on it."""
        return tuple(finding for finding in self.open_findings if finding.withholds)

    @cached_property
    def open_questions(self) -> tuple[Finding, ...]:
        """The questions that nobody has answered, the weightiest first."""
        return tuple(question for question in self.questions if question.pending)

    @property
    def not_compared(self) -> str:
        """How many numbers nothing usual is known for, which is no answer to whether they are odd; "" where none."""
        count = self.not_judged.get(NOT_COMPARED, 0)
        return f"有{count:,}个数没有足够的其他{self.spoken['periods']}可比，没有判断是不是与往常不同。" if count else ""

    @property
    def first_questions(self) -> tuple[Finding, ...]:
        """Those of them to look at, as many as the office's settings say."""
        return self.open_questions[: self.office.settings.thresholds.plausibility_first]

    @property
    def open_differences(self) -> tuple[Difference, ...]:
        """The city's figures that do not meet and that nobody has explained."""
        return tuple(d for d in self.differences if d.scope == "city" and d.verdict == DIFFER)

    @property
    def ready(self) -> bool:
        """Whether the workbook can be forwarded."""
        return not self.open_findings and not self.open_differences and not self.awaited

    @cached_property
    def awaited(self) -> int:
        """How many returns have not come whose due day is not over: nobody is asked for them, and they are lacking."""
        early = [str(month) for month in self.months if self.as_of <= due_day(month, self.office)]
        return int(((self.returns["state"] == MISSING) & self.returns["period"].isin(early)).sum())

    @property
    def stage(self) -> str:
        """How far it is on its way to the level above."""
        if self.issue:
            return f"上报稿，第{self.issue.number}版"
        return "送审稿" if self.ready else "草稿"

    @property
    def imprint(self) -> str:
        """What stands at the foot of every printed page: of which months, and whether it is a draft."""
        return f"{self.span}汇总 · {self.stage}"

    @property
    def verdict(self) -> str:
        """The state of the year in one sentence."""
        if self.ready:
            return "可以上报：应报的都已入汇，没有待办的问题。"
        must = sum(f.level == "must" for f in self.open_findings)
        asked = len(self.open_findings) - must
        reasons = [f"{must}处必须处理"] if must else []
        reasons += [f"{asked}处待核实"] if asked else []
        reasons += [f"对账有{len(self.open_differences)}项不一致"] if self.open_differences else []
        reasons += [f"还有{self.awaited}份没有收到（报送期限未到）"] if self.awaited else []
        held = len(self.withheld)
        reasons += [f"其中{held}处是个人信息或密级标志，没有定下来以前，有理由也不能上报"] if held else []
        return f"暂不能上报：{'，'.join(reasons)}。"

    @property
    def calendar(self) -> str:
        """That due days are counted without the holidays of a year, where they are; else ""."""
        years = "、".join(f"{year}年" for year in years_without_holidays(self.months, self.office))
        if not years:
            return ""
        told = f"程序不知道{years}的节假日安排，报送期限只避开了周末。安排公布后请写进"
        return f"{told} {self.office.file_of(HOLIDAYS)}，再运行一次。"

    def first_things(self) -> list[str]:
        """What to do first: one sentence each, as many as the office's settings say."""
        limit = self.office.settings.thresholds.findings_first
        return [self.todo(finding) for finding in self.open_findings[:limit]]

    def todo(self, finding: Finding) -> str:
        """A finding as one line: whose, where, what, what to do."""
        month = one.words if (one := period_of(finding.period)) else ""
        whose = (
            f"{self.office.short(finding.unit, finding.period)}{month}"
            if finding.unit
            else finding.file.rpartition("/")[2]
        )
        where = f"（{finding.sheet}!{finding.cell}）" if finding.cell else ""
        return f"{whose}{where}：{finding.message}{finding.remedy}"
