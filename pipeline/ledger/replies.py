"""What became of every reply on a 核实单: adopted, waits for the office, the unit sends again, or dropped and why."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.values.findings import EXCLUDED, EXPLAINED, MENDED, OPEN, WAIVED, Finding, Place, tell
from pipeline.values.findings import UNCONFIRMED as WAITING
from pipeline.values.replies import ADOPTED, DROPPED, REPLACED, TO_COME, UNCONFIRMED, WRONG, Heard, Replies, Reply
from schemas.office import Office

GONE = "这个问题现在没有了（数字改过、已另作说明，或不是本办公室发的核实单）"
SETTLED = {EXPLAINED: ADOPTED, WAIVED: ADOPTED, WAITING: UNCONFIRMED}  # by the state of what was replied to
OTHERWISE = "报表里已经写了说明，或办公室已经定了"
DONE = "问的那一版已经改好重报，或不算了"


def heard(replies: Replies, findings: Iterable[Finding], months: Iterable[str]) -> list[Heard]:
    """The replies about the months reported, in the order of arrival."""
    found: dict[str, Finding] = {}
    for finding in findings:
        if finding.id not in found or finding.state not in {MENDED, EXCLUDED}:
            found[finding.id] = finding
    own = set(months)
    return [
        _heard(one, replies, found.get(one.finding))
        for one in replies.every
        if one.odd or not one.period or one.period in own
    ]


def _heard(reply: Reply, replies: Replies, finding: Finding | None) -> Heard:
    state, why = _state(reply, replies, finding)
    return Heard(
        reply.unit, reply.period, reply.finding, reply.question, reply.value, reply.answer, reply.reason, state, why,
        reply.file, reply.sheet, reply.cell, reply.sha256,
    )  # fmt: skip


def _state(reply: Reply, replies: Replies, finding: Finding | None) -> tuple[str, str]:
    """What became of a reply, and why where it settled nothing."""
    if not reply.odd and replies.last[reply.finding, reply.unit] is not reply:
        return REPLACED, ""
    if finding and finding.reply == reply.words and finding.state in SETTLED:
        return SETTLED[finding.state], ""
    why = reply.odd or _passed_by(finding) or replies.why_not(reply, finding.message if finding else "")
    if why:
        return DROPPED, why
    return TO_COME if reply.answer == WRONG else UNCONFIRMED, ""


def _passed_by(finding: Finding | None) -> str:
    """Why there is nothing left to answer; "" where the question is open."""
    if finding is None:
        return GONE
    if finding.state in {MENDED, EXCLUDED}:
        return DONE
    return "" if finding.state == OPEN["verify"] else OTHERWISE


def dropped(every: Sequence[Heard], replies: Replies, office: Office) -> Iterator[Finding]:
    """A note for each reply that settled nothing, at its cell."""
    rows = {(one.sha256, one.sheet, one.cell): one.row for one in replies.every}
    for one in every:
        if one.state == DROPPED:
            place = Place(one.unit, one.period, one.file, one.sheet, one.cell, content=one.sha256)
            said = "，".join(part for part in (one.answer, one.reason) if part)
            unit = office.short(one.unit, one.period) if one.unit else "单位"
            facts = {"unit": unit, "row": rows[one.sha256, one.sheet, one.cell], "said": said, "why": one.explanation}
            yield tell("N-INQ-02", place, value=said, **facts)
