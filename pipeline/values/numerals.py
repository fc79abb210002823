"""Numbers as people write them: what a text certainly is, and what it most likely stands for.

Certain is a text of digits alone, full-width or grouped by thousands, that can be read in one way only. Anything else
is suggested and never adopted.
"""

import re
from functools import lru_cache
from typing import NamedTuple

LONG = 80  # no heading, label, code or number is; the short texts are the same in every return, and worked out once

# What shows nothing: white space, controls and formats of Unicode, and letters that are blank by themselves.
_INVISIBLE = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")  # a soft hyphen is seen by some programs
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D, 0xA0: 0x20}
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_CERTAIN = re.compile(rf"-?{_DIGITS}")
# Three digits behind one sign: a point where thousands may be meant, or a comma behind a nought, where none are.
_TWO_WAYS = re.compile(r"-?(?:[1-9][0-9]{0,2}\.[0-9]{3}|0[0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?)")
_ROUGH = re.compile(r"[约近余多]|左右|以上|大概|大约|上下|不到|几")
_CHINESE = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
_WORDED = re.compile(
    rf"[^0-9{_CHINESE}万亿-]{{0,4}}({_DIGITS}(?:e\+?[0-9]+)?|[{_CHINESE}万亿]+)[余多]?([百千万亿]?)"
    rf"(?![{_CHINESE}万亿])[^0-9]{{0,5}}",
    re.IGNORECASE,
)
_TIMES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}
_PLAIN = str.maketrans(
    dict(zip("零〇一壹二贰两三叁四肆五伍六陆七柒八捌九玖", "001122233445566778899", strict=True))
    | {"拾": "十", "佰": "百", "仟": "千", "廿": "2十", "卅": "3十"}
)
_BELOW = "(?:[1-9]千)?0?(?:[1-9]百)?0?(?:[1-9]?十)?0?[1-9]?"
_SPOKEN = re.compile(f"(?!0|$)(?:(?=[1-9十])({_BELOW})亿)?0?(?:(?=[1-9十])({_BELOW})万)?0?({_BELOW})")
_FOLLOWS = {"百": "十", "千": "百", "万": "千", "亿": "千万"}  # 一万二 is 一万二千
_OTHER_THINGS = re.compile(r"[年月日%％‰/:：]|\d[-—~至]\d|[一二两三四五六七八九]{2}")  # 三五条: three to five
_NONE = {"无", "没有", "未发生", "无此项", "没", "否", "空", "零", "〇", "○", "×", "x", "n/a", "na", "none"}
_SIGNS_OF_NONE = re.compile(r"[-—–/\\]+")


class Likely(NamedTuple):
    """The number that a text most likely stands for, and whether the text says that it is rounded."""

    number: str
    rough: bool


def half_width(text: str) -> str:
    """The text with full-width letters, digits and signs as half-width ones, without characters that do not show.

    Not NFKC, which would make 142 of 14².
    """
    return _UNSEEN.sub("", text.translate(_HALF))


def visible(text: str) -> str:
    """The text in half-width characters, without white space and characters that do not show."""
    return _visible(text) if len(text) < LONG else _INVISIBLE.sub("", half_width(text))


@lru_cache(maxsize=1 << 14)
def _visible(text: str) -> str:
    return _INVISIBLE.sub("", half_width(text))


def certain(written: str) -> str:
    """The digits that a text certainly is ("１，２３４" → "1234"), or "" where it is anything else."""
    text = half_width(written).strip()
    return text.replace(",", "") if _CERTAIN.fullmatch(text) and not _TWO_WAYS.fullmatch(text) else ""


def two_ways(written: str) -> tuple[str, str] | None:
    """Both numbers that a text may be, its sign taken for thousands and for decimals ("1.000": 1000, 1)."""
    text = half_width(written).strip()
    if not _TWO_WAYS.fullmatch(text):
        return None
    whole = text.replace(",", "").replace(".", "")
    return f"{int(whole)}", f"{float(text.replace(',', '.', 1).replace(',', '')):.10g}"


def says_none(written: str) -> bool:
    """Whether a text says that there was nothing; which is no 0 before the unit writes 0."""
    text = visible(written).lower()
    return text in _NONE or bool(_SIGNS_OF_NONE.fullmatch(text))


def likely(written: str) -> Likely | None:
    """What a text most likely stands for (14条: 14, 约1.8万: 18000, 十二: 12); None where that is not plain."""
    text = visible(written)
    found = None if _OTHER_THINGS.search(text) else _WORDED.fullmatch(text)
    if not found:
        return None
    number = _amount(found[1].replace(",", ""), _TIMES[found[2]])
    return Likely(number, bool(_ROUGH.search(text))) if number else None


def spoken(text: str) -> int | None:
    """The number that Chinese numerals say (二百零五: 205, 一万二: 12000); None where they say none."""
    plain = text.translate(_PLAIN)
    if plain.isdecimal():
        return int(plain)
    if re.search("[百千万亿][1-9]$", plain):
        plain += _FOLLOWS[plain[-2]]
    found = _SPOKEN.fullmatch(plain)
    if not found:
        return None
    high, middle, low = map(_below, found.groups(default=""))
    return high * 10**8 + middle * 10**4 + low


def _below(text: str) -> int:
    """What is said without 万 and 亿: 3百2十 is 320, a bare 十 is 10."""
    said = re.findall("([1-9]?)([千百十]?)", text)
    return sum(int(digit or 1) * _TIMES[unit] for digit, unit in said if digit or unit)


def _amount(text: str, times: int) -> str:
    from decimal import Decimal

    number = Decimal(text) if text[0].isascii() else spoken(text)
    if number is None:
        return ""
    exact = (Decimal(number) * times).normalize()
    return f"{exact:f}" if abs(exact) < 10**15 else ""
