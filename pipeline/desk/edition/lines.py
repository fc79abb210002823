"""The lines of a form: those that nothing uses, ranges that pass one over, names that changed without a word."""

import re
from collections.abc import Iterator
from contextlib import suppress

from pipeline.desk.edition.subject import HEED, MUST, Concern, Subject, named
from schemas.by_months import shorter_of
from schemas.counted import ROW
from schemas.entry import Entry
from schemas.family import Family
from schemas.form import Form
from schemas.forms import read_draft, read_form
from schemas.mistake import CannotRun, nearest
from schemas.office import DUTIES
from schemas.table import GridRow, Line
from schemas.toml_lines import Location

_RANGE = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\.(?:(\w+)\.\.(\w+)|\*)(?::(\w+))?")

Key = tuple[str, str]


def lines(subject: Subject) -> Iterator[Concern]:
    """What is to be said of the lines, in the order of the form."""
    yield from _unused(subject)
    yield from _passed_over(subject)
    yield from _renamed(subject)
    yield from _of_nobody(subject)
    yield from _told_by_none(subject)


def _of_nobody(subject: Subject) -> Iterator[Concern]:
    """Lines for units with a duty that no unit has, lines and rows for units of a kind that none is."""
    duties = subject.office.duties
    kinds = list(dict.fromkeys(row.kind for unit in subject.office.units for row in unit.rows))
    for t, table in enumerate(subject.form.edition.tables):
        asking: list[tuple[str, int, Line | GridRow]] = [("line", n, line) for n, line in enumerate(table.lines)]
        for key, n, part in (*asking, *(("row", n, row) for n, row in enumerate(table.own_rows))):
            for kind in (kind for kind in part.kinds if kind not in kinds):
                what = f"“{part.name}”问类别是“{kind}”的单位，名录里没有这一类，{nearest(kind, kinds)}"
                remedy = "写错的请改 kinds；以后才有这类单位的不用改"
                yield subject.concern(HEED, ("table", t, key, n, "kinds"), what, remedy)
        for n, line in enumerate(table.lines):
            if line.duty and not duties.get(line.duty):
                what = f"“{line.name}”只问有职责“{line.duty}”的单位，现在没有单位有这项职责，没有人会填"
                near = "" if line.duty in duties else f"，{nearest(line.duty, duties)}"
                remedy = f"有的请写进 {subject.office.file_of(DUTIES)}{near}"
                yield subject.concern(HEED, ("table", t, "line", n, "duty"), what, remedy)


def _told_by_none(subject: Subject) -> Iterator[Concern]:
    """What is said to be told by months, where the office has no form by which it could be."""
    told = next((entry for entry in subject.form.entries.values() if entry.from_months), None)
    if told and not shorter_of(_in_use(subject), subject.form):
        what = f"“{told.label}”等写了由较短的表式（{told.from_months}）推出，这个办公室没有同时在用的，都要单位自己填"
        remedy = "要预填的，把按月（季）的表式写进 office.toml 的 editions；不要的不用改"
        yield subject.concern(HEED, subject.line(told.table, told.code), what, remedy)


def _in_use(subject: Subject) -> list[Form]:
    """The office's other forms that load."""
    found = []
    for name in subject.office.settings.editions:
        with suppress(CannotRun):
            found.append(read_form(name, subject.office))
    return [form for form in found if form.edition.id != subject.form.edition.id]


def _texts(form: Form) -> Iterator[tuple[Location, str]]:
    """Everything in the rule language that judges, compares or prints lines."""
    edition = form.edition
    yield from ((("rule", n, "holds"), rule.holds) for n, rule in enumerate(edition.rules))
    for n, agreement in enumerate(edition.agreements):
        yield from ((("agreement", n, side), getattr(agreement, side)) for side in ("left", "right"))
    for n, annual in enumerate(edition.annual):
        columns = ((c, text) for c, column in enumerate(annual.columns) for text in (column.of, column.over))
        yield from ((("annual", n, "column", c), text) for c, text in columns if text)
        if annual.lines:
            yield ("annual", n, "lines"), annual.lines
        if annual.table:
            yield ("annual", n, "table"), f"{annual.table}.*"


def _unused(subject: Subject) -> Iterator[Concern]:
    """Lines that no rule holds against another, and that stand in no agreement and no annual table."""
    form = subject.form
    used = set(_used(form))
    told: dict[Location, list[Entry]] = {}
    for key, entry in form.entries.items():
        if entry.is_input and key not in used:
            told.setdefault(subject.line(*key), []).append(entry)
    for at, entries in told.items():
        names = named(f"“{entry.label}”（{entry.table}.{entry.code}）" for entry in entries[:3])
        more = f"等 {len(entries)} 行" if len(entries) > 3 else ""
        what = f"{names}{more}填了没有用处：没有规则、核对和年度表用到"
        yield subject.concern(HEED, at, what, "要汇总的请加进年度表；不要的请从表式里删去")


def _used(form: Form) -> Iterator[Key]:
    """The lines that a rule compares with others, an agreement speaks of, or an annual table prints."""
    for statement in form.judged:
        keys = {(ref.table, ref.line) for ref in statement.refs}
        yield from keys if len(keys) > 1 or not statement.claim.right.refs else ()
    for agreement in form.edition.agreements:
        if agreement.mode == "owner":
            yield from ((entry.table, entry.code) for entry in form.table(agreement.right))
        if agreement.mode != "months":
            yield from _named_by(form, agreement.left)
    for annual in form.edition.annual:
        codes = [code.code for code in form.codes[annual.codes]] if annual.codes else [""]
        for text in (text for column in annual.columns for text in (column.of, column.over) if text):
            yield from (key for code in codes for key in _named_by(form, text.replace(ROW, code)))
        yield from _named_by(form, annual.lines) if annual.lines else ()
        yield from ((entry.table, entry.code) for entry in form.table(annual.table))


def _named_by(form: Form, text: str) -> Iterator[Key]:
    for linear in form.expression(text):
        for ref in linear.refs:
            yield ref.table, ref.line
            yield from ((ref.table, part) for part in form.entry(ref).parts)


def _passed_over(subject: Subject) -> Iterator[Concern]:
    """Ranges that pass over a part of the same line, a code that lies between, a line without 本年累计."""
    for at, text in _texts(subject.form):
        for table, first, last, measure in _RANGE.findall(text):
            own = "month" if measure in {"", "period"} else measure  # a period's own number, whatever it is called
            beside = _beside(subject.form, table, first, last, own)
            if beside:
                written = f"{table}.{f'{first}..{last}' if first else '*'}{f':{measure}' if measure else ''}"
                names = named(f"“{entry.label}”（{entry.code}）" for entry in beside)
                what = f"“{written}”没有包括 {names}"
                yield subject.concern(HEED, at, what, "应包括的请把这几行挪到一起，或在后面用 + 加上；不应包括的不用改")


def _beside(form: Form, table: str, first: str, last: str, measure: str) -> list[Entry]:
    entries = [e for e in form.table(table) if not e.derived]
    if not first:
        return [e for e in entries if e.is_input and measure not in e.measures]
    codes = [e.code for e in entries]
    if first not in codes or last not in codes:
        return []
    inside = entries[codes.index(first) : codes.index(last) + 1]
    parents = {e.parent for e in inside}
    parent = parents.pop() if len(parents) == 1 else ""
    found = []
    for entry in entries:
        between = len(entry.code) == len(first) == len(last) and first < entry.code < last
        lacks = entry in inside and measure not in entry.measures
        if lacks or (entry not in inside and (between or (parent and entry.parent == parent))):
            found.append(entry)
    return found


def _renamed(subject: Subject) -> Iterator[Concern]:
    """Lines that kept their code and not their name, and do not say whether they are the same."""
    for earlier in _earlier(subject):
        for one in Family([earlier, subject.form]).unsaid():
            own = f"{one.table}.{one.code}"
            what = f"{own} 在“{one.earlier}”里叫“{one.before}”，现在叫“{one.after}”，没有说是不是同一行"
            remedy = f'是同一行的写 was = "{one.earlier}:{one.table}.{one.was}"，不是的写 was = []'
            yield subject.concern(MUST, subject.line(one.table, one.code), what, remedy)


def _earlier(subject: Subject) -> Iterator[Form]:
    """The forms that came before: those of the office, and the one that this one extends.

    One of another period is a series beside it, and none of its lines goes on in this one.
    """
    own, first = subject.form.edition, subject.form.edition.valid.first or ""
    base = {path for path, _, _ in subject.document.origins.values() if path.stem != own.id}
    for name in sorted({*subject.office.settings.editions, *(path.stem for path in base)} - {own.id}):
        path = next((path for path in base if path.stem == name), None)
        try:
            form = read_draft(path, subject.office) if path else read_form(name, subject.office)
        except CannotRun:  # which has its own check
            continue
        if form.edition.length == own.length and ((form.edition.valid.first or "") < first or path):
            yield form
