"""What stands below an annual table: its notes, what its signs mean, what it rests on."""

from pipeline.outbox.publish.shown import ratios_told
from pipeline.tables.outcome import Outcome
from pipeline.values.table import Table

SYMBOLS = (
    "“0”为填报确认的零；“—”为不适用；“未报”“退回”“待核实”“未填”为应有而没有的数，“当时未列”为当时的表式没有这一项，"
    "都不计入合计。"
)
COVERED = "入汇/应报"
NAMED = 12  # cells that rest on fewer returns than their row says: the rest are counted


def notes_of(outcome: Outcome, table: Table) -> list[str]:
    """Every note, in its order, and where the figures come from."""
    counted = f"入汇的{outcome.coverage.counted}份{outcome.spoken['report']}都填报确认为 0。"
    zero = [f"{outcome.span}为 0：{counted}" if table.is_whole else counted] if table.is_zero else []
    covered = [] if table.is_whole else [_covered(table, outcome)]
    coverage = f"汇总范围：{outcome.coverage.words}。退回未改和未报的不在表内。"
    lines = [*zero, *table.annual.notes, *ratios_told(table, outcome.form.entries), SYMBOLS, *covered, coverage]
    numbered = [f"{'注：' if n == 1 else '        '}{n}.{line}" for n, line in enumerate(lines, 1)]
    return [*numbered, f"资料来源：各单位《{outcome.form.edition.title}》（{outcome.span}）。"]


def _covered(table: Table, outcome: Outcome) -> str:
    """What the column of coverage says, and which cells rest on fewer returns than their row."""
    told = f"“{COVERED}”为这一行入汇和应报的{outcome.spoken['report']}份数（份数不同的栏，取应报最多的一栏）。"
    fewer = [
        f"{row.label}“{column.name}”{answer.coverage}"
        for row in table.rows
        for column, answer in zip(table.columns, row.answers, strict=True)
        if not answer.is_whole and answer.coverage != row.coverage
    ]
    some = "、".join(fewer[:NAMED]) + (f"等{len(fewer)}格" if len(fewer) > NAMED else "")
    return f"{told}另有未收齐的：{some}。" if fewer else told
