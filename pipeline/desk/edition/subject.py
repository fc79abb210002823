"""The edition that is looked into, and what is found about it: each thing with the line of the file where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.desk.edition.beside import stop_beside
from schemas.document import Document, read_document
from schemas.form import Form
from schemas.forms import path_of, read_draft, read_form
from schemas.mistake import CannotRun
from schemas.office import Office
from schemas.rules.terms import Statement
from schemas.toml_lines import Location, line_of

MUST, HEED = "必须改", "请留意"


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing about an edition: where it stands, what is so, what to do; of level 必须改 or 请留意."""

    level: str
    file: str
    line: int
    what: str
    remedy: str

    @property
    def words(self) -> str:
        """The whole as a sentence: where: what. What to do."""
        return f"{self.file} 第 {self.line} 行：{self.what}。{self.remedy}。"


@dataclass(frozen=True)
class Subject:
    """An edition bound to its office; ``file`` is its own, ``document`` knows the lines."""

    file: Path
    document: Document
    form: Form
    office: Office

    def concern(self, level: str, at: Location, what: str, remedy: str) -> Concern:
        """Something about what stands at a location."""
        path, text, there = self.document.origin(at)
        return Concern(level, path.name, line_of(text, there), what, remedy)

    def rule(self, name: str) -> Location:
        """Where a rule or an agreement says what must hold."""
        edition = self.form.edition
        places: dict[str, Location] = {a.id: ("agreement", n, "left") for n, a in enumerate(edition.agreements)}
        return (places | {rule.id: ("rule", n, "holds") for n, rule in enumerate(edition.rules)})[name]

    def line(self, table: str, code: str) -> Location:
        """Where a line of the form is written; of a code list's, its block; of a matrix's cell, its column."""
        entry = self.form.entries[table, code]
        n, own = next((n, t) for n, t in enumerate(self.form.edition.tables) if t.id == table)
        parts = (("line", own.lines, code), ("block", own.blocks, entry.block), ("column", own.columns, entry.column))
        for key, members, name in parts:
            names = [getattr(member, "code", getattr(member, "id", "")) for member in members]
            if name in names:
                return ("table", n, key, names.index(name))
        return ("table", n)


def subject_of(edition: str, office: Office) -> Subject:
    """The edition of that id, or in that file (.toml). Raises CannotRun, Mistake where it does not load.

    What it says of other editions must be so too.
    """
    path = Path(edition)
    if path.suffix != ".toml":
        form = read_form(edition, office)
        path = path_of(edition, office)
    elif path.exists():
        form = read_draft(path, office)
    else:
        raise CannotRun(f"找不到“{edition}”。请写表式的编号，或表式文件（.toml）的路径。")
    document = read_document(path, *office.shelves)
    stop_beside(form, document, office)
    return Subject(path, document, form, office)


def named(rules: Iterable[str]) -> str:
    """Some rules by their ids, each once."""
    return "、".join(dict.fromkeys(rules))


def ids(statements: Iterable[Statement]) -> list[str]:
    """The rules that statements belong to, each once."""
    return list(dict.fromkeys(statement.rule for statement in statements))
