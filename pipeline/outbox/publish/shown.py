"""How a share or a growth is written in a text."""


def share(value: int, whole: int) -> str:
    """A share in percent with one decimal, rounded half up; "—" of nothing."""
    return tenths(1000 * value, whole) if whole else "—"


def growth(value: int, before: int) -> str:
    """The growth in percent with its sign; "—" where there was nothing before."""
    if not before:
        return "—"
    change = value - before
    return f"{'+' if change > 0 else '-' if change < 0 else ''}{tenths(1000 * abs(change), before)}"


def tenths(thousandths: int, whole: int) -> str:
    """A quotient in tenths, rounded half up."""
    sign, whole = ("-", -whole) if (thousandths < 0) != (whole < 0) and thousandths else ("", whole)
    rounded = (2 * abs(thousandths) + abs(whole)) // (2 * abs(whole))
    return f"{sign}{rounded // 10}.{rounded % 10}"
