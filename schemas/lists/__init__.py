"""What a new office's code lists begin with: no office's own, for its own to be written over them."""

import tomllib
from pathlib import Path

from schemas.codes import Code
from schemas.reading import read_text
from schemas.written_lists import read_list

_HERE = Path(__file__).parent


def title_of(name: str) -> str:
    """What a code list is called in the office's language; its id where that is not known."""
    titles = tomllib.loads(read_text(_HERE / "lists.toml"))
    return str(titles.get(name, name))


def usual(name: str) -> tuple[Code, ...]:
    """What a code list begins with; none where nothing is usual."""
    path = _HERE / f"{name}.csv"
    return tuple(row for _, row in read_list(path, Code)) if path.exists() else ()
