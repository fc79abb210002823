"""Number formats as Excel and WPS write them, taken apart: sections, and what each of them is made of."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.intake.letters import WHITE, blends
from pipeline.intake.palette import numbered

# digits: 0.00; general: as it is typed; words: literals alone, or nothing; other: Chinese numerals and the like
Kind = Literal["digits", "general", "words", "percent", "power", "fraction", "date", "time", "other"]

_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general|g/通用格式)|(?P<power>e[+-])|(?P<noon>am/pm|a/p|上午/下午)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<day>[ydgeb]+|a{3,4})"
    r"|(?P<month>m+)|(?P<hour>[hs]+)|(?P<slash>/)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LITERALS = {"quoted", "escaped", "fill"}  # what fills a cell is seen at least once
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COLOUR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|yellow|[黑蓝青绿红黄紫洋]+色?|(?:colou?r|颜色|色) ?(?P<number>\d+))",
    re.IGNORECASE,
)  # but for white, in which nothing is seen
_FIRST_COLOUR = 7  # in the palette, before the one that formats call Color 1
_NUMERALS = re.compile(r"dbnum[123]", re.IGNORECASE)  # Chinese numerals, in which a day is the same day
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-[0-9a-f,]+)?", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_FRACTION = re.compile(r"(?:pad |literal )*(?:digit )+(?:pad |literal )+(?:digit )+slash(?: digit)+(?: pad| literal)*")
_TIMES, _DAYS = {"hour", "noon", "elapsed"}, {"day", "month"}

# What the numbers below 164 stand for in Chinese Excel, but for those of Thailand.
_DAY, _NOON = 'm"月"d"日"', "上午/下午"
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    14: "yyyy/m/d", 30: "m-d-yy", 31: f'yyyy"年"{_DAY}', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((5, 6), "¥#,##0;¥-#,##0"), **dict.fromkeys((7, 8), "¥#,##0.00;¥-#,##0.00"),
    **dict.fromkeys((37, 38), "#,##0_);(#,##0)"), **dict.fromkeys((39, 40), "#,##0.00_);(#,##0.00)"),
    **dict.fromkeys((41, 42), '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '),
    **dict.fromkeys((43, 44), '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '),
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'), **dict.fromkeys((28, 29, 51, 53, 54, 58), _DAY),
    **dict.fromkeys((34, 55), f'{_NOON}h"时"mm"分"'), **dict.fromkeys((35, 56), f'{_NOON}h"时"mm"分"ss"秒"'),
}  # fmt: skip
UNKNOWN = "[?]"  # a format that says nothing


class Token(NamedTuple):
    """A piece of a section: its kind, and the text or character that it is."""

    kind: str
    text: str


class Section(NamedTuple):
    """A section: what it shows, its pieces, and the condition that a number must meet, if it has one."""

    kind: Kind
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None


class Format(NamedTuple):
    """A format: one to three sections of numbers, and the one of texts, if it has one; none where it makes no sense."""

    numbers: tuple[Section, ...]
    texts: Section | None = None


@lru_cache(maxsize=1024)
def format_of(code: str) -> Format:
    """A format taken apart."""
    parts: list[list[Token]] = [[]]
    for token in _tokens(code or "General"):
        if token.kind == "end":
            parts.append([])
        else:
            parts[-1].append(token)
    sections = tuple(map(_section, parts))
    if len(sections) > 4:
        return Format(())
    if len(sections) == 4 or "text" in {token.kind for token in sections[-1].tokens}:
        return Format(sections[:-1] or format_of("General").numbers, sections[-1])
    return Format(sections)


def _tokens(code: str) -> Iterator[Token]:
    for found in _TOKENS.finditer(code):
        kind = str(found.lastgroup)
        yield Token("literal" if kind in _LITERALS else kind, found[kind])


def _section(tokens: list[Token]) -> Section:
    kept, condition, known, numerals = list[Token](), None, True, False
    for token in tokens:
        if token.kind != "bracket":
            kept.append(Token("literal", token.text) if token.kind == "other" else token)
            known = known and not (token.kind == "other" and token.text.isascii() and token.text.isalpha())
        elif found := _CONDITION.fullmatch(token.text):
            condition = found[1], Decimal(found[2])
        elif found := _CURRENCY.fullmatch(token.text):
            kept.append(Token("literal", found[1]))
        elif _ELAPSED.fullmatch(token.text):
            kept.append(Token("elapsed", token.text))
        elif _NUMERALS.fullmatch(token.text):
            numerals = True
        else:
            known = known and _is_seen_in(token.text)
    kind = _kind([token.kind for token in kept])
    return Section(kind if known and not (numerals and kind != "date") else "other", tuple(kept), condition)


def _is_seen_in(colour: str) -> bool:
    """Whether it is the name of a colour in which letters are seen on paper."""
    found = _COLOUR.fullmatch(colour)
    ink = numbered(int(found["number"]) + _FIRST_COLOUR) if found and found["number"] else None
    return found is not None and not blends(ink, WHITE)


def _kind(pieces: list[str]) -> Kind:
    """What a section of such pieces shows."""
    kinds = set(pieces)
    if kinds & _TIMES:
        return "date" if "day" in kinds else "time"
    if kinds & _DAYS:
        return "date"
    if _FRACTION.fullmatch(" ".join(pieces)):
        return "fraction"
    if "text" in kinds or {"slash", "digit"} <= kinds or {"general", "digit"} <= kinds:
        return "other"
    if "general" in kinds:
        return "general"
    if "digit" in kinds:
        return "percent" if "percent" in kinds else "power" if "power" in kinds else "digits"
    return "words"
