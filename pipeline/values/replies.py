"""核实单: what units are asked beside their returns, and what they replied, each reply bound to its question as put.

A reply is a unit's own word: it counts as its 说明 in the return would. It falls where the question is another by now.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from pipeline.values.findings import OPEN, Finding
from pipeline.values.reasons import is_reason, no_reason

INQUIRY = "核实单"
HEADINGS = ("序号", "报告期", "位置", "填的值", "请核实", "答复", "说明", "编号")
WHEN, WHERE, WRITTEN, ASKED, ANSWER, REASON, CODE = HEADINGS[1:]
TRUE, WRONG = "属实", "写错了，重报"
ANSWERS = (TRUE, WRONG)
ADOPTED, UNCONFIRMED, TO_COME, DROPPED, REPLACED = "采用", "待确认", "单位将重报", "没有采用", "已有后来的答复"
STATES = (ADOPTED, UNCONFIRMED, TO_COME, DROPPED, REPLACED)
_NUMBERS = re.compile(r"(?:(?<![0-9A-Za-z])[-−+])?\d[\d,.]*")  # with its sign; in 2012-09 the line is none


@dataclass(frozen=True, slots=True)
class Reply:
    """One row of a 核实单 that came back: the question as it was printed, and what the unit wrote beside it.

    ``unit`` is who was asked, ``finding`` what about; ``odd`` why the row cannot be taken as it stands. ``order`` is
    where its file stands in the order of arrival, ``batch`` what one run saw first together.
    """

    unit: str
    period: str
    finding: str
    question: str
    value: str
    answer: str
    reason: str
    file: str
    sheet: str
    cell: str
    row: int
    sha256: str
    odd: str = ""
    order: int = -1
    batch: int = -1

    @property
    def words(self) -> str:
        """The unit's word with where it stands, as it is printed beside what it explains."""
        return f"{self.reason}（{INQUIRY}“{self.file}”{self.sheet}!{self.cell}）"

    @property
    def said(self) -> str:
        """What was chosen and what was written beside it."""
        return "，".join(part for part in (self.answer, self.reason) if part)

    def why_not(self, question: str) -> str:
        """Why it settles nothing of the question as it is put now; "" where it does."""
        if self.odd:
            return self.odd
        if not same_question(question, self.question):
            return "问题里的数字已经变了，原来的答复不再算数"
        if self.answer not in ANSWERS:
            return f"“{ANSWER}”没有选" if not self.answer else f"“{ANSWER}”写的是“{self.answer}”，不是列表里的"
        if self.answer == TRUE and not is_reason(self.reason):
            return no_reason(self.reason, REASON).strip("（）").rstrip("。") or f"“{REASON}”没有写原因"
        return ""


@dataclass(frozen=True)
class Replies:
    """Every reply of the inbox, in the order of arrival."""

    every: tuple[Reply, ...] = ()

    @cached_property
    def last(self) -> Mapping[tuple[str, str], Reply]:
        """The last reply of a unit to each question."""
        return {(one.finding, one.unit): one for one in self.every}

    @cached_property
    def disputed(self) -> frozenset[tuple[str, str]]:
        """Questions to which a unit replied in two ways at once: nobody knows which came last."""
        told: dict[tuple[str, str, int], set[tuple[str, str]]] = {}
        for one in self.every:
            told.setdefault((one.finding, one.unit, one.batch), set()).add((one.answer, one.reason))
        return frozenset((f, u) for (f, u, n), ways in told.items() if len(ways) > 1 and self.last[f, u].batch == n)

    def why_not(self, reply: Reply, question: str) -> str:
        """Why a reply settles nothing; "" where it does."""
        both = "同一次收到的两份答得不一样，不知道以哪份为准"
        return both if (reply.finding, reply.unit) in self.disputed else reply.why_not(question)

    def heard(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings with what the units replied; those without a reply, or heard before, as they are."""
        return [self._heard(finding) for finding in findings]

    def _heard(self, finding: Finding) -> Finding:
        if finding.state != OPEN["verify"] or finding.reply:
            return finding
        own = self.last.get((finding.id, finding.unit))
        others = [self.last[finding.id, unit] for unit in finding.asked if (finding.id, unit) in self.last]
        for other in others:
            if not self.why_not(other, finding.message):
                finding = finding.beside(other.said)
        if own is None:
            return finding
        why = self.why_not(own, finding.message)
        if why or own.answer == WRONG:
            return finding.told_by(f"单位在{INQUIRY}里答“{own.said}”。", why)
        return finding.replied(own.words)


NO_REPLIES = Replies()


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply with what became of it, as data/replies.csv has it; ``explanation`` is why it settled nothing."""

    unit: str
    period: str
    finding: str
    question: str
    value: str
    answer: str
    reason: str
    state: str
    explanation: str
    file: str
    sheet: str
    cell: str
    sha256: str


def same_question(now: str, then: str) -> bool:
    """Whether a question names the same numbers, however it is worded, whatever was added before or behind."""
    now, then = (f" {' '.join(_NUMBERS.findall(text))} " for text in (now, then))
    return now in then or then in now


def code_of(finding: str, unit: str, told: Iterable[str]) -> str:
    """What stands at the end of a row: which question to whom, and a seal of what is printed in the row."""
    return f"{finding} {unit} {_seal(finding, unit, told)}"


def parsed(code: str, told: Iterable[str]) -> tuple[str, str, bool]:
    """The question and the unit of a code, and whether the row is as it was printed; "" where it is no code."""
    parts = code.split()
    if len(parts) != 3 or not re.fullmatch(r"h[0-9a-f]{12}", parts[0]):
        return "", "", False
    finding, unit, seal = parts
    return finding, unit, seal == _seal(finding, unit, told)


def _seal(finding: str, unit: str, told: Iterable[str]) -> str:
    plain = ("".join(text.split()) for text in (finding, unit, *told))  # a spreadsheet may break lines otherwise
    return f"s{hashlib.sha256(chr(31).join(plain).encode()).hexdigest()[:7]}"
