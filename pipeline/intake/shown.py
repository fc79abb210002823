"""What a cell shows of a number, and whether that is the number.

Adopted is what is proved to be shown: a format that the menus of Excel and WPS give shows every number as it is, to so
many places; any other is asked what it shows of the number at hand, which must read as the same number again.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from pipeline.intake.book import Mark
from pipeline.intake.number_format import Format, Section, Token, format_of
from pipeline.intake.places import between, in_places, literal, rounded

ALL_PLACES = 9  # that General shows of a number: as many as any line takes, and more
_MEETS = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__,
    ">=": Decimal.__ge__, "=": Decimal.__eq__, "<>": Decimal.__ne__,
}  # fmt: skip
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:E[+-]?\d+)?")
_DAY = re.compile(r"""(?:\[\$-[0-9A-Fa-f]+\])?[yYmMdD](?:[yYmMdDhHsS /:.-]|"[^";]*"|\\.|[年月日时分秒])*(?:;@)?""")
_MONEY = "¥￥"
_SIGN = re.compile(r"^(-?)\s*[¥￥]?\s*(?=[-\d.])")
_TOO_WIDE = "########"  # what a day looks like that no calendar has


class Look(NamedTuple):
    """A number as a person sees it: the value to be read, and a mark where it is not seen as it is."""

    value: object
    mark: Mark | None = None


@lru_cache(maxsize=1024)
def plain_places(code: str) -> int | None:
    """To how many places every number is shown as it is; None where a format may show another thing."""
    numbers = format_of(code).numbers
    if not numbers or any(section.condition for section in numbers):
        return None
    roles = ("", "-", "0")
    if not all(map(_is_plain, numbers, roles)):
        return None
    return min(_places(section) for section, role in zip(numbers, roles, strict=False) if role != "0")


@lru_cache(maxsize=1024)
def is_day(code: str) -> bool:
    """Whether every number is shown as a day, in a way that no program takes for anything else."""
    return _DAY.fullmatch(code) is not None and [one.kind for one in format_of(code).numbers] == ["date"]


@lru_cache(maxsize=1024)
def is_plain_text(code: str) -> bool:
    """Whether texts are shown as they are."""
    texts = format_of(code).texts
    return texts is None or [t.kind for t in texts.tokens if not _is_blank(t)] == ["text"]


def look_of(number: float, code: str, *, since_1904: bool = False) -> Look:
    """How a number looks under a format."""
    exact = Decimal(f"{number:.15g}")
    places = plain_places(code)
    if places is not None:
        return Look(number) if rounded(exact, places) == exact else Look(number, Mark("shown", _text(exact, code)))
    kinds = {section.kind for section, _ in _candidates(format_of(code), exact)}
    if kinds in ({"date"}, {"time"}):
        day = day_of(number, since_1904=since_1904)
        seen = day if kinds == {"date"} else timedelta(days=number)
        return Look(number, Mark("shown", _TOO_WIDE)) if day is None else Look(seen)
    if kinds == {"percent"}:
        return Look(number, Mark("percent", f"{number * 100:.10g}%"))
    return Look(number, Mark("shown", _text(exact, code)))


def repeated(number: float) -> Mark:
    """The mark of a number that fills its cell over and over, as often as the cell is wide."""
    return Mark("shown", f"{number:.10g}" * 2 + "…")


def text_look(text: str, code: str) -> Mark | None:
    """How a text looks under a format; None where it is seen as it is."""
    texts = format_of(code).texts
    if texts is None:
        return None
    seen = "".join(text if t.kind == "text" else literal(t) for t in texts.tokens)
    return None if seen.strip() == text.strip() else Mark("shown", seen.strip())


def reads_as(shown: str, number: float, unit: str) -> bool:
    """Whether what is shown is the number, with the unit of its line behind it or before it, or ¥, or in brackets."""
    text = shown.strip()
    if text == "-":
        return number == 0  # as accounts show it
    text = text.removesuffix(unit).strip()
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1].strip()}"
    found = _NUMBER.fullmatch(_SIGN.sub(r"\1", text, count=1))
    if not number and text.startswith("-"):
        return False  # nought has no sign
    return found is not None and Decimal(found[0].replace(",", "")) == Decimal(f"{number:.15g}")


def day_of(serial: float, *, since_1904: bool) -> date | None:
    """The day of a number; None where no calendar has such a day."""
    serial += 1462 if since_1904 else 0
    try:
        day = datetime(1899, 12, 30) + timedelta(days=serial + (serial < 60))  # noqa: DTZ001  # days of a sheet have no zone
    except OverflowError:
        return None
    if serial < 0 or day.year > 9999:
        return None
    return day if day.time() != time() else day.date()


def _is_plain(section: Section, role: str) -> bool:
    """Whether a section shows all numbers of its sign as they are."""
    kept = [token for token in section.tokens if not _is_blank(token) and token.text not in set(_MONEY)]
    kinds = [token.kind for token in kept]
    dash = "".join(token.text for token in kept if token.kind == "literal") == "-"
    if role == "0" and dash and all(t.text in "-?" for t in kept):
        return True
    if role == "-":
        if dash and kept[0].text == "-":
            kept, kinds = kept[1:], kinds[1:]
        elif kinds[:1] + kinds[-1:] == ["literal", "literal"] and kept[0].text + kept[-1].text == "()":
            kept, kinds = kept[1:-1], kinds[1:-1]
        else:
            return False
    if section.kind == "general":
        return kinds == ["general"]
    grouped = re.fullmatch(r"(?:digit|comma)*digit(?:point(?:digit)*)?", "".join(kinds))
    return section.kind == "digits" and grouped is not None and "0" in {t.text for t in kept} and kinds[0] == "digit"


def _is_blank(token: Token) -> bool:
    return token.kind == "pad" or (token.kind == "literal" and not token.text.strip())


def _places(section: Section) -> int:
    """How many decimals a section shows, of a power those before it."""
    if section.kind == "general":
        return ALL_PLACES
    kinds = " ".join(token.kind for token in section.tokens).partition("power")[0]
    return kinds.partition("point")[2].count("digit")


def _candidates(code: Format, number: Decimal) -> Iterator[tuple[Section, str]]:
    """The sections that may show a number, with the sign put before it; one, but where programs differ."""
    sections = code.numbers
    if not any(section.condition for section in sections):
        at = 0 if len(sections) == 1 or number > 0 else 1 if number < 0 else len(sections) // 3 * 2
        return iter([(sections[at], "-" if number < 0 and len(sections) == 1 else "")] if sections else [])
    met = [one for one in sections if one.condition and _MEETS[one.condition[0]](number, one.condition[1])]
    chosen = met[:1] or [one for one in sections if not one.condition] or list(sections)
    return ((one, sign) for one in chosen for sign in (("-", "") if number < 0 else ("",)))


def _text(number: Decimal, code: str) -> str:
    """What is shown; where programs differ, all that may be."""
    candidates = list(_candidates(format_of(code), number))
    if any(map(_is_doubtful, (section for section, _ in candidates))):
        return "？"
    shown = dict.fromkeys(_rendered(*one, abs(number)) for one in candidates)
    return "”或“".join(shown) if shown else "？"


def _is_doubtful(section: Section) -> bool:
    """Whether programs differ in what it shows: a power on a condition, digits added to places that may be empty."""
    digits = any(token.kind == "literal" and re.search(r"\d", token.text) for token in section.tokens)
    places = any(token == Token("digit", "#") for token in section.tokens)
    return (section.kind == "power" and section.condition is not None) or (digits and places and bool(_places(section)))


def _rendered(section: Section, sign: str, amount: Decimal) -> str:
    """What a section shows of an amount; of what is not understood, a sign that reads as no number."""
    if section.kind == "power":
        return between(section.tokens, f"{amount:.{_places(section)}E}", sign)
    if section.kind == "digits":
        return f"{sign}{in_places(section.tokens, amount)}".strip()
    if section.kind == "fraction" and amount == int(amount) and amount:
        return between(section.tokens, str(int(amount)), sign)
    if section.kind in {"general", "words"}:
        shown = "".join(f"{amount.normalize():f}" if t.kind == "general" else literal(t) for t in section.tokens)
        return f"{sign if shown else ''}{shown}".strip()
    return "？"
