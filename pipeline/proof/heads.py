"""The heads of the columns of a table whose cells do not stand in columns: pasted, with merged cells lost."""

from collections.abc import Callable, Sequence

SEVERAL = 3  # heads up to a total that stand below each of several


def filled(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """The heads of the last row, and where it is blank or ends those above them, as they stand from its sides."""
    heads = [*rows[-1], *[""] * (width - len(rows[-1]))]
    first = next((n for n, head in enumerate(heads) if head), 0)
    for row in reversed(rows[:-1]):
        behind = width - len(rows[-1])
        heads = [head or (row[n] if n < first and n < len(row) else "") for n, head in enumerate(heads)]
        heads = [
            head or (row[n - width] if n >= width - behind and len(row) >= behind else "")
            for n, head in enumerate(heads)
        ]
    return tuple(heads[:width])


def flattened(cells: Sequence[str], width: int, is_total: Callable[[str], bool]) -> tuple[str, ...]:
    """The heads of columns where merged cells were lost: those behind a total stand below the head before it."""
    totals = [n for n, cell in enumerate(cells) if is_total(cell)]
    again = [cell for cell in cells if cells.count(cell) > 1]
    if len(again) == width < len(cells):
        return tuple(again)  # the same heads below each of several: those above them stand alone
    if len(totals) > 1 and len(cells) > width:
        return ()
    if not totals or totals[-1] == len(cells) - 1:
        return tuple(cells[-width:]) if len(cells) >= width else ()
    if repeated := _repeated(cells[: totals[0] + 1], width):
        return repeated
    upper, lower = cells[: totals[-1]], cells[totals[-1] + 1 :]
    kept = width - len(lower) - 1
    if kept < 0 or len(upper) < kept + 1:
        return ()
    outer = upper[len(upper) - kept - 1 : len(upper) - 1]
    return (*outer, *(f"{upper[-1]}>{cell}" for cell in lower), cells[totals[-1]])


def _repeated(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """The heads up to a total as often as columns have them, where they are more than there are words: else ()."""
    lengths = [k for k in range(SEVERAL, len(cells) + 1) if width > len(cells) + k and not width % k]
    return tuple(cells[-lengths[-1] :]) * (width // lengths[-1]) if lengths else ()
