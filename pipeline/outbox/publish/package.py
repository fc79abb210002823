"""datapackage.json beside the data files: what each is and each of its columns, as Data Package v2 (Frictionless).

Made from the models of the tables and the meanings of the dictionary, so that a program can read the files that nobody
explains to it: types, codes, missing values, keys, and which file a code is explained in.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.outbox.publish.columns import MEANINGS
from pipeline.tables.outcome import Outcome
from pipeline.values.files import write_text
from schemas import frames, received, reports

if TYPE_CHECKING:
    from pandera.pandas import DataFrameModel

PACKAGE = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"
MODELS: "Mapping[str, type[DataFrameModel]]" = {
    "facts": frames.Facts, "findings": frames.Findings, "questions": frames.Findings,
    "reconciliation": frames.Reconciliation, "returns": frames.Returns, "revisions": reports.Revisions,
    "printed": reports.Printed, "ripple": reports.Ripple, "rulings": reports.Rulings, "replies": reports.Replies,
    "receipts": received.Receipts, "changes": received.Changes, "assessment": reports.Assessment,
    "rules": reports.Rules, "lines": reports.Lines, "units": reports.Units,
}  # fmt: skip
TITLES = {
    "facts": "入汇的数，一行一个", "findings": "发现的问题", "questions": "与往常不同的数", "reconciliation": "对账",
    "returns": "收到的和未报的报表", "revisions": "与上报的版本不同的数", "printed": "年度表印出的每一格",
    "ripple": "随之改变的印出的数", "rulings": "办公室的处理意见", "replies": "核实单的答复", "receipts": "收件",
    "changes": "各版之间的改动", "assessment": "考核", "rules": "规则效用", "lines": "指标的代码",
    "units": "填报单位的代码",
}  # fmt: skip
KEYS = {
    "facts": ("period", "unit", "table", "line", "column", "measure", "role", "ruling"),
    "printed": ("table", "row", "column"),
    "lines": ("edition", "table", "line", "column"),
    "units": ("unit", "valid_from"),
    "assessment": ("unit", "period"),
}
REFERS = {"facts": (("edition", "table", "line", "column"), "lines")}  # whose codes are explained where
DAYS = {"received", "due", "closed", "accepted", "day", "until"}


def write_package(folder: Path, outcome: Outcome, written: Sequence[Path]) -> Path:
    """Describe the CSV files that were ``written`` to a folder."""
    told = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"{outcome.office.settings.region_code}-{outcome.months[-1]}".lower(),
        "title": f"{outcome.office.settings.area}{outcome.span}{outcome.form.edition.title}",
        "description": "每栏的意思见 description；空的格是没有，数以同一行的计量单位计。",
        "version": outcome.fingerprint,
        "resources": [_resource(path) for path in sorted(written) if path.suffix == ".csv"],
    }
    return write_text(folder / PACKAGE, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _resource(path: Path) -> dict[str, Any]:
    data, name = path.read_bytes(), path.stem
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": name.lower(),
        "title": TITLES.get(name, "台账"),
        "type": "table",
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(name, data),
    }


def _schema(name: str, data: bytes) -> dict[str, Any]:
    """The columns of a file; those of a register are known by its form alone, and are texts."""
    heads = data.decode("utf-8-sig").partition("\r\n")[0].split(",")
    model = MODELS.get(name)
    columns = model.to_schema().columns if model else {}
    told: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(head, columns.get(head)) for head in heads],
        "missingValues": [""],
    }
    if name in KEYS:
        told["primaryKey"] = list(KEYS[name])
    if name in REFERS:
        fields, there = REFERS[name]
        told["foreignKeys"] = [{"fields": list(fields), "reference": {"resource": there, "fields": list(fields)}}]
    return told


def _field(name: str, column: Any) -> dict[str, Any]:
    """A column: its type, its meaning, the codes that stand in it."""
    kind = _kind(name, column)
    told: dict[str, Any] = {"name": name, "type": kind}
    if name in MEANINGS:
        told["description"] = MEANINGS[name]
    checks = column.checks if column else ()
    codes = [list(check.statistics["allowed_values"]) for check in checks if check.name == "isin"]
    if codes:
        told["constraints"] = {"enum": codes[0]}
    if kind == "string" and name.endswith("sha256"):
        told["constraints"] = {"pattern": "[0-9a-f]{64}"}
    return told


def _kind(name: str, column: Any) -> str:
    """The type of a column. A value of a finding is what somebody wrote; elsewhere values are numbers."""
    if column is None:
        return "string"
    if (column.metadata or {}).get("exact"):
        return "number"
    if name in DAYS:
        return "date"
    kind = str(column.dtype.type).lower()
    if kind.startswith("int"):
        return "number" if name == "value" else "integer"
    return "number" if kind.startswith("float") else "boolean" if kind.startswith("bool") else "string"


def lines(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    """What every code of the facts means (reports.Lines)."""
    for form in outcome.walk.forms:
        for e in form.entries.values():
            kind, decimals = e.kind, str(e.quantity.decimals)
            yield form.edition.id, e.table, e.line, e.column, e.label, e.unit, decimals, kind


def units(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    """What every code of a unit means, and since when (reports.Units)."""
    for unit in outcome.office.units:
        for row in unit.rows:
            yield (
                row.code,
                row.name,
                row.short,
                row.kind,
                row.parent,
                row.valid_from,
                row.valid_to,
                ";".join(row.successor),
            )
