"""The consolidated workbook: every sheet in its order."""

from datetime import datetime, time
from pathlib import Path
from typing import Any

from pipeline.outbox.publish.annual import write_table
from pipeline.outbox.publish.assessment import ASSESSMENT, write_assessment
from pipeline.outbox.publish.charts import CHARTS, DATA, figures, write_charts
from pipeline.outbox.publish.checks import FINDINGS, RECONCILIATION, write_findings, write_reconciliation
from pipeline.outbox.publish.front import CONTENTS, COVER, NOTES, Listed, write_contents, write_cover, write_notes
from pipeline.outbox.publish.growth import GROWTH, write_growth
from pipeline.outbox.publish.machine import MACHINE, write_machine
from pipeline.outbox.publish.reference import DICTIONARY, entries, write_dictionary, write_sources
from pipeline.outbox.publish.revisions import REVISIONS, write_revisions
from pipeline.outbox.publish.rule_record import RULE_RECORD, write_rule_record
from pipeline.outbox.publish.status import write_status
from pipeline.outbox.publish.trace import SOURCES, STATUS, Trace
from pipeline.paper.theme import NAVY, Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.outcome import Outcome
from pipeline.values.table import Table

CHECKS = (RECONCILIATION, REVISIONS, FINDINGS, RULE_RECORD)


def write_workbook(path: Path, outcome: Outcome) -> None:
    """Write the workbook; same outcome, same bytes."""
    with Workbook(path) as workbook:
        _properties(workbook, outcome)
        for name in _sheets(outcome):
            workbook.add_worksheet(name)
        workbook.get_worksheet_by_name(COVER).set_tab_color(NAVY)
        styles, trace = Styles(workbook), Trace(outcome)
        write_cover(workbook, styles, outcome)
        write_contents(workbook, styles, outcome, _contents(outcome))
        write_notes(workbook, styles, outcome)
        for table in outcome.tables:
            write_table(workbook, styles, outcome, table, trace)
        write_growth(workbook, styles, outcome)
        write_status(workbook, styles, outcome, trace)
        write_assessment(workbook, styles, outcome)
        write_reconciliation(workbook, styles, outcome, trace)
        write_revisions(workbook, styles, outcome)
        write_findings(workbook, styles, outcome)
        write_rule_record(workbook, styles, outcome)
        write_charts(workbook, styles, outcome)
        write_dictionary(workbook, styles, outcome)
        write_sources(workbook, styles, outcome, trace)
        write_machine(workbook, outcome)


def _sheets(outcome: Outcome) -> tuple[str, ...]:
    annual = [table.annual.sheet for table in outcome.tables]
    after = (GROWTH, STATUS, ASSESSMENT, *CHECKS, CHARTS, DICTIONARY, SOURCES, MACHINE, DATA)
    return (COVER, CONTENTS, NOTES, *annual, *after)


def _contents(outcome: Outcome) -> list[Listed]:
    missing = outcome.coverage.missing
    apart = len(outcome.open_differences)
    waiting = len(outcome.open_findings)
    units = len(outcome.office.owing(map(str, outcome.months)))
    compared, said = (*outcome.growth.yearly, *outcome.growth.monthly), outcome.spoken
    return [
        Listed(NOTES, "范围、计数方法、符号", "—", "—", "—"),
        *(
            Listed(t.annual.sheet, t.annual.title, _size(t), t.unit or "各栏", _check(t, outcome))
            for t in outcome.tables
        ),
        Listed(GROWTH, f"主要指标与上年、{said['last_period']}比较", f"{len(compared)}行", "各行", "—"),
        Listed(
            STATUS,
            f"{said['report']}报送的及时性与完整性",
            f"{units}×{len(outcome.months)}",
            "份",
            f"{missing}份未报" if missing else "通过",
        ),
        Listed(ASSESSMENT, "各单位报送的完整、及时、准确和时效", f"{len(outcome.assessed)}个单位", "份", "—"),
        Listed(RECONCILIATION, "各种数字互相核对", "—", "—", f"{apart}项不一致" if apart else "通过"),
        Listed(
            REVISIONS,
            "上报以后改变的数",
            f"{len(outcome.revisions.changes)}个数",
            "—",
            "有改变" if outcome.revisions.any else "—",
        ),
        Listed(
            FINDINGS,
            "校验发现的问题和处理情况",
            f"{len(outcome.findings)}条",
            "—",
            f"{waiting}条待办" if waiting else "通过",
        ),
        Listed(RULE_RECORD, "每条规则查出多少份、后来怎样", f"{len({r.rule for r in outcome.rules})}条", "份", "—"),
        Listed(CHARTS, f"主要数字按{said['periods']}、分项和单位的图", f"{len(figures(outcome))}张", "各图", "—"),
        Listed(DICTIONARY, "指标、规则和数据栏的含义", f"{len(entries(outcome))}条", "—", "—"),
        Listed(SOURCES, f"每份{said['report']}的文件名和校验码", f"{len(outcome.sizes)}个文件", "—", "—"),
        Listed(MACHINE, "机器读取用的全部数据", "—", "—", "—"),
        Listed(DATA, "图表所用的数（辅助表，已隐藏）", "—", "—", "—", hidden=True),
    ]


def _size(table: Table) -> str:
    return f"{len(table.rows)}×{len(table.columns)}"


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


def _properties(workbook: Any, outcome: Outcome) -> None:
    settings, edition = outcome.office.settings, outcome.form.edition
    workbook.set_properties(
        {
            "title": f"{settings.area}{outcome.year}年度{edition.report.workbook}",
            "subject": edition.title,
            "author": settings.name,
            "company": settings.name,
            "category": "统计汇总",
            "keywords": f"{edition.title}；年度汇总",
            "status": outcome.stage,
            "comments": "合计、季度、差额为公式并已写入计算结果；机器读取请用“数据_机读”。",
            "created": datetime.combine(outcome.as_of, time()),
        }
    )
    workbook.set_custom_property("表式版本", edition.id)
    workbook.set_custom_property("运行编号", outcome.fingerprint)
