"""Every shipped form, written as its template and drafted back: what is compared is what the two have in common."""

import re
import tomllib
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest

from pipeline.desk.drafting import draft_of
from pipeline.desk.edition.kinds import Kind, kinds_of
from pipeline.paper.templates import Draft, Filling, Layout, Prior, Templates
from schemas.entry import TOTAL_ROW, Entry
from schemas.form import Form
from schemas.forms import read_form
from schemas.naming import CODE
from schemas.office import OFFICES, Office, read_office
from schemas.table import chosen
from tests.national.county import HERE as COUNTY

Number = tuple[str, str, str, str]  # sheet, code of its row, its name, its unit
Sum = tuple[str, str, tuple[str, ...]]  # sheet, what it is of, its parts: rows by code, columns by name


@dataclass(frozen=True)
class Case:
    """A shipped form with an office that uses it; ``untold`` are sums that its template does not tell."""

    name: str
    home: Path
    untold: set[Sum] = field(default_factory=set)

    @cached_property
    def office(self) -> Office:
        """The office."""
        return read_office(self.home)

    @cached_property
    def kind(self) -> Kind:
        """The template that asks most."""
        form = read_form(self.name, self.office)
        return max(kinds_of(form, self.office), key=lambda kind: len(kind.asked.entries))

    @property
    def asked(self) -> Form:
        """What it asks."""
        return self.kind.asked

    def numbers(self) -> Iterator[Number]:
        """Every number that is filled in or computed on a sheet."""
        sheets = {table.id: table.sheet for table in self.asked.edition.tables}
        for entry in self.asked.entries.values():
            if not entry.derived:
                code = row_of(entry) if entry.row == TOTAL_ROW or CODE.fullmatch(entry.line) else ""
                yield sheets[entry.table], code, plain(entry.name), entry.unit

    @property
    def unfit(self) -> set[str]:
        """The sheets whose codes an edition cannot have as they are printed."""
        return {sheet for sheet, code, *_ in self.numbers() if not code}


@dataclass(frozen=True)
class Drawn:
    """What a draft has of a form."""

    numbers: set[Number]
    sums: set[Sum]


def row_of(entry: Entry) -> str:
    """The code of a number's row; of a total without a code its name."""
    return entry.name.rpartition("·")[0] if entry.row == TOTAL_ROW else entry.line


def plain(name: str) -> str:
    """A name with its spaces as one."""
    return " ".join(name.split())


def written(case: Case, path: Path) -> Path:
    """The blank template."""
    kind = case.kind
    layout = Layout(case.asked)
    draft = Draft(layout, case.office, kind.unit, kind.month, Prior({}), Filling({}, {}))
    Templates(layout).write(path, draft)
    return path


def sums(asked: Form) -> set[Sum]:
    """Every sum of a form: what it computes, and what its rules say is equal to the sum of its parts."""
    sheets = {table.id: table.sheet for table in asked.edition.tables}
    found: set[Sum] = set()
    for entry in asked.entries.values():
        parts = [asked.entries[entry.table, part] for part in entry.parts]
        if entry.column and parts and parts[0].row == entry.row:
            names = tuple(part.name.rpartition("·")[2] for part in parts)
            found.add((sheets[entry.table], entry.name.rpartition("·")[2], names))
        elif parts:
            found.add((sheets[entry.table], row_of(entry), tuple(row_of(part) for part in parts)))
    for statement in asked.statements:
        claim = statement.claim
        refs = [ref for linear in (claim.left, claim.right) for ref in linear.refs]
        whole = len(claim.left.refs) == 1 and len(claim.right.refs) > 1 and claim.operator == "="
        if whole and not claim.right.constant and len({(r.table, r.measure, r.shift) for r in refs}) == 1:
            found |= _of_rule(asked, sheets, claim.left.refs[0], claim.right.refs)
    return found


def _of_rule(asked, sheets, whole, parts) -> Iterator[Sum]:
    own, others = asked.entry(whole), [asked.entry(ref) for ref in parts]
    if whole.measure != "month" or whole.shift or own.derived or own.column or own.parts:
        return set()
    if _told(own, others):
        return {(sheets[whole.table], own.line, tuple(one.line for one in others))}
    return set()


def _told(own: Entry, others: list[Entry]) -> bool:
    """Whether the parts are those that stand below it, which its template shows."""
    return all(one.parent == own.code for one in others)


def back(path: Path, unfit: Container[str] = ()) -> Drawn:
    """What the draft of a template has; rows on ``unfit`` sheets have no codes of the form."""
    numbers: set[Number] = set()
    found: set[Sum] = set()
    value = tomllib.loads(draft_of(path))
    for table in value["table"]:
        sheet = table["sheet"]
        rows = [row for row in table.get("row", ()) if not row.get("heading")]
        numbers |= {(sheet, line["code"], line["name"], line["unit"]) for line in table.get("line", ())}
        for row in rows:
            code = row["name"] if re.fullmatch(r"s\d+", row["code"]) else "" if sheet in unfit else row["code"]
            numbers |= {(sheet, code, f"{row['name']}·{c['name']}", c["unit"]) for c in table["column"]}
        found |= set(_sums(sheet, table))
    for rule in value.get("rule", ()):
        found |= set(_equal(value, rule["holds"]))
    return Drawn(numbers, found)


def _sums(sheet: str, table: dict) -> Iterator[Sum]:
    for key in ("line", "row", "column"):
        parts = table.get(key, []) if table["shape"] != "register" else []
        codes = [part["code"] for part in parts]
        told = {
            p["code"]: p["name"] if key == "column" or re.fullmatch(r"s\d+", p["code"]) else p["code"] for p in parts
        }
        passed = {part["code"] for part in parts if "sum" in part or part.get("heading")}
        for part in (part for part in parts if "sum" in part):
            of = [part["sum"]] if isinstance(part["sum"], str) else part["sum"]
            yield sheet, told[part["code"]], tuple(told[code] for code in chosen(of, codes, passed))


def _equal(value: dict, holds: str) -> Iterator[Sum]:
    """The parts of a rule about a list: T1.10 = sum(T1.11..16), T1.33 = sum(T1.331..334, T1.335)."""
    match = re.fullmatch(r"(\w+)\.(\w+) = (?:sum\()?([^()]*)\)?", holds)
    table = next((t for t in value["table"] if match and t["id"] == match[1]), None)
    if table and "line" in table and match:
        codes = [line["code"] for line in table["line"]]
        pieces = [piece.strip().removeprefix(f"{table['id']}.") for piece in re.split(r"[,+]", match[3])]
        yield table["sheet"], match[2], chosen(pieces, codes)


SHIPPED = [(office, name) for office in (*sorted(OFFICES.iterdir()), COUNTY / "office")
           for name in read_office(office).settings.editions]  # fmt: skip
TEMPLATES = [
    pytest.param(Case(name, home), id=name, marks=[pytest.mark.slow] if name == SHIPPED[0][1] else [])
    for home, name in SHIPPED
]
