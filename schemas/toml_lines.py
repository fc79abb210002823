"""Where in a TOML file a value stands: tomllib reads values but forgets their lines."""

import re
from dataclasses import dataclass

Location = tuple[str | int, ...]

_COMMENT = r"#[^\n]*"
_TEXT = r'"""(?:\\.|[^\\])*?"""' + r"|'''.*?'''" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'"
_NAME = r"""[\w\-]+|"[^"\n]*"|'[^'\n]*'"""
_KEY = rf"(?P<key>(?:{_NAME})(?:\s*\.\s*(?:{_NAME}))*)\s*=\s*"
_VALUE = rf"(?P<value>[\[{{]|{_TEXT}|[^\s\[\]{{}},=#]+)"
_OUTSIDE = re.compile(rf"{_COMMENT}|(?P<header>\[\[?[^\]\n]*\])\]?|{_KEY}{_VALUE}", re.DOTALL)
_INSIDE = re.compile(rf"{_COMMENT}|(?:{_KEY})?{_VALUE}|(?P<sign>[\]}},])", re.DOTALL)


@dataclass(slots=True)
class _Bracket:
    """An array or an inline table that is open, and how many of its commas have gone by."""

    location: Location
    commas: int = 0


def line_of(text: str, location: Location) -> int:
    """The line (from 1) of the value at ``location``, e.g. ("table", 1, "line", 16), or of its nearest parent."""
    positions = _positions(text)
    wanted = location
    while wanted and wanted not in positions:
        wanted = wanted[:-1]
    return positions.get(wanted, 1)


def _positions(text: str) -> dict[Location, int]:
    """Every table, key and array item of a text that tomllib can read, with the line on which it starts."""
    found: dict[Location, int] = {}
    counts: dict[Location, int] = {}
    here: Location = ()
    brackets: list[_Bracket] = []
    line, last, end = 1, 0, 0
    while token := (_INSIDE if brackets else _OUTSIDE).search(text, end):
        line += text.count("\n", last, token.start())
        last, end = token.span()
        if header := token.groupdict().get("header"):
            here = _enter(_names(header), header.startswith("[["), counts)
            found[here] = line
        elif location := _start(token, here, brackets):
            found[location] = line
    return found


def _start(token: re.Match[str], here: Location, brackets: list[_Bracket]) -> Location | None:
    """The location of the value that starts at a token, if one does. Brackets are opened and closed on the way."""
    inside = brackets[-1] if brackets else _Bracket(here)
    part = token.groupdict()
    if part["value"]:
        location = (*inside.location, *(_names(part["key"]) if part["key"] else [inside.commas]))
        if part["value"] in "[{":
            brackets.append(_Bracket(location))
        return location
    if part.get("sign") == ",":
        inside.commas += 1
    elif part.get("sign"):
        brackets.pop()
    return None


def _names(written: str) -> list[str]:
    """The names of a dotted key or of a header."""
    return [name.strip("\"'") for name in re.findall(_NAME, written)]


def _enter(names: list[str], repeated: bool, counts: dict[Location, int]) -> Location:
    """The location that a header opens: each repeated table counts on from its last one."""
    here: Location = ()
    for depth, name in enumerate(names):
        here = (*here, name)
        if depth < len(names) - 1:
            here = (*here, counts[here] - 1) if here in counts else here
        elif repeated:
            counts[here] = counts.get(here, 0) + 1
            here = (*here, counts[here] - 1)
    return here
