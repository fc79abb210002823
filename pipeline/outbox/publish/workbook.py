"""The consolidated workbook, which is forwarded. What only the office needs is in papers.py."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipeline.outbox.publish.annual import write_table
from pipeline.outbox.publish.charts import CHARTS, DATA, figures, write_charts
from pipeline.outbox.publish.checks import RECONCILIATION, write_reconciliation
from pipeline.outbox.publish.contents import Leaf, bind, describe
from pipeline.outbox.publish.front import COVER, NOTES, write_cover, write_notes
from pipeline.outbox.publish.growth import GROWTH, write_growth
from pipeline.outbox.publish.highlights import HIGHLIGHTS, write_highlights
from pipeline.outbox.publish.machine import write_machine
from pipeline.outbox.publish.revisions import REVISIONS, write_revisions
from pipeline.outbox.publish.rounded import TEN_THOUSANDS, sheet_of, write_rounded
from pipeline.outbox.publish.status import write_status
from pipeline.outbox.publish.trace import STATUS, Trace
from pipeline.paper.theme import NAVY, Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.outcome import Outcome
from pipeline.tables.rounded import rounded
from pipeline.values.machine import MACHINE
from pipeline.values.table import Table

SAID = "合计、季度、差额为公式并已写入计算结果；机器读取请用“数据_机读”。"


def write_workbook(path: Path, outcome: Outcome) -> None:
    """Write the workbook; same outcome, same bytes."""
    with Workbook(path) as workbook:
        describe(workbook, outcome, outcome.form.edition.report.workbook, SAID)
        styles, trace = Styles(workbook), Trace(outcome)
        cover = Leaf(COVER, "", partial(write_cover, workbook, styles, outcome))
        leaves = [
            Leaf(HIGHLIGHTS, "最要紧的几句话和数", partial(write_highlights, workbook, styles, outcome)),
            Leaf(NOTES, "范围、计数方法、符号", partial(write_notes, workbook, styles, outcome)),
            *(leaf for table in outcome.tables for leaf in _annual(workbook, styles, outcome, table, trace)),
            *_behind(workbook, styles, outcome, trace),
        ]
        bind(workbook, styles, outcome, leaves, cover=cover, said="点击表名跳转；页码按整本打印计")
        workbook.get_worksheet_by_name(COVER).set_tab_color(NAVY)


def _annual(workbook: Workbook, styles: Styles, outcome: Outcome, table: Table, trace: Trace) -> Iterator[Leaf]:
    """An annual table, with what the agreements say about it; and once more in 万, where its form wants it."""
    write = partial(write_table, workbook, styles, outcome, table, trace)
    size, unit = f"{len(table.rows)}×{len(table.columns)}", table.unit or "各栏"
    yield Leaf(table.annual.sheet, table.annual.title, write, size, unit, _check(table, outcome))
    if table.annual.ten_thousands is not None:
        made = rounded(table, table.annual.ten_thousands)
        write = partial(write_rounded, workbook, styles, outcome, made)
        yield Leaf(sheet_of(made), f"{table.annual.title}（{TEN_THOUSANDS}，舍位平衡）", write, size, TEN_THOUSANDS)


def _behind(workbook: Workbook, styles: Styles, outcome: Outcome, trace: Trace) -> list[Leaf]:
    """What stands behind the tables."""
    said, book = outcome.spoken, (workbook, styles, outcome)
    compared = (*outcome.growth.yearly, *outcome.growth.monthly)
    units = len(outcome.office.owing(map(str, outcome.months)))
    missing, apart = outcome.coverage.missing, len(outcome.open_differences)
    return [
        Leaf(
            GROWTH, f"主要指标与上年、{said['last_period']}比较", partial(write_growth, *book),
            f"{len(compared)}行", "各行",
        ),
        Leaf(
            CHARTS, f"主要数字按{said['periods']}、分项和单位的图", partial(write_charts, *book),
            f"{len(figures(outcome))}张", "各图",
        ),
        Leaf(
            STATUS, f"{said['report']}报送的及时性与完整性", partial(write_status, *book, trace),
            f"{units}×{len(outcome.months)}", "份", f"{missing}份未报" if missing else "通过",
        ),
        Leaf(
            RECONCILIATION, "各种数字互相核对", partial(write_reconciliation, *book, trace),
            check=f"{apart}项不一致" if apart else "通过",
        ),
        Leaf(
            REVISIONS, "上报以后改变的数", partial(write_revisions, *book),
            f"{len(outcome.revisions.changes)}个数", check="有改变" if outcome.revisions.any else "—",
        ),
        Leaf(
            MACHINE, "机器读取用的全部数据（已隐藏，不打印）", partial(write_machine, workbook, outcome), hidden=True
        ),
        Leaf(DATA, "图表所用的数（辅助表，已隐藏，不打印）", lambda: None, hidden=True),  # with the charts
    ]  # fmt: skip


def _check(table: Table, outcome: Outcome) -> str:
    """What the agreements that touch the table's lines say about it."""
    refs = table.refs
    touching = {m.agreement.id for m in outcome.form.meetings if {*m.left.refs, *m.right.refs} <= refs}
    counted = {p.code: set(outcome.form.expression(p.of)[0].refs) for p in outcome.form.edition.report.printed}
    printed = {f"P-{code}" for code, needs in counted.items() if needs <= refs}
    verdicts = [
        d.verdict for d in outcome.differences if d.scope == "city" and d.id.partition(".")[0] in touching | printed
    ]
    apart, explained = verdicts.count("不一致"), verdicts.count("已说明")
    return f"{apart}项不一致" if apart else f"{explained}项有说明" if explained else "通过"
