"""The line of every value of a TOML file, however the file is laid out."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.edition import EDITIONS
from schemas.office import OFFICES
from schemas.toml_lines import Location, _positions, line_of

FILES = [*EDITIONS.glob("*.toml"), *OFFICES.glob("*/*.toml"), EDITIONS.parent / "messages.toml"]
LAYOUTS = '''
top = "v1"   # "v2" is not here
valid = { from = "v4", to = "v5" }
a.dotted.key = "v6"
"T1.101" = "v33"

[head]
number = "v7"
words = """
v8 [[not.a.header]]
x = "nor a key"
"""
after = "v9"

[[table]]
id = "v10"
[[table.line]]
code = "v11"
[[table.line]]
code = "v12"
name = "v13, # \\"v14\\""

[[table]]
id = "v15"
[table.inner]
deep = ["v16", "v17",
  "v18"]
[[table.line]]
code = 'v19'
measures = [
"v20",  # a comment, with a comma
    # "v21"
    "v22", "v23",
]
column = [ { of = "v24", name = "v25" },
    { of = "v26", parts = ["v27", { x = "v28" },
      "v32"] },
    ["v29", ["v30"]],
]

[table.line.note]
text = "v31"
"a # key" = ["v34", "v35"]
empty = []
number = 36
'''


def values(value: object, location: Location = ()) -> Iterator[tuple[Location, object]]:
    """Every number and text, with its location."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from values(inner, (*location, key))
    else:
        yield location, value


@pytest.mark.parametrize(("location", "value"), list(values(tomllib.loads(LAYOUTS))))
def test_a_value_is_found_in_every_layout(location, value):
    line = LAYOUTS.splitlines()[line_of(LAYOUTS, location) - 1]

    assert str(value).partition(",")[0] in line or (location[-1] == "words" and line == 'words = """')


def written(value: object) -> str:
    """A value as TOML writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_value_of_our_own_files_stands_on_its_line(path: Path):
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    positions = _positions(text)

    for location, value in values(tomllib.loads(text)):
        line = lines[positions[location] - 1]
        assert written(value) in line or line.endswith('"""'), location
