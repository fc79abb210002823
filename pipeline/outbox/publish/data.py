"""The data files beside the workbook: one value, finding, difference or return a row."""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.outbox.publish import package
from pipeline.tables.outcome import Outcome
from pipeline.tables.printed import printed
from pipeline.values.files import write_text, write_whole
from pipeline.values.findings import to_frame
from schemas import frames, reports
from schemas.exact import as_table, as_text

if TYPE_CHECKING:
    import pandas as pd
    from pandera.pandas import DataFrameModel


_FORMULA = re.compile(r"[=@\t\r]|[+\-](?!\d+(\.\d+)?$)")
LEVELS = ("must", "verify")


def write_data(folder: Path, outcome: Outcome) -> list[Path]:
    """The data files as CSV (UTF-8 with BOM); facts as Parquet too, which alone has the numbers not asked."""
    changes = (*outcome.revisions.changes, *outcome.closed.changes)
    moved = (*outcome.revisions.moved, *outcome.closed.moved)
    tables = {
        "findings": to_frame(outcome.findings),
        "questions": to_frame(outcome.questions),
        "reconciliation": _rows(outcome.differences, frames.Reconciliation),
        "returns": outcome.returns,
        "revisions": _rows(changes, reports.Revisions),
        "printed": printed(outcome.tables),
        "ripple": _rows(moved, reports.Ripple),
        "rulings": _rulings(outcome),
        "replies": _rows(outcome.replies, reports.Replies),
        "receipts": outcome.receipts,
        "changes": outcome.amended,
        "assessment": _assessed(outcome),
        "rules": _rows(outcome.rules, reports.Rules),
        "lines": frames.frame_of(reports.Lines, package.lines(outcome)),
        "units": frames.frame_of(reports.Units, package.units(outcome)),
    }
    written = [_csv(folder / f"register_{table}.csv", items) for table, items in outcome.items.items()]
    facts = outcome.facts
    written += [_csv(folder / "facts.csv", as_text(_asked(facts))), _parquet(folder / "facts.parquet", facts)]
    written += [_csv(folder / f"{name}.csv", frame) for name, frame in tables.items()]
    return [*written, package.write_package(folder, outcome, written)]


def write_run(path: Path, outcome: Outcome) -> Path:
    """run.json: what the run came to, in figures; nothing that differs from run to run."""
    return write_text(path, json.dumps(summary(outcome), ensure_ascii=False, indent=2) + "\n")


def summary(outcome: Outcome) -> dict[str, Any]:
    """The run in figures, as run.json and --json give it."""
    open_ = outcome.open_findings
    return {
        "year": outcome.year,
        "through": str(outcome.months[-1]),
        "as_of": outcome.as_of.isoformat(),
        "office": outcome.office.settings.id,
        "edition": outcome.form.edition.id,
        "ready": outcome.ready,
        "verdict": outcome.verdict,
        "headline": {name: answer.shown(quantity) for name, answer, quantity in outcome.headline},
        "coverage": asdict(outcome.coverage),
        "files": len(outcome.sizes),
        "files_outside": outcome.outside,
        "facts": len(_asked(outcome.facts)),
        "findings": {"all": len(outcome.findings), **{level: sum(f.level == level for f in open_) for level in LEVELS}},
        "differences": len(outcome.open_differences),
        "not_judged": sum(outcome.not_judged.values()),
        "first_things": outcome.first_things(),
        "questions": len(outcome.open_questions),
        "first_questions": [outcome.todo(question) for question in outcome.first_questions],
        "fingerprint": outcome.fingerprint,
        "versions": dict(outcome.versions),
    }


def _rulings(outcome: Outcome) -> "pd.DataFrame":
    """Every ruling that could be read, each that is no longer obeyed with the reason."""
    frame = _rows((*outcome.rulings.every, *outcome.rulings.expired), reports.Rulings)
    return frame.assign(lapsed=[outcome.lapsed.get(int(row), "") for row in frame["row"]])


def _assessed(outcome: Outcome) -> "pd.DataFrame":
    peers = ("on_time_rate", "first_right_rate", "breadth", "days")
    rows = [
        {"period": str(outcome.year), **vars(unit), "peers": unit.peers.units}
        | {f"peers_{name}": getattr(unit.peers, name) for name in peers}
        for unit in outcome.assessed
    ]
    return frames.frame_of(reports.Assessment, rows)


def _rows(items: Sequence[object], model: "type[DataFrameModel]") -> "pd.DataFrame":
    """Values as a frame of a model, a row each: its columns are their attributes, "" or NA where one has none.

    Columns that the model calls exact are steps of the value's ``quantity``, told in its unit.
    """
    columns_of = model.to_schema().columns
    texts = {name for name, column in columns_of.items() if str(column.dtype.type) == "str"}
    exact = {name for name, column in columns_of.items() if (column.metadata or {}).get("exact")}
    columns = [(name, _exact if name in exact else _told, name in texts) for name in columns_of]
    rows = ([_cell(take(item, name), text=text) for name, take, text in columns] for item in items)
    return frames.frame_of(model, rows)


def _cell(value: object, *, text: bool) -> object:
    return ("" if value is None else str(value)) if text else value


def _told(item: Any, name: str) -> object:
    return getattr(item, name, None)


def _exact(item: Any, name: str) -> str | None:
    steps = getattr(item, name, None)
    return None if steps is None else str(item.quantity.exact(steps))


def _asked(facts: "pd.DataFrame") -> "pd.DataFrame":
    """The facts of which a number was asked."""
    return facts[facts["cell_state"] != "not_applicable"]


def _parquet(path: Path, facts: "pd.DataFrame") -> Path:
    from pyarrow import parquet

    return write_whole(path, lambda temporary: parquet.write_table(as_table(facts), temporary))


def _csv(path: Path, frame: "pd.DataFrame") -> Path:
    """Write a table; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    safe = frame.copy()
    for column in map(str, frame.select_dtypes("str").columns):
        texts = frame[column]
        odd = [text for text in texts.unique() if _FORMULA.match(str(text))]
        safe[column] = texts.mask(texts.isin(odd), "'" + texts) if odd else texts
    return write_whole(path, lambda temporary: temporary.write_bytes(BOM_UTF8 + _as_csv(safe)))


def _as_csv(frame: "pd.DataFrame") -> bytes:
    """The table as CSV; by Arrow, which is ten times as quick, where no value has to be quoted."""
    import pyarrow as pa
    from pyarrow import csv

    out = pa.BufferOutputStream()
    try:
        csv.write_csv(pa.Table.from_pandas(frame, preserve_index=False), out, csv.WriteOptions(quoting_style="none"))
    except pa.ArrowInvalid:
        return frame.to_csv(index=False, lineterminator="\r\n").encode()
    head, _, body = out.getvalue().to_pybytes().partition(b"\n")
    return b"\r\n".join([head.replace(b'"', b""), body.replace(b"\n", b"\r\n")])
