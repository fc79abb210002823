"""The head of the report: six figures, and what to do first."""

from dataclasses import dataclass

from pipeline.findings import Finding
from pipeline.outcome import Outcome
from pipeline.publish.report_html.written import Link, Written
from pipeline.publish.status import MISSING, marks_of

NAMED = 3  # how many missing returns are named


@dataclass(frozen=True)
class Tile:
    """One figure with its unit and what to know beside it; ``bad`` where something is to be done, ``to`` a section."""

    id: str
    label: str
    value: int
    unit: str
    note: str
    to: str
    bad: bool = False


@dataclass(frozen=True)
class Todo:
    """Something to do: whose and where, what is wrong, what to do; the file of the outbox for it, and of the inbox."""

    head: str
    message: str
    remedy: str
    link: Link | None
    file: str


def tiles(outcome: Outcome) -> list[Tile]:
    """Owed, counted and missing returns, what must be mended, what does not meet, and the year's first headline."""
    coverage, open_ = outcome.coverage, outcome.open_findings
    must, apart = sum(f.level == "must" for f in open_), len(outcome.open_differences)
    city = sum(d.scope == "city" for d in outcome.differences)
    (name, value, unit), *others = outcome.headline
    rest = "；".join(f"{other}{number:,}{measure}" for other, number, measure in others)
    units = f"{len(marks_of(outcome))}个单位，{len(outcome.months)}个月"
    came = f"收到{coverage.received:,}份，退回未改{coverage.returned:,}份"
    asked = f"另有{len(open_) - must:,}处待核实"
    return [
        Tile("owed", "应报月报", coverage.owed, "份", units, "status"),
        Tile("counted", "入汇月报", coverage.counted, "份", came, "status"),
        Tile("missing", "未报", coverage.missing, "份", _missing(outcome), "status", coverage.missing > 0),
        Tile("must", "必须处理", must, "处", asked, "findings", must > 0),
        Tile("apart", "对账不一致", apart, "项", f"共核对{city:,}项", "reconciliation", apart > 0),
        Tile("headline", name, value, unit, rest, "charts"),
    ]


def todos(outcome: Outcome, written: Written) -> list[Todo]:
    """What to do first, in the words of ``Outcome.first_things``."""
    limit = outcome.office.settings.thresholds.findings_first
    return [_todo(finding, outcome, written) for finding in outcome.open_findings[:limit]]


def _todo(finding: Finding, outcome: Outcome, written: Written) -> Todo:
    head = outcome.todo(finding).removesuffix(finding.message + finding.remedy)
    return Todo(head, finding.message, finding.remedy, written.to_open(finding), finding.file)


def _missing(outcome: Outcome) -> str:
    names = [
        f"{unit.short}{month.month}月"
        for unit, marks in marks_of(outcome)
        for month, mark in zip(outcome.months, marks, strict=True)
        if mark == MISSING
    ]
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "") if names else "都报了"
