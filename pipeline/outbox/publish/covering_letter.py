"""报送函: the letter that goes with what is forwarded: what it is, who is in it, the first figures, what is open."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from pipeline.outbox.publish import standing
from pipeline.outbox.publish.docx_template import fill_in, properties
from pipeline.outbox.publish.prose import Prose
from pipeline.outbox.publish.revisions import said
from pipeline.tables.outcome import Outcome
from schemas.day import in_words
from schemas.draft import LETTER, template_of

NAME = "报送函"


def covering_letter(issued: Outcome, enclosed: Sequence[str]) -> dict[str, bytes]:
    """The letter by its place in what is forwarded, with the files ``enclosed``. Raises Mistake of the template."""
    settings, edition, prose = issued.office.settings, issued.form.edition, Prose(issued)
    day = in_words(issued.as_of)
    names = [PurePosixPath(name).name for name in enclosed]
    values = {
        "地区": settings.area, "期间": issued.span, "名称": edition.report.workbook, "主送": settings.reports_to,
        "版次": str(issued.issue.number if issued.issue else 0), "办公室": settings.name, "联系": settings.contact,
        "截至": day, "汇总范围": standing.coverage(prose), "未入汇": standing.left_out(prose),
        "主要数字": prose.headline(), "核对情况": _met(issued) + _corrected(issued),
        "附件": "\a".join(f"{n}.{name}" for n, name in enumerate(names, 1)),
    }  # fmt: skip
    about = properties(issued, f"{settings.area}{issued.span}{NAME}")
    return {f"{NAME}.docx": fill_in(template_of(issued.office, edition, LETTER), values, {}, about)}


def _met(issued: Outcome) -> str:
    """Whether all is settled; else what is open, and why it is forwarded all the same."""
    if issued.ready:
        return "各项数字核对一致，没有待办的问题。"
    waiting, apart = len(issued.open_findings), len(issued.open_differences)
    told = [f"{waiting}处问题待处理"] * bool(waiting) + [f"对账{apart}项不一致（见“对账”表）"] * bool(apart)
    told += [f"{issued.awaited}份报表报送期限未到、没有收到"] * bool(issued.awaited)
    reservations = issued.issue.reservations if issued.issue else ""
    return f"上报时尚有{'，'.join(told)}。保留意见：{reservations.rstrip('。')}。"


def _corrected(issued: Outcome) -> str:
    """What differs from what was forwarded before; nothing where nothing was, or nothing does."""
    return f"{said(issued)}逐项见更正说明和“修订记录”表。" if issued.revisions.any else ""
