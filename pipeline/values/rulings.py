"""What the office decided: each ruling a row of 处理意见.xlsx with reason, name and date, obeyed while it holds."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from schemas.quantity import Quantity

WAIVE, PROVISIONAL, SEND_BACK, EXCLUDE, ADJUST, RECEIPT = "核实通过", "暂列", "退回", "作废", "调整", "收件"
KINDS = (WAIVE, PROVISIONAL, SEND_BACK, EXCLUDE, ADJUST, RECEIPT)
ELECTRONIC, PAPER = "电子件", "纸质件"
RULINGS = "处理意见.xlsx"
NO_AMOUNT = Quantity("")  # of a ruling that adds nothing to a line
HEADINGS = (
    "编号", "单位", "报告期", "文件", "校验码", "位置", "问题", "填的值",
    "意见", "内容", "数值", "理由", "经办人", "日期", "有效期至",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision. ``finding`` is the finding it closes, ``digest`` the short hash of the file it is about.

    ``item`` is what it speaks of (a line of the form, or which copy was received), ``amount`` what is added to that
    line (in steps of ``quantity``), ``received`` the day of receipt, ``expected`` the value for which it was made,
    where one was.
    """

    id: str
    kind: str
    finding: str
    unit: str
    period: str
    digest: str
    item: str
    amount: int | None
    received: date | None
    expected: str
    reason: str
    by: str
    day: date
    until: date | None
    about: str
    sheet: str
    row: int
    quantity: Quantity = NO_AMOUNT

    @property
    def unit_of_measure(self) -> str:
        """The unit of the amount."""
        return self.quantity.unit

    @property
    def words(self) -> str:
        """The reason, who ruled, and when, as it is printed beside what it excuses."""
        return f"{self.reason}（{self.by}，{self.day.isoformat()}）"


@dataclass(frozen=True)
class Rulings:
    """The rulings in force; every row of the workbook as written, to be carried into the next one; the file's hash."""

    every: tuple[Ruling, ...] = ()
    written: tuple[Mapping[str, str], ...] = ()
    sha256: str = ""

    @cached_property
    def waivers(self) -> dict[str, Ruling]:
        """What closes a finding, by the finding's id."""
        return {r.finding: r for r in self.every if r.kind == WAIVE}

    def on_files(self, kind: str) -> dict[str, Ruling]:
        """The rulings of a kind about whole files, by the short hash of the file."""
        return {r.digest: r for r in self.every if r.kind == kind and r.digest}

    @property
    def arrivals(self) -> dict[str, date]:
        """The corrected days of receipt of electronic copies, by the short hash of the file."""
        receipts = self.on_files(RECEIPT).items()
        return {digest: r.received for digest, r in receipts if r.item == ELECTRONIC and r.received}

    def within(self, months: Container[str]) -> "Rulings":
        """The rulings without adjustments of other months."""
        return replace(self, every=tuple(r for r in self.every if r.kind != ADJUST or r.period in months))

    @property
    def adjustments(self) -> tuple[Ruling, ...]:
        """What is added to or taken off the consolidation, in the order of the workbook."""
        return tuple(r for r in self.every if r.kind == ADJUST)


NONE = Rulings()
