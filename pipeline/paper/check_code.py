"""The check code (核对码) of a return: it tells whether a paper copy and an electronic one say the same.

One definition, rendered twice: by the form as a formula, by intake from the numbers it read. Each number that a unit
fills in for the month is weighed by its place in the form; the sum's remainder is printed after a letter, so that no
spreadsheet takes it for a number. Blank cells, texts, and lines that a unit is not asked count as nothing.

The modulus is a prime of which 10 is a primitive root: two digits swapped within a number, or one digit changed, always
show; so do two lines swapped, unless their numbers differ by a multiple of it. The weights are powers of another
primitive root: no two are alike. The formula computes in doubles, which is exact up to about ten digits a number.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from pipeline.values.numerals import visible

MODULUS, ROOT = 9967, 37
LETTER, DIGITS = "K", 4


def weights(count: int) -> list[int]:
    """The weights of so many numbers, in the order of the form."""
    return [pow(ROOT, place, MODULUS) for place in range(1, count + 1)]


def check_code(values: Iterable[int | Decimal | None]) -> str:
    """The code of a return's numbers in the order of the form, in steps of its lines; None counts as nothing."""
    told = list(values)
    total = sum(weight * value for weight, value in zip(weights(len(told)), told, strict=True) if value is not None)
    whole = Decimal(total).quantize(Decimal(1), ROUND_HALF_UP) if isinstance(total, Decimal) else total
    return f"{LETTER}{int(whole) % MODULUS:0{DIGITS}}"


def as_formula(total: str) -> str:
    """The code of a weighed sum (in steps) as a formula, without the leading =."""
    return f'"{LETTER}"&TEXT(MOD(ROUND({total},0),{MODULUS}),"{"0" * DIGITS}")'


def as_typed(text: str) -> str:
    """A code as somebody typed it from paper: small or wide letters, spaces, and a letter left out are no matter."""
    typed = visible(text).upper()
    return f"{LETTER}{typed:0>{DIGITS}}" if typed.isdecimal() else typed
