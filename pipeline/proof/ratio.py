"""Whether a percentage as printed is a ratio."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from pipeline.proof.figure import Figure


def fits(written: Figure, exact: Decimal) -> bool:
    """Whether a percentage is this ratio, rounded or cut off as printed."""
    step = Decimal(1).scaleb(min(0, int(written.value.as_tuple().exponent)))
    return written.value in {exact.quantize(step, ROUND_HALF_UP), exact.quantize(step, ROUND_DOWN)}


def shown(written: Figure, exact: Decimal) -> str:
    """The ratio with as many decimals as printed."""
    step = Decimal(1).scaleb(min(0, int(written.value.as_tuple().exponent)))
    return f"{exact.quantize(step, ROUND_HALF_UP):f}"
