"""A return that goes back as a clean template: the unit's values, the marks at its cells, the list in front."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.judge.known import known_of
from pipeline.ledger.sent_back import SentBack
from pipeline.outbox.returned.lines import Remark
from pipeline.outbox.returned.marks import mark_cells
from pipeline.outbox.returned.refill import Refill
from pipeline.outbox.returned.remarks import write_remarks
from pipeline.outbox.returned.spots import Spot, Spots
from pipeline.paper.names import REMARKS
from pipeline.paper.templates import Draft, Filling, Templates, prior_known, prior_of
from pipeline.paper.templates.template import set_properties
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.brought import brought
from pipeline.tables.outcome import Outcome
from pipeline.values.findings import EXPLAINED, MENDED, OPEN, Finding
from pipeline.values.reasons import explained
from schemas.crosswalk import Crosswalk
from schemas.period import period_of
from schemas.rules.terms import Ref

FRAMED = "请在有框的格里修改：改好一处，框自动消失，“状态”自动变为“已改”。"
RECOMPUTED = "合计和累计由公式重新算出，与原表不同的标“请核对”。"
RESTORED, UNREAD = "原表的格式和公式已经恢复。", "没能读出的格空着，请补填。"
THEN = "请于收到后尽快改正重报：全部改好、封面横条变绿后，把这份表再报来，“退回说明”不用删。"
LEFT_OUT = "E-NUM-06"  # a number written as text that no sum counts: it goes back as that text
EMPTY = "（空）"


def write_again(
    path: Path, outcome: Outcome, back: SentBack, findings: Sequence[Finding], templates: Templates
) -> None:
    """Write one return that goes back; same input, same bytes."""
    left_out = frozenset((f.sheet, f.cell) for one in findings for f in one.each() if f.rule == LEFT_OUT)
    refill = Refill(back, templates.layout.form, left_out)
    draft = _draft(outcome, back, templates, refill.filling)
    marks = templates.marks(draft)
    spots = Spots(draft, refill, marks.rows)
    listed = _in_order([(one, spots.of(one)) for finding in findings for one in finding.each()], draft)
    with Workbook(path, locked=False) as workbook:
        styles = Styles(workbook, locked=True)
        front = workbook.add_worksheet(REMARKS)
        remarks = [_remark(finding, spot) for finding, spot in listed]
        title = f"退回修改：{draft.unit.short} {draft.month.words}"
        how = _how(back, draft, [spot for _, spot in listed if spot])
        waiting = write_remarks(front, workbook, styles, title, how, remarks, ticks=True)
        templates.fill(workbook, styles, draft, marks, waiting)
        mark_cells(workbook, [(finding, spot) for finding, spot in listed if spot], outcome.office.settings.name)
        set_properties(workbook, draft, "退回修改")
        front.activate()


def _draft(outcome: Outcome, back: SentBack, templates: Templates, filling: Filling) -> Draft:
    month = period_of(back.period)
    if month is None:
        raise ValueError(f"{back.file}: a return of a known form has a month")
    unit = next(unit for unit in outcome.office.units_in(back.period) if unit.code == back.unit)
    walk = Crosswalk(outcome.form_of(back.edition), outcome.walk.forms)
    own = outcome.facts[outcome.facts["unit"] == back.unit]
    prior = prior_of(brought(own, walk), back.unit, month, outcome.office, walk)
    known = known_of(outcome.in_force, outcome.form_of(back.edition), {back.unit}, month, outcome.office)[back.unit]
    return Draft(templates.layout, outcome.office, unit, month, prior_known(prior, known), filling, known)


def _in_order(listed: Sequence[tuple[Finding, Spot | None]], draft: Draft) -> Sequence[tuple[Finding, Spot | None]]:
    """What must be mended first; of each level what is about the whole file, then sheet by sheet from the top."""
    layout = draft.layout
    sheets = [layout.form.edition.words.cover_sheet, *layout.sheets, *(table.sheet for table in layout.registers)]

    def place(item: tuple[Finding, Spot | None]) -> tuple[str, int, int, int]:
        finding, spot = item
        return (finding.level, sheets.index(spot.sheet), spot.row, spot.column) if spot else (finding.level, -1, 0, 0)

    return sorted(listed, key=place)


def _how(back: SentBack, draft: Draft, spots: Sequence[Spot]) -> str:
    """What to do with the file as a whole; only what it has is spoken of."""
    parts = [FRAMED] if not all(spot.recomputed for spot in spots) else []
    parts += [RECOMPUTED] if any(spot.recomputed for spot in spots) else []
    lost = [Ref(n.table, n.line, n.measure) for n in back.numbers if n.state == "unread" and not n.written]
    parts += [RESTORED] if lost else []
    parts += [UNREAD] if any(draft.value(ref) is None for ref in lost) else []
    return "".join([*parts, THEN])


def _remark(finding: Finding, spot: Spot | None) -> Remark:
    if spot is None:
        at = f"原表 {finding.sheet}!{finding.cell}" if finding.cell else "整份表"
        return Remark(finding, at)
    written = finding.value or EMPTY
    about = (finding, f"{spot.sheet}!{spot.cell}", f"'{spot.sheet}'!{spot.cell}", spot.label, written)
    if spot.recomputed:
        return Remark(*about)
    explained = finding.level == "verify" and spot.noted
    return Remark(*about, EXPLAINED if explained else OPEN[finding.level], _state(finding.level, spot))


def _state(level: str, spot: Spot) -> str:
    """The live state of a finding: mended once its cell, or what is wrong about it, is another; or explained."""
    prefix = f"'{spot.sheet}'!"
    text = f'"{OPEN[level]}"'
    if spot.unmended:
        text = f'IF({spot.unmended(prefix)},{text},"{MENDED}")'
    if level == "verify" and spot.note:
        text = f'IF({explained(prefix + spot.note)},"{EXPLAINED}",{text})'
    return f'IF({spot.as_sent(prefix)},{text},"{MENDED}")'
