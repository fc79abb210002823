"""A person's name in an applicant's place: known by the words around it, for names themselves cannot be listed."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.values.leaks import Hit
from schemas.leaks import PersonKind, leaks

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_AS = "(?:的?(?:姓名|名字|名称)|本人)?(?:为|是|系|叫)?"  # what may stand between the place and the name
_GAP = r"[\s:：,，;；(（\[【《<“\"'、\-—]{0,3}"


class _Ways(NamedTuple):
    """How a name is found: after a place, and in front of words."""

    kind: PersonKind
    after: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def ways() -> tuple[_Ways, ...]:
    """What finds names, of each kind of place."""
    return tuple(_ways(kind) for kind in leaks().kinds if isinstance(kind, PersonKind))


def _ways(kind: PersonKind) -> _Ways:
    given = rf"(?:(?![{kind.given_never}])[{HAN}×*xX])"
    of_one = rf"(?:{_any(kind.compound)}|[{kind.surnames}])\s?{given}"
    dotted = rf"[{HAN}]{{1,10}}(?:[·•・][{HAN}]{{1,10}}){{1,3}}"
    ends = rf"(?=$|[^{HAN}]|{_any(kind.follows)})"
    name = rf"(?P<name>{dotted}|{of_one}{given}{ends}|{of_one}{ends})"
    after = rf"(?:{_any(kind.before)}){_AS}{_GAP}{name}"
    start = rf"(?:^|(?<=[^{HAN}A-Za-z])|{_any(kind.starts)})"
    many = r"(?:\s?等\s?\d{0,3}[一二三四五六七八九十两多几]{0,3}(?:人|户|名)?)?"
    front = rf"(?P<name>{dotted}|{of_one}{given}|{of_one}){many}\s?[关就]?于?(?={_any(kind.behind)})"
    return _Ways(kind, re.compile(after), re.compile(rf"{start}[“\"《(（]?{front}"))


def _any(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def find_persons(text: str) -> Iterator[Hit]:
    """The names in a text, each occurrence of them."""
    for kind, *patterns in ways():
        names = {found["name"] for pattern in patterns for found in pattern.finditer(text)}
        for name in sorted(names):
            secret = re.sub(r"\s", "", name)
            if secret in kind.ordinary:
                continue
            for found in re.finditer(re.escape(name), text):
                yield Hit(kind.id, kind.name, secret, *found.span(), kind.shown)
