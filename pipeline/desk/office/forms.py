"""The forms that a new office can choose, what they ask of its lists, and forms of its own where they must differ."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from schemas.document import read_document, validated
from schemas.edition import EDITIONS, Edition
from schemas.office import OF_UNITS
from schemas.period import WORDS
from schemas.table import Table

_NAMES = {1: "yuebao", 3: "jibao", 6: "bannianbao", 12: "nianbao"}  # what a form of the office's own is called
_NAMED = re.compile(r"([A-Za-z][A-Za-z0-9]*)\.([A-Za-z0-9_]+)")
_PARTS = {
    "rule": "rules",
    "agreement": "agreements",
    "sentence": "sentences",
    "schedule": "schedules",
    "annual": "annual",
}


def offered() -> dict[str, Edition]:
    """The forms that are shipped, by their id, those first that are no difference from another."""
    paths = sorted(EDITIONS.glob("*.toml"))
    own = {path: "extends" in path.read_text("utf-8").split("\n[")[0] for path in paths}
    return {path.stem: validated(read_document(path), Edition) for path in sorted(paths, key=lambda p: own[p])}


def usual_forms(forms: dict[str, Edition], month: str) -> list[str]:
    """Of each period the form that holds in that month, else the last that did.

    A difference from another form is a choice, unless it holds where the other does not.
    """
    last: dict[int, Edition] = {}
    for name, form in forms.items():
        bases = [forms[base] for base in _bases(name)]
        if bases and (month not in form.valid or any(month in base.valid for base in bases)):
            continue
        best = last.get(form.length)
        if best is None or _rank(form, month) > _rank(best, month):
            last[form.length] = form
    return [last[length].id for length in sorted(last)]


def _bases(name: str) -> list[str]:
    """The shipped forms that one is a difference from."""
    return [path.stem for path in read_document(EDITIONS / f"{name}.toml").files if path.stem != name]


def _rank(form: Edition, month: str) -> tuple[bool, str]:
    return month in form.valid, form.valid.first or ""


def told(form: Edition) -> str:
    """A form in a line: id, title, period and months."""
    span = f"{form.valid.first or ''}—{form.valid.last or ''}"
    return f"{form.id}  {form.title}（{WORDS[form.length]}，{span}）"


def lists_of(forms: Sequence[Edition]) -> list[str]:
    """The code lists that forms name and that the office keeps."""
    names = (name for form in forms for table in form.tables for name in _of_table(table))
    own = {name for form in forms for name in form.lists}
    return [name for name in dict.fromkeys(names) if name != OF_UNITS and name not in own]


def _of_table(table: Table) -> Iterator[str]:
    yield from (block.codes for block in table.blocks)
    yield from (field.codes for field in table.fields if field.codes)
    yield from filter(None, (table.rows, table.columns_from))


def duties_of(forms: Sequence[Edition]) -> dict[str, str]:
    """The duties that forms speak of, each with what it is asked."""
    found: dict[str, list[str]] = {}
    for table in (table for form in forms for table in form.tables):
        for duty, name in _with_duties(table):
            found.setdefault(duty, []).append(name)
    return {duty: "；".join(dict.fromkeys(names)) for duty, names in found.items()}


def _with_duties(table: Table) -> Iterator[tuple[str, str]]:
    yield from ((line.duty, line.name) for line in table.lines if line.duty)
    yield from ((row.duty, row.name) for row in table.own_rows if row.duty)


def own_form(form: Edition, month: str, *, alone: bool) -> tuple[str, str]:
    """A form's id for an office that begins in that month, and the text of its own; "" where it will do as it is.

    Of its own where the form has ended by then, or where it names single codes of lists that are the office's to keep:
    what does so is left out, for 102 is another channel there. ``alone`` no other follows it, so that it has no end.
    """
    ended = bool(form.valid.last and form.valid.last < month)
    endless = bool(form.valid.last and alone)
    tied = {key: [entry.id for entry in getattr(form, name) if _tied(entry, form)] for key, name in _PARTS.items()}
    printed = [entry.code for entry in form.report.printed if _tied(entry, form)]
    if not ended and not printed and not any(tied.values()):
        return form.id, ""
    name = f"{_NAMES[form.length]}-{month[:4]}"
    gone = {key: ids for key, ids in tied.items() if ids}
    spoken = form.report.templates and (gone.get("sentence") or gone.get("schedule"))  # templates ask for them by id
    lines = [
        f"# 以 {form.id} 为底，从 {month} 起用。without 里的规则、句子和数只对那里的代码表成立，这里不用。",
        f'id = "{name}"',
        f'extends = "{form.id}"',
        f'valid = {{ from = "{max(month, form.valid.first or "")}" }}',
        *(["", "[report]", 'templates = ""'] if spoken else []),
        "",
        "[without]",
        *(['valid = ["to"]'] if endless else []),
        *(f"{key} = {_array(ids)}" for key, ids in gone.items()),
        *(["", "[without.report]", f"printed = {_array(printed)}"] if printed else []),
    ]
    return name, "\n".join(lines) + "\n"


def _array(names: Sequence[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


def _tied(entry: BaseModel, form: Edition) -> bool:
    """Whether an entry names a single code of a list that the office keeps."""
    tables = {table.id: table for table in form.tables}
    named = (
        (tables[found[1]], found[2]) for text in _texts(entry) for found in _NAMED.finditer(text) if found[1] in tables
    )
    return any(any(_of_table(table)) and name not in _own(table) for table, name in named)


def _own(table: Table) -> set[str]:
    """What may be named in a table without naming a code of a list."""
    blocks = {name for block in table.blocks for name in (block.id, block.total)}
    columns = {column.code for column in table.columns} | {field.code for field in table.fields}
    rows = {line.code for line in table.lines} | {row.code for row in table.own_rows}
    cells = {f"{row}_{column}" for row in rows for column in columns}
    return blocks | columns | rows | cells | {f"total_{column}" for column in columns} | {"rows"}


def _texts(value: Any) -> Iterator[str]:
    """Every text in an entry."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from (text for _, part in value for text in _texts(part))
    elif isinstance(value, tuple | list):
        yield from (text for part in value for text in _texts(part))
