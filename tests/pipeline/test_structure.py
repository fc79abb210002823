"""How the code is laid out, read from its source: imports point one way, no name of the office stands in it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import pipeline
import schemas
from schemas.forms import forms_of
from schemas.office import read_office

ROOT = Path(schemas.__file__).parent.parent
SOURCES = sorted(path for package in (schemas, pipeline) for path in Path(package.__file__).parent.rglob("*.py"))
# What each room of pipeline/ may import, the rooms from the counter down. A new arrow is written here, with thought.
ARROWS = {
    "desk": {"story", "outbox", "tables", "proof", "ledger", "intake", "judge", "paper", "values"},
    "story": {"outbox", "tables", "ledger", "intake", "judge", "values"},
    "outbox": {"tables", "ledger", "intake", "judge", "paper", "values"},
    "tables": {"ledger", "judge", "values"},
    "proof": {"judge", "values"},
    "ledger": {"paper", "values"},
    "intake": {"judge", "paper", "values"},
    "judge": {"values"},
    "paper": {"values"},
    "values": set(),
}
OFFICE = read_office()
ORDINARY = {"其他"}  # a category's name, and a word like any other


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, those inside functions and for type checking too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_of(room: str) -> set[str]:
    """The other rooms that a room imports from."""
    own = (ROOT / "pipeline" / room).rglob("*.py")
    parts = (name.split(".") for path in own for name in imports(path))
    return {part[1] for part in parts if part[0] == "pipeline" and len(part) > 1 and part[1] in ARROWS} - {room}


def test_schemas_import_nothing_from_the_pipeline():
    for path in (path for path in SOURCES if path.is_relative_to(ROOT / "schemas")):
        assert [name for name in imports(path) if name.partition(".")[0] == "pipeline"] == [], path


def test_every_module_lies_in_a_room():
    found = {path.relative_to(ROOT / "pipeline").parts[0] for path in SOURCES if path.is_relative_to(ROOT / "pipeline")}

    assert found == {*ARROWS, "__init__.py"}


def test_no_arrow_points_upwards():
    floors = list(ARROWS)

    assert [(a, b) for a, below in ARROWS.items() for b in below if floors.index(b) <= floors.index(a)] == []


@pytest.mark.parametrize("room", ARROWS)
def test_a_room_imports_just_what_the_table_allows(room):
    assert rooms_of(room) == ARROWS[room]


@pytest.mark.parametrize("room", ["outbox", "tables", "proof", "ledger", "intake", "judge", "paper", "values"])
def test_only_the_desk_and_the_story_know_the_order_of_the_run(room):
    assert not rooms_of(room) & {"desk", "story"}


@cache
def names_of_the_office() -> set[str]:
    """What only the office's lists and its editions may say: units, channels, categories, lines."""
    codes = [code for codes in OFFICE.codes.values() for code in codes]
    lines = {entry.name for form in forms_of(OFFICE) for entry in form.entries.values()}
    labels = {entry.label for form in forms_of(OFFICE) for entry in form.entries.values()}
    named = {name for code in codes for name in (code.name, code.short, *code.aliases)}
    return (named | lines | labels) - ORDINARY


def test_no_code_names_a_unit_a_channel_a_category_or_a_line():
    texts = {path: path.read_text("utf-8") for path in SOURCES}

    assert [(path, name) for path, text in texts.items() for name in names_of_the_office() if name in text] == []


def test_files_are_short():
    assert [path for path in SOURCES if len(path.read_text("utf-8").splitlines()) > 250] == []


def test_functions_are_short():
    functions = [
        (path, node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]

    assert [(path, f.name) for path, f in functions if (f.end_lineno or 0) - f.lineno + 1 > 45] == []
