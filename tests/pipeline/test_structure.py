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
STAGES = (
    "intake",
    "validate",
    "reconcile",
    "plausibility",
    "ledger",
    "facts",
    "rollup",
    "revise",
    "assessment",
    "publish",
    "returned",
    "proof",
)
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


def stage_of(path: Path) -> str:
    return path.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py")


def test_schemas_import_nothing_from_the_pipeline():
    for path in (path for path in SOURCES if path.is_relative_to(ROOT / "schemas")):
        assert [name for name in imports(path) if name.partition(".")[0] == "pipeline"] == [], path


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_imports_another(stage):
    own = [p for p in SOURCES if p.is_relative_to(ROOT / "pipeline") and stage_of(p) == stage]
    others = {f"pipeline.{other}" for other in STAGES if other != stage}

    assert own, f"there is no stage {stage}"
    for path in own:
        imported = {".".join(name.split(".")[:2]) for name in imports(path)}
        assert not imported & others, path


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_knows_the_order_of_the_run(stage):
    own = [p for p in SOURCES if p.is_relative_to(ROOT / "pipeline") and stage_of(p) == stage]

    assert not [path for path in own if {"pipeline.run", "pipeline.cli"} & set(imports(path))]


@cache
def names_of_the_office() -> set[str]:
    """What only the office's lists and its editions may say: units, channels, categories, lines."""
    codes = [*OFFICE.units, *(code for codes in OFFICE.codes.values() for code in codes)]
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
