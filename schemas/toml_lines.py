"""Where in a TOML file a value stands: tomllib reads values but forgets their lines."""

import re

Location = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.\-]+)\s*\]?\]")
_KEY = re.compile(r"^\s*([\w\-]+)\s*=")
_ITEM = re.compile(r"^\s+[\{\"'\d]")


def line_of(text: str, location: Location) -> int:
    """The line (from 1) of the value at ``location``, e.g. ("table", 1, "line", 16, "code"), or of its nearest parent."""
    positions = _positions(text)
    wanted = location
    while wanted and wanted not in positions:
        wanted = wanted[:-1]
    return positions.get(wanted, 1)


def _positions(text: str) -> dict[Location, int]:
    """Every table, key and array item that starts a line, with that line."""
    found: dict[Location, int] = {}
    counts: dict[Location, int] = {}
    here: Location = ()
    array: Location = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            here = array = _enter(header[1], line.lstrip().startswith("[["), counts)
            found[here] = number
        elif key := _KEY.match(line):
            array = (*here, key[1])
            found[array] = number
            counts[array] = 0
        elif _ITEM.match(line) and array:
            found[(*array, counts.get(array, 0))] = number
            counts[array] = counts.get(array, 0) + 1
    return found


def _enter(name: str, repeated: bool, counts: dict[Location, int]) -> Location:
    """The location that a header opens: each repeated table counts on from its last one."""
    here: Location = ()
    parts = name.split(".")
    for depth, part in enumerate(parts):
        here = (*here, part)
        if depth < len(parts) - 1:
            here = (*here, counts[here] - 1) if here in counts else here
        elif repeated:
            counts[here] = counts.get(here, 0) + 1
            here = (*here, counts[here] - 1)
    return here


