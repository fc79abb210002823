"""What the form looks like on paper: texts that do not fit where they stand, pages too full to be read, due days."""

import re
from collections.abc import Iterator, Sequence

from pipeline.desk.edition.kinds import Kind
from pipeline.desk.edition.subject import HEED, MUST, Concern, Subject
from pipeline.paper.templates import Layout, cover
from pipeline.paper.templates.layout import NAME, UNIT, Cells, GridHead
from pipeline.paper.templates.sheet import LEAST, MOST_FOLDS, MOST_HEAD, SMALLEST, folded, head_folds, widths
from pipeline.paper.theme import width
from schemas.head import head_of
from schemas.table import Table

SHORTER = "请写短一些"
LONGEST_LIST, LONGEST_PROMPT = 255, 255  # characters that a drop-down's choices, and a prompt, may have together
SHEET_HEAD = 93  # points of a form sheet's title, header, banner and headings
TALL, WIDE, ACROSS = 762, 98, 150  # an upright page of A4: points, characters; a page lying down: characters
UPRIGHT = 0.7  # how high a page lying down is against an upright one
_DUE = re.compile(r"次月\s*(\d+)\s*日")


def paper(subject: Subject, kinds: Sequence[Kind]) -> Iterator[Concern]:
    """What does not fit, each thing once."""
    found = dict.fromkeys(concern for kind in kinds for concern in _template(subject, Layout(kind.asked)))
    yield from found
    yield from _cover(subject)
    for n, table in enumerate(subject.form.edition.tables):
        if table.shape == "register":
            yield from _register(subject, n, table)
    yield from _due(subject)
    yield from _authority(subject)


def _template(subject: Subject, layout: Layout) -> Iterator[Concern]:
    """The form sheets of one template."""
    for sheet, rows in layout.sheets.items():
        grid, side = layout.grid(sheet), layout.is_wide(sheet)
        wide = widths([row for row in rows if isinstance(row, Cells)], grid, layout.heads(sheet))
        for row in rows:
            if isinstance(row, Cells):
                yield from _line(subject, layout, row, wide)
            elif isinstance(row, GridHead):
                yield from _heads(subject, row, wide, grid)
            elif isinstance(row, str) and width(row) > sum(wide.values()):
                at = next(n for n, table in enumerate(subject.form.edition.tables) if table.sheet == sheet)
                yield subject.concern(HEED, ("table", at), f"小标题“{row}”比表还宽，会被切去", SHORTER)
        tall, across = (TALL * UPRIGHT, WIDE / UPRIGHT) if side else (TALL, WIDE)
        scale = min(1.0, tall / (SHEET_HEAD + LEAST * len(rows)), across / sum(wide.values()))
        if scale < SMALLEST:
            at = next(n for n, table in enumerate(subject.form.edition.tables) if table.sheet == sheet)
            what = f"工作表“{sheet}”有 {len(rows)} 行，印在一页上要缩到 {scale:.0%}，看不清"
            yield subject.concern(HEED, ("table", at, "sheet"), what, "请把一部分表挪到另一张工作表（sheet）")


def _line(subject: Subject, layout: Layout, row: Cells, wide: dict[int, float]) -> Iterator[Concern]:
    entry, at = row.first, subject.line(row.first.table, row.first.code)
    name = entry.name.rpartition("·")[0] if row.is_grid else entry.name
    scale = (wide[NAME] - 2 * layout.depth(entry)) / width(name)
    if folded(row, layout, wide[NAME]) > MOST_FOLDS:
        yield subject.concern(HEED, at, f"“{name}”太长，在“指标名称”一栏里要缩到 {scale:.0%}，看不清", SHORTER)
    if not row.is_grid and width(entry.unit) > wide[UNIT]:
        yield subject.concern(HEED, at, f"计量单位“{entry.unit}”比它的一栏宽，会被遮住", SHORTER)


def _heads(subject: Subject, head: GridHead, wide: dict[int, float], grid: tuple[int, ...]) -> Iterator[Concern]:
    for column, entry in zip(grid, head.columns, strict=False):
        name = entry.name.rpartition("·")[2]
        if head_folds(name, wide[column]) > MOST_HEAD:
            at = subject.line(entry.table, entry.code)
            yield subject.concern(HEED, at, f"栏名“{name}”比它的一栏宽，会被遮住", SHORTER)


def _cover(subject: Subject) -> Iterator[Concern]:
    """The cover's labels, its drop-downs and prompts, and the legal block."""
    edition = subject.form.edition
    for n, asked in enumerate(edition.cover):
        if width(asked.name) > cover.WIDTHS[cover.LABEL]:
            yield subject.concern(HEED, ("cover", n, "name"), f"封面的“{asked.name}”比它的一栏宽，会被遮住", SHORTER)
        if len(",".join(asked.choices)) > LONGEST_LIST:
            what = f"封面“{asked.name}”的选项合起来超过 {LONGEST_LIST} 个字，做不成下拉框"
            yield subject.concern(MUST, ("cover", n, "choices"), what, SHORTER)
        if len(asked.prompt) > LONGEST_PROMPT:
            what = f"封面“{asked.name}”的提示超过 {LONGEST_PROMPT} 个字，后面的看不到"
            yield subject.concern(HEED, ("cover", n, "prompt"), what, SHORTER)
    head = head_of(edition, subject.office)
    for key, label in (("form_no", "表    号"), ("authority", "制表机关"), ("approval", "批准文号")):
        if width(f"{label}：{getattr(head, key)}") > cover.WIDTHS[cover.MARK] + 2:
            yield subject.concern(HEED, ("head", key), f"封面右上角的“{label}”放不下，会被切去", SHORTER)


def _register(subject: Subject, n: int, table: Table) -> Iterator[Concern]:
    for f, asked in enumerate(table.fields):
        if width(asked.name) > asked.width:
            what, at = f"栏名“{asked.name}”比它的一栏宽，会被遮住", ("table", n, "field", f)
            yield subject.concern(HEED, at, what, f"请把 width 改成 {width(asked.name) + 1} 以上")
    scale = ACROSS / sum(asked.width for asked in table.fields)
    if scale < SMALLEST:
        what = f"台账“{table.title}”各栏合起来太宽，横着印也要缩到 {scale:.0%}，看不清"
        yield subject.concern(HEED, ("table", n, "field"), what, "请减少栏数或 width")


def _due(subject: Subject) -> Iterator[Concern]:
    """A due day that the form prints and the office does not have."""
    day = subject.office.settings.deadline.day
    for n, text in enumerate(subject.form.edition.words.instructions):
        for told in _DUE.findall(text):
            if int(told) != day:
                what = (
                    f"填报须知写的是次月 {told} 日，office.toml 的 [deadline] 写的是 {day} 日，同一张表上有两个报送时间"
                )
                yield subject.concern(MUST, ("words", "instructions", n), what, "请改成同一天")


def _authority(subject: Subject) -> Iterator[Concern]:
    """An authority that is neither the office nor the one it reports to: the head may be that of another office."""
    written, settings = subject.form.edition.head.authority, subject.office.settings
    if written and written not in {settings.name, settings.reports_to}:
        what = f"制表机关写的是“{written}”，本办公室是“{settings.name}”"
        remedy = "是上级统一的表，不用改；是别的办公室的，请删去 authority 和 form_no，写在 office.toml 的 [head]"
        yield subject.concern(HEED, ("head", "authority"), what, remedy)
