"""The same bytes on every system, and a program that knows its version without being installed."""

import ast
import io
import sys
import tomllib
import zipfile
from datetime import datetime
from importlib import metadata
from pathlib import Path

import pytest

import pipeline
from pipeline.outbox.fingerprint import versions
from pipeline.outbox.publish.docx_template import fill_in
from pipeline.outbox.returned.in_front import with_sheet_in_front
from pipeline.paper.xlsx import Workbook
from pipeline.values.zips import SYSTEM, of_no_system

ROOT = Path(__file__).parents[2]


def workbook() -> bytes:
    made = io.BytesIO()
    with Workbook(made) as book:
        book.set_properties({"created": datetime(2012, 1, 31)})  # noqa: DTZ001
        book.add_worksheet("一").write_string(0, 0, "政府信息")
    return made.getvalue()


def in_front() -> bytes:
    return with_sheet_in_front(workbook(), "退回说明", workbook())


def document() -> bytes:

    import docx

    empty = io.BytesIO()
    docx.Document().save(empty)
    return fill_in(empty, {}, {}, {})


@pytest.mark.parametrize("write", [workbook, in_front, document])
@pytest.mark.parametrize("system", ["win32", "linux", "darwin"])
def test_what_we_zip_says_the_same_system_everywhere(write, system, monkeypatch):
    here = write()
    monkeypatch.setattr(sys, "platform", system)
    there = write()
    monkeypatch.undo()

    assert there == here
    with zipfile.ZipFile(io.BytesIO(there)) as archive:
        assert {part.create_system for part in archive.infolist()} == {SYSTEM}
        assert archive.testzip() is None


def test_only_the_system_changes_in_parts_with_extra_fields_and_comments():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("一", "b"):
            part = zipfile.ZipInfo(name)
            part.create_system, part.comment, part.extra = 3, b"PK\x01\x02 a comment", b"\x99\x99\x02\x00ab"
            archive.writestr(part, name)
    data = of_no_system(made.getvalue())

    changed = [n for n, (old, new) in enumerate(zip(made.getvalue(), data, strict=True)) if old != new]
    assert len(changed) == 2
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [(p.filename, p.create_system, p.comment) for p in archive.infolist()] == [
            ("一", SYSTEM, b"PK\x01\x02 a comment"), ("b", SYSTEM, b"PK\x01\x02 a comment")
        ]  # fmt: skip


def test_no_other_zip_is_written_than_through_the_one_place():
    """Whoever opens a zip for writing takes its parts from values/zips.py, or writes none of ours."""
    writers = {
        path.relative_to(ROOT / "pipeline").as_posix()
        for path in (ROOT / "pipeline").rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).endswith("ZipFile")
        and len(call.args) > 1
        and getattr(call.args[1], "value", "") == "w"
    }

    assert writers <= {
        "outbox/publish/docx_template.py",
        "outbox/returned/in_front.py",
        "desk/package/made.py",
        "intake/containers/ooxml.py",  # in memory, for its own reader
        "desk/demo/faults.py",  # a department's file, with what its own program wrote
    }


def test_the_version_stands_in_one_place_and_is_what_was_installed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    assert "version" not in project["project"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "pipeline.VERSION"}
    assert metadata.version("yuebao") == pipeline.VERSION


def test_the_version_is_known_where_the_program_is_not_installed(monkeypatch):
    installed = metadata.version

    def of_libraries(name):
        if name == "yuebao":
            raise metadata.PackageNotFoundError(name)
        return installed(name)

    monkeypatch.setattr("pipeline.outbox.fingerprint.version", of_libraries)

    assert versions()["yuebao"] == pipeline.VERSION
