"""A text as it is searched: full width is half width, and for numbers every digit an ASCII one; the length stays."""

import unicodedata
from functools import cache

from schemas.leaks import leaks

_SCRIPTS = (range(0x80, 0x3300), range(0xA620, 0xAC00), range(0xFF10, 0xFF1A), range(0x1D7CE, 0x1D800))  # with digits
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@cache
def _numerals() -> dict[int, int]:
    digits = {code: unicodedata.digit(chr(code), None) for scripts in _SCRIPTS for code in scripts}
    known = {code: ord("0") + digit for code, digit in digits.items() if digit is not None}
    return _WIDE | known | {ord(word): ord("0") + digit for word, digit in leaks().digits.numerals.items()}


def plain(text: str) -> str:
    """For words: full-width letters and signs as half-width ones."""
    return text.translate(_WIDE)


def digits(text: str) -> str:
    """For numbers: also digits of any script and Chinese numerals as ASCII digits."""
    return text.translate(_numerals())
