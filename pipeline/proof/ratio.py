"""Whether a percentage as printed is a ratio."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from pipeline.proof.figure import Figure


def fits(written: Figure, exact: Decimal) -> bool:
    """Whether a percentage is this ratio, rounded or cut off as printed."""
    return fits_share(written.value, exact)


def fits_share(written: Decimal, exact: Decimal) -> bool:
    """The same of a number."""
    step = _step(written)
    return written in {exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)}


def fits_between(written: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether a percentage is some ratio between these, rounded or cut off as printed."""
    step = _step(written)
    return low - step < written < high + step


def shown(written: Figure, exact: Decimal) -> str:
    """The ratio with as many decimals as printed."""
    return rounded(written.value, exact)


def rounded(written: Decimal, exact: Decimal) -> str:
    """The ratio with as many decimals as a number has."""
    return f"{exact.quantize(_step(written), ROUND_HALF_UP):f}"


def as_digits(written: Figure, exact: Decimal, *, cut: bool = False) -> int:
    """The ratio as the digits that would be printed in place of the percentage's, rounded or ``cut`` off."""
    step = _step(written.value)
    return int(exact.quantize(step, ROUND_DOWN if cut else ROUND_HALF_UP) / step)


def _step(written: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(0, int(written.as_tuple().exponent)))
