"""How a share or a growth is written in a text: of numbers that are there; of any other there is none."""

from pipeline.values.answer import Answer

NONE = "—"


def share(part: Answer, whole: Answer) -> str:
    """A share in percent with one decimal, rounded half up; "—" of nothing."""
    return tenths(1000 * part.steps, whole.steps) if part.some and whole.number else NONE


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
