"""The folder of a release: a CSV file a table, the page, and datapackage.json with the meaning of every column."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.outbox.publish.open_release.page import page
from pipeline.outbox.publish.open_release.visible import Shown, shown
from pipeline.outbox.publish.open_release.words import cells, definitions, heads, notes
from pipeline.outbox.publish.package import PACKAGE, PROFILES
from pipeline.outbox.written import STAGE
from pipeline.tables.outcome import Outcome
from pipeline.values.files import clear, write_text

FOLDER, PAGE = "公开", "index.html"


def release(outcome: Outcome, outbox: Path, name: str) -> Path:
    """Write what the public may have of a version, an outcome that is covered and issued; its folder, whole or not.

    One that is there stays as it is.
    """
    folder = outbox / FOLDER / name
    if folder.is_dir():
        return folder
    staged = outbox / STAGE / FOLDER / name
    try:
        staged.mkdir(parents=True)
        _write(staged, outcome)
        folder.parent.mkdir(exist_ok=True)
        staged.rename(folder)
    finally:
        clear(outbox / STAGE)
    return folder


def _write(folder: Path, outcome: Outcome) -> None:
    tables = [one for table in outcome.tables if (one := shown(table, outcome.office)).is_told]
    files = {one.table.annual.id: _name(one) for one in tables}
    for one in tables:
        write_text(folder / files[one.table.annual.id], "\ufeff" + _csv(one))
    write_text(folder / PAGE, page(outcome, tables, files))
    told = _package(outcome, [(one, folder / files[one.table.annual.id]) for one in tables])
    write_text(folder / PACKAGE, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _name(one: Shown) -> str:
    from pathvalidate import sanitize_filename

    annual = one.table.annual
    return f"{sanitize_filename(f'{annual.id}_{annual.title}', '_')}.csv"


def _csv(one: Shown) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([heads(one), *(cells(one, row) for row in one.rows)])
    return out.getvalue()


def _package(outcome: Outcome, tables: list[tuple[Shown, Path]]) -> dict[str, Any]:
    """The release as Data Package v2; what stands in a cell in the place of a number is a missing value."""
    settings = outcome.office.settings
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"{settings.region_code}-{outcome.months[-1]}-open".lower(),
        "title": f"{settings.area}{outcome.span}{outcome.form.edition.report.workbook}",
        "description": f"{outcome.coverage.words}。",
        "version": outcome.fingerprint,
        "resources": [_resource(outcome, one, path) for one, path in tables],
    }


def _resource(outcome: Outcome, one: Shown, path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": f"table-{hashlib.sha256(path.name.encode()).hexdigest()[:8]}",
        "title": f"{one.table.annual.id} {one.table.annual.title}",
        "description": "\n".join(notes(outcome, one)),
        "type": "table", "path": path.name, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8-sig",
        "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": list(_fields(outcome, one)),
            "missingValues": ["", "—", "当时未列", "未填", "待核实", "退回", "未报"],
        },
    }  # fmt: skip


def _fields(outcome: Outcome, one: Shown) -> Iterator[dict[str, Any]]:
    told = {definition.name: definition for definition in definitions(outcome, one)}
    names = heads(one)
    columns = [None, *one.table.columns, *([] if one.table.is_whole else [None])]
    for name, column in zip(names, columns, strict=True):
        field: dict[str, Any] = {"name": name, "type": "number" if column else "string"}
        if column and column.name in told:
            field["description"] = f"{told[column.name].counts}，计量单位：{column.unit}"
        yield field
