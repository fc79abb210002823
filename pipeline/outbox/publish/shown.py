"""How a share or a growth is written in a text: of numbers that are there; of any other there is none."""

from collections.abc import Iterator

from pipeline.values.answer import Answer
from pipeline.values.table import Table
from schemas.quantity import Quantity
from schemas.rules import words
from schemas.rules.terms import Linear

NONE = "—"


def share(part: Answer, whole: Answer) -> str:
    """A share in percent, one decimal, half up; 100.0 and 0.0 only where it is all or none of it, "—" of nothing."""
    if not (part.some and whole.number):
        return NONE
    told = tenths(1000 * part.steps, whole.steps)
    return (
        "99.9以上"
        if told == "100.0" and part.steps != whole.steps
        else "不到0.1"
        if told == "0.0" and part.steps
        else told
    )


def increase(answer: Answer, before: Answer) -> int | None:
    """How much more it is than before, in steps; None where one of the two is not there."""
    return answer.steps - before.steps if answer.some and before.some else None


def growth(answer: Answer, before: Answer) -> str:
    """The growth in percent with its sign; "—" where there was nothing before."""
    change = increase(answer, before)
    if change is None or not before.steps:
        return NONE
    return f"{'+' if change > 0 else '-' if change < 0 else ''}{tenths(1000 * abs(change), before.steps)}"


def tenths(thousandths: int, whole: int) -> str:
    """A quotient in tenths, rounded half up."""
    sign, whole = ("-", -whole) if (thousandths < 0) != (whole < 0) and thousandths else ("", whole)
    rounded = (2 * abs(thousandths) + abs(whole)) // (2 * abs(whole))
    return f"{sign}{rounded // 10}.{rounded % 10}"


def ratios_told(table: Table, entries: words.Entries) -> Iterator[str]:
    """The note that says how a table's ratios are made, by the names of its columns where it has them; none without."""
    made = [
        f"{column.name}＝{_named(ratio.top, ratio.counted[0], table, entries)}"
        f"÷{_named(ratio.bottom, ratio.counted[1], table, entries)}"
        for column in table.columns
        if (ratio := column.ratio)
    ]
    if made:
        yield f"{'，'.join(made)}；各行分别相除，合计也一样，不由各行相加；除数为0的没有比例，为“{NONE}”。"


def _named(linear: Linear, quantity: Quantity, table: Table, entries: words.Entries) -> str:
    """A sum by the name of the column that shows it, or else by its lines."""
    total = table.rows[0].counts
    name = next((c.name for c, one in zip(table.columns, total, strict=True) if one == linear), "")
    told = name or words.side(linear, entries, quantity)
    return told if name or len(linear.terms) == 1 else f"（{told}）"
