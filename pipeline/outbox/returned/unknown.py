"""A file whose form is not known goes back as a marked copy, or as the list of what is wrong alone."""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from pipeline.intake.book import Unreadable
from pipeline.intake.children import in_children
from pipeline.ledger.sent_back import SentBack
from pipeline.outbox.returned.in_front import with_sheet_in_front
from pipeline.outbox.returned.lines import Remark
from pipeline.outbox.returned.remarks import write_remarks
from pipeline.outbox.returned.transplant import Refused
from pipeline.paper.names import REMARKS
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import Finding

COPY = "后面是您报来的原表，没有改动。请于收到后尽快按“怎么改”改正重报，“退回说明”不用删。"
ALONE = "请于收到后尽快按“怎么改”改正，把原来的文件重报；这张“退回说明”不用报送。"
LONGEST = 60  # characters of the file's name


def write_unknown(path: Path, outcome: Outcome, back: SentBack, findings: Sequence[Finding]) -> None:
    """Write what goes back of a file of unknown form; same input, same bytes."""
    sheet = _listed(outcome, back, findings, COPY, linked=True)
    (done,) = in_children(_in_front, [(back.content, sheet)], 1, lambda _: b"")
    path.write_bytes(done.result or _listed(outcome, back, findings, ALONE, linked=False))


def _in_front(copy: tuple[Callable[[], bytes], bytes]) -> bytes:
    """The sender's file with our sheet in front; nothing where that cannot be done."""
    content, sheet = copy
    try:
        return with_sheet_in_front(content(), REMARKS, sheet)
    except (Refused, Unreadable):
        return b""


def _listed(outcome: Outcome, back: SentBack, findings: Sequence[Finding], how: str, *, linked: bool) -> bytes:
    """A workbook that holds the list alone; ``linked``, its places lead to the cells of the file beside it."""
    made = BytesIO()
    with Workbook(made) as workbook:
        sheet = workbook.add_worksheet(REMARKS)
        remarks = [_remark(finding, linked=linked) for finding in findings]
        title = f"退回修改：{back.file.rpartition('/')[2][:LONGEST]}"
        write_remarks(sheet, workbook, Styles(workbook), title, how, remarks)
        office = outcome.office.settings.name
        created = datetime(outcome.year, 1, 1)  # noqa: DTZ001  # a workbook's times have no zone
        workbook.set_properties({"title": title, "author": office, "company": office, "created": created})
    return made.getvalue()


def _remark(finding: Finding, *, linked: bool) -> Remark:
    if not finding.cell:
        return Remark(finding, "整个文件")
    quoted = finding.sheet.replace("'", "''")
    link = f"'{quoted}'!{finding.cell}" if linked else ""
    return Remark(finding, f"{finding.sheet}!{finding.cell}", link, written=finding.value or "（空）")
