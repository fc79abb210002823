"""The head of the report: six figures, and what to do first."""

from dataclasses import dataclass

from pipeline.outbox.publish.report_html.written import Link, Written
from pipeline.outbox.publish.status import MISSING, marks_of
from pipeline.tables.outcome import Outcome
from pipeline.values.answer import Answer, known, lacking
from pipeline.values.findings import Finding
from pipeline.values.periods import due_day
from schemas.quantity import Quantity

NAMED = 3  # how many missing returns are named


@dataclass(frozen=True)
class Tile:
    """A figure, what it is counted in, what to know of it; ``bad`` where something is to be done, ``to`` a section."""

    id: str
    label: str
    value: Answer
    quantity: Quantity
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
    units = f"{len(marks_of(outcome))}个单位，{len(outcome.months)}{'个月' if outcome.months[-1].length == 1 else '期'}"
    came = f"收到{coverage.received:,}份，退回未改{coverage.returned:,}份"
    asked = f"另有{len(open_) - must:,}处待核实" if len(open_) > must else "没有待核实的"
    missed, returns = _missed(outcome), Quantity("份")
    return [
        Tile("owed", f"应报{outcome.spoken['report']}", known(coverage.owed), returns, units, "status"),
        Tile("counted", f"入汇{outcome.spoken['report']}", known(coverage.counted), returns, came, "status"),
        Tile(
            "missing",
            "未报",
            known(coverage.missing),
            Quantity("份"),
            _missing(missed, coverage.missing),
            "status",
            bool(missed),
        ),
        Tile("must", "必须处理", known(must), Quantity("处"), asked, "findings", must > 0),
        Tile("apart", "对账不一致", known(apart), Quantity("项"), f"共核对{city:,}项", "reconciliation", apart > 0),
        *_headline(outcome),
    ]


def _headline(outcome: Outcome) -> list[Tile]:
    """The first figure of the workbook's head, with the others beside it."""
    told = [f"{name}{answer.told(quantity)}" for name, answer, quantity in outcome.headline[1:]]
    rest = "；".join(filter(None, [*told, lacking((name, answer) for name, answer, _ in outcome.headline)]))
    return [Tile("headline", name, answer, quantity, rest, "charts") for name, answer, quantity in outcome.headline[:1]]


def todos(outcome: Outcome, written: Written) -> list[Todo]:
    """What to do first, in the words of ``Outcome.first_things``."""
    limit = outcome.office.settings.thresholds.findings_first
    return [_todo(finding, outcome, written) for finding in outcome.open_findings[:limit]]


def _todo(finding: Finding, outcome: Outcome, written: Written) -> Todo:
    head = outcome.todo(finding).removesuffix(finding.message + finding.remedy)
    return Todo(head, finding.message, finding.remedy, written.to_open(finding), finding.file)


def _missed(outcome: Outcome) -> list[str]:
    """The returns that are overdue, as unit and month."""
    overdue = [due_day(month, outcome.office) < outcome.as_of for month in outcome.months]
    return [
        f"{unit.short}{month.short}"
        for unit, marks in marks_of(outcome)
        for month, mark, due in zip(outcome.months, marks, overdue, strict=True)
        if mark == MISSING and due
    ]


def _missing(missed: list[str], missing: int) -> str:
    if missed:
        return "、".join(missed[:NAMED]) + ("等" if missing > NAMED else "")
    return "都还没到期" if missing else "都报了"
