"""更正说明: the draft of the letter that tells the level above what has changed since it was forwarded."""

from functools import partial
from itertools import groupby
from pathlib import Path

from pipeline.outbox.publish.docx_template import fill_in, properties
from pipeline.outbox.publish.grids import Grid
from pipeline.tables.outcome import Outcome
from pipeline.values.files import write_whole
from pipeline.values.revisions import Change, Moved
from schemas.day import in_words
from schemas.draft import CORRECTION, template_of
from schemas.period import length_of, period_of, spoken

FOLDER, NAME = "更正", "更正说明"


def correction(outcome: Outcome) -> dict[str, bytes]:
    """The letter by its place in the year's folder; none where nothing has changed. Raises Mistake of the template."""
    revisions, settings = outcome.revisions, outcome.office.settings
    if not revisions.any:
        return {}
    day = in_words(outcome.as_of)
    values = {
        "地区": settings.area, "办公室": settings.name, "表式": outcome.form.edition.title, "截至": day,
        "运行编号": outcome.fingerprint, "上报版本": revisions.words, "主送": settings.reports_to,
        "更正事由": "\a".join(_reasons(outcome)), "后续": _later(outcome),
    }  # fmt: skip
    about = properties(outcome, f"{settings.area}{NAME}")
    tables = {"更正表": _changed(outcome), "影响表": _moved(outcome)}
    made = fill_in(template_of(outcome.office, outcome.form.edition, CORRECTION), values, tables, about)
    return {f"{FOLDER}/{revisions.published}_{NAME}.docx": made}


def write_correction(folder: Path, made: dict[str, bytes]) -> list[Path]:
    """Write the letter; returns its path."""
    return [write_whole(folder / name, partial(Path.write_bytes, data=content)) for name, content in made.items()]


def _reasons(outcome: Outcome) -> list[str]:
    """One sentence a unit and month: how many numbers changed there, and why."""
    said: list[str] = []
    for (period, unit), own in groupby(outcome.revisions.changes, key=lambda change: (change.period, change.unit)):
        changes = list(own)
        month = period_of(period)
        whose = f"{outcome.office.short(unit, period)}{month.words if month else period}"
        whose += spoken(length_of(period))["report"]
        said.append(f"{len(said) + 1}.{whose}的{len(changes)}个数有更正（{changes[0].cause}）。")
    cells = sum(bool(moved.table) for moved in outcome.revisions.moved)
    return said or [f"各单位填报的数没有更正；汇总表有{cells}格与上报时不同，逐格列在下面。"]


def _later(outcome: Outcome) -> str:
    """The later months whose 本年累计 the units still have to mend."""
    later = [moved for moved in outcome.revisions.moved if not moved.table]
    whose = "、".join(dict.fromkeys(moved.row for moved in later))
    return f"以后各期的本年累计还有{len(later)}处没有随之改正（{whose}），还要请单位重报。" if later else ""


def _changed(outcome: Outcome) -> Grid:
    rows = tuple(_row(change, outcome) for change in outcome.revisions.changes)
    heads = ("报告期", "单位", "指标", "计量单位", "原报", "更正为", "增减")
    return Grid("更正的数", "", heads, rows)


def _row(change: Change, outcome: Outcome) -> tuple[str, ...]:
    show, whose = change.quantity.show, outcome.office.short(change.unit, change.period)
    values = ("—" if value is None else show(value) for value in (change.before, change.after))
    return change.period, whose, change.label, change.unit_of_measure, *values, show(change.difference)


def _moved(outcome: Outcome) -> Grid:
    rows = tuple(_cell(moved) for moved in outcome.revisions.moved if moved.table)
    return Grid("随之变动的汇总数", "", ("表", "行", "栏", "计量单位", "原数", "现数", "增减"), rows)


def _cell(moved: Moved) -> tuple[str, ...]:
    show = moved.quantity.show
    before = moved.before_state if moved.before is None else show(moved.before)
    after = moved.after_state if moved.after is None else show(moved.after)
    more = "—" if moved.difference is None else show(moved.difference)
    return moved.table, moved.row, moved.column, moved.unit_of_measure, before, after, more
