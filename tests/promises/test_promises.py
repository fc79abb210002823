"""SECURITY.md: each promise names a test that is there, licences are those of what is installed, hashes are whole."""

import ast
import re

import pytest
from packaging.requirements import Requirement

from tests.promises import LOCK, PAGE, ROOT, WINDOWS_ALONE, licences, pins, runtime

TEXT = PAGE.read_text("utf-8")
PROMISES = re.findall(r"^\| (.+?) \| `(tests/[\w/]+\.py)::(\w+)`", TEXT, re.MULTILINE)
MAY_BE_HANDED_ON = ("MIT", "BSD", "Apache", "ISC", "PSF", "LGPL", "MPL", "HPND", "Python", "Zlib")


def test_there_are_promises():
    assert len(PROMISES) > 20


@pytest.mark.parametrize(("promise", "path", "name"), PROMISES, ids=[name for *_, name in PROMISES])
def test_the_test_that_shows_a_promise_is_there(promise, path, name):
    tree = ast.parse((ROOT / path).read_text("utf-8"))

    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, promise


def test_no_promise_is_made_without_a_test():
    section = TEXT.partition("## What is promised")[2].partition("\n## ")[0]
    rows = [
        line for line in section.splitlines() if line.startswith("| ") and not line.startswith(("| promise", "|---"))
    ]

    assert len(rows) == len(PROMISES)


def test_the_licences_are_those_of_what_is_installed():
    rows = list(licences())[2:]

    assert [row for row in rows if row not in TEXT.splitlines()] == []
    assert set(runtime()) - set(WINDOWS_ALONE) <= {row.split(" | ")[0].removeprefix("| ") for row in rows}


def test_every_licence_lets_the_program_be_handed_on():
    rows = [line.split(" | ") for line in licences()][2:]

    assert [row for row in rows if not any(one in row[-1] for one in MAY_BE_HANDED_ON)] == []


def test_everything_that_runs_is_pinned_with_its_hashes():
    text = LOCK.read_text("utf-8")
    entries = re.findall(
        r"^([\w.-]+)==(\S+)(.*?)\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE
    )
    named = {Requirement(name).name.lower().replace("_", "-").replace(".", "-"): number for name, number, *_ in entries}

    assert sorted(named) == runtime()
    assert {f"{name}=={number}".lower() for name, number, *_ in entries} == {pins()[one].lower() for one in runtime()}
    assert text.count("==") - text.count(' == "win32"') == len(entries)
