"""What the office decided: each ruling a row of 处理意见.xlsx with reason, name and date, obeyed while it holds."""

from collections.abc import Container, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import ClassVar, TypeVar

from schemas.day import in_words
from schemas.quantity import Quantity
from schemas.rules.terms import Ref

ELECTRONIC, PAPER, TYPED = "电子件", "纸质件", "纸质代录"
BY_MAIL = "邮件日期"  # as the day of receipt: of each return that of its mail
RULINGS = "处理意见.xlsx"
NO_FINDING = "对应的问题已经没有了（数字改过，或已另作说明）"
NO_FILE = "收件夹里没有这个文件"
NOT_A_TEXT = "这个问题不是遮盖文字能解决的"
NOT_WRONG = "这份报表没有必须改的问题，或已被后来的一版代替"
HEADINGS = (
    "编号", "单位", "报告期", "文件", "校验码", "位置", "问题", "填的值",
    "意见", "内容", "数值", "理由", "经办人", "日期", "有效期至",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """What rulings are held against: the ids of what was found, the files of the inbox (short hashes), the months.

    ``borne`` are those of its files that only a ruling lets count.
    """

    found: AbstractSet[str]
    files: AbstractSet[str]
    months: AbstractSet[str]
    borne: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision of the office; each kind knows what it is about and when nothing is left of that.

    ``finding``, ``unit``, ``period``, ``digest`` (the short hash of a file), ``item`` and ``expected`` (the value for
    which it was made) are as its row names them, "" where it does not; ``about`` says in words what it is about.
    """

    id: str
    finding: str
    unit: str
    period: str
    digest: str
    item: str
    expected: str
    reason: str
    by: str
    day: date
    until: date | None
    about: str
    sheet: str
    row: int
    cell: str
    kind: ClassVar[str]
    meaning: ClassVar[str]  # what it does, for whoever writes one

    @property
    def words(self) -> str:
        """The reason, who ruled, and when, as it is printed beside what it excuses."""
        return f"{self.reason}（{self.by}，{in_words(self.day)}）"

    def idle(self, on: Held) -> str:
        """Why it no longer bites; "" while it does."""
        return "" if not self.digest or self.digest in on.files else NO_FILE


@dataclass(frozen=True, slots=True)
class Waive(Ruling):
    """What was found at a value is as it should be, as long as the value stays."""

    kind = "核实通过"
    meaning = "问题属实，不用改。原有的“编号”不要动；单位改了数字，这条意见自动失效。"

    def idle(self, on: Held) -> str:
        """Where nothing is found there any more."""
        return "" if self.finding in on.found or (self.period and self.period not in on.months) else NO_FINDING


@dataclass(frozen=True, slots=True)
class Cover(Ruling):
    """What was found in a text that would travel is covered in every file that does."""

    kind = "遮盖"
    meaning = (
        "个人信息、密级标志等，不该随上报的文件送出的：各个文件里都遮盖起来，收件夹里的原件和退回单位的文件不动。"
        "原有的“编号”不要动；可以公开的，写“核实通过”和理由。这一种可以不写理由。"
    )

    def idle(self, on: Held) -> str:
        """Where it is about nothing that was found in a text; what was found there is matched when it is known."""
        if self.period and self.period not in on.months:
            return ""
        return NOT_A_TEXT if self.finding in on.found else NO_FINDING


@dataclass(frozen=True, slots=True)
class Bear(Ruling):
    """A file counts for the time, though something in it must be mended."""

    kind = "暂列"
    meaning = "报表有必须改的问题，但先按能读出的数字暂时计入，标明“暂列”，等单位重报。认“编号”里文件的校验码。"

    def idle(self, on: Held) -> str:
        """Where the file has gone, nothing is wrong with it, or a later version stands in its place."""
        # ``super()`` needs the class by name: with slots a dataclass is made twice
        gone, outside = Ruling.idle(self, on), bool(self.period) and self.period not in on.months
        return gone or ("" if outside or self.digest in on.borne else NOT_WRONG)


@dataclass(frozen=True, slots=True)
class SendBack(Ruling):
    """A file does not count, for a reason of the office's own."""

    kind = "退回"
    meaning = "退回单位重报，理由会写进退回的文件。认“编号”里文件的校验码。"


@dataclass(frozen=True, slots=True)
class Exclude(Ruling):
    """A file is no return at all."""

    kind = "作废"
    meaning = "这个文件不算（重复、发错、不是报表）。认“编号”里文件的校验码。"


@dataclass(frozen=True, slots=True)
class Adjust(Ruling):
    """Something is added to a line of the consolidation: ``amount``, in steps of ``quantity``."""

    amount: int
    quantity: Quantity
    kind = "调整"
    meaning = (
        "在汇总里加减，不改报表：联合发文、重复填报、垂直管理单位等。写明单位、报告期，“内容”写数据字典里的编号，"
        "“数值”写加减的数（减少写负数）；“填的值”写单位现在填的数，数字变了就不再执行。合计行也要一并调整。"
    )

    @property
    def ref(self) -> Ref:
        """The line of the form."""
        table, _, line = self.item.partition(".")
        return Ref(table, line)

    @property
    def unit_of_measure(self) -> str:
        """The unit of the amount."""
        return self.quantity.unit


@dataclass(frozen=True, slots=True)
class Receive(Ruling):
    """The day on which a copy came: of a file, of all files of a month (and unit), or on paper.

    ``received`` is None where each file came on the day of its mail.
    """

    received: date | None
    kind = "收件"
    meaning = (
        f"“内容”写{ELECTRONIC}、{PAPER}或{TYPED}，“数值”写收到日期。{ELECTRONIC}认文件的校验码；{PAPER}写明单位、报告期，"
        f"“填的值”写纸上打印的核对码。只报了纸质件的：办公室照纸上的数填好空白模板、放进收件夹，写{TYPED}，写明单位、报告期，"
        "“填的值”写填好的模板封面上的核对码；报送情况里印明是办公室代录的。"
        f"一个报告期的{ELECTRONIC}一起定：不写校验码，只写报告期（要限于一个单位的，也写单位），“数值”写收到日期或“{BY_MAIL}”；"
        "管的是到“日期”那天为止登记、登记得比这晚的各份。"
    )

    @property
    def on_paper(self) -> bool:
        """Whether it is the copy on paper."""
        return self.item in {PAPER, TYPED}

    @property
    def typed(self) -> bool:
        """Whether the office typed what is on paper into a return itself."""
        return self.item == TYPED

    def day_of(self, booked: str, sent: str) -> str:
        """When a file of the month came that was booked later, and sent on a day ("": not known); "" of any other."""
        day = self.received.isoformat() if self.received else sent
        return day if day and day < booked <= self.day.isoformat() else ""

    def idle(self, on: Held) -> str:
        """Where the file has gone; paper stays."""
        return "" if self.on_paper else Ruling.idle(self, on)


KINDS: tuple[type[Ruling], ...] = (Waive, Cover, Bear, SendBack, Exclude, Adjust, Receive)
Kind = TypeVar("Kind", bound=Ruling)


@dataclass(frozen=True)
class Rulings:
    """The rulings in force; every row of the workbook as written, to be carried into the next one; the file's hash.

    ``rows`` are the numbers of the rows ``written``, ``expired`` the rulings whose time is over.
    """

    every: tuple[Ruling, ...] = ()
    written: tuple[Mapping[str, str], ...] = ()
    sha256: str = ""
    rows: tuple[int, ...] = ()
    expired: tuple[Ruling, ...] = ()

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The rulings of a kind, in the order of the workbook."""
        return tuple(ruling for ruling in self.every if isinstance(ruling, kind))

    def on_files(self, kind: type[Kind]) -> dict[str, Kind]:
        """The rulings of a kind about whole files, by the short hash of the file."""
        return {ruling.digest: ruling for ruling in self.of(kind) if ruling.digest}

    @cached_property
    def waivers(self) -> dict[str, Waive]:
        """What closes a finding, by the finding's id."""
        return {ruling.finding: ruling for ruling in self.of(Waive)}

    @property
    def arrivals(self) -> dict[str, Receive]:
        """The corrected receipts of electronic copies, by the short hash of the file."""
        return {digest: ruling for digest, ruling in self.on_files(Receive).items() if not ruling.on_paper}

    def of_month(self, unit: str, period: str) -> Receive | None:
        """When the files of a whole month came: by what was said of the unit, or else of all units."""
        own = {(r.period, r.unit): r for r in self.of(Receive) if not r.on_paper and not r.digest}
        return own.get((period, unit)) or own.get((period, ""))

    def within(self, months: Container[str]) -> "Rulings":
        """The rulings without adjustments of other months."""
        return replace(self, every=tuple(r for r in self.every if not isinstance(r, Adjust) or r.period in months))


NONE = Rulings()
