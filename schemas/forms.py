"""Read an edition and check it through: every name, code list and sentence of it must be valid."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from schemas.assessing import breadth_of, delay_of
from schemas.by_months import idle_months, wrong_by_months
from schemas.codes import EVER
from schemas.continued import wrong_between
from schemas.counted import answered, by_code, headline_of, owned, unlike
from schemas.document import Document, read_document, validated
from schemas.draft import folders_of, mistakes_in_drafts
from schemas.edition import Agreement, Edition
from schemas.entries import entries_of
from schemas.form import Form
from schemas.head import unfilled
from schemas.lineage import roots_of
from schemas.mistake import Mistake, nearest
from schemas.naming import misnamed
from schemas.oddities import oddities
from schemas.office import DUTIES, UNITS, Office
from schemas.ratios import mistakes_in_columns, ratios
from schemas.reading import read_text
from schemas.rules.parse import Misspelt
from schemas.shapes import ended_before, unfinished
from schemas.toml_lines import Location, line_of
from schemas.wording import unclear
from schemas.written_lists import XLSX


def read_form(name: str, office: Office) -> Form:
    """The edition of that id, bound to the office's codes and checked through. Raises Mistake with file and line."""
    return _in_use(name, office)[1]


def _in_use(name: str, office: Office) -> tuple[Document, Form]:
    """An edition in use, which is called as its file is. Raises Mistake."""
    document, form = _read(path_of(name, office), office)
    if form.edition.id != name:
        told = f'表式的 id 写的是“{form.edition.id}”，文件名却是“{name}.toml”。请改成一样的：id = "{name}"。'
        raise document.mistake(("id",), told)
    return document, form


def path_of(name: str, office: Office) -> Path:
    """The file of an edition in use. Raises Mistake where there is none."""
    there = next((path for folder in office.shelves if (path := folder / f"{name}.toml").exists()), None)
    if there is None:
        path = office.folder / "office.toml"
        told = f"没有表式“{name}”，{nearest(name, office.known_editions)}。"
        raise Mistake(path, line_of(read_text(path), ("editions",)), told)
    return there


def read_draft(path: Path, office: Office) -> Form:
    """The edition in a file, which need not be among those in use, bound and checked the same. Raises Mistake."""
    return _read(path, office)[1]


def _read(path: Path, office: Office) -> tuple[Document, Form]:
    document = read_document(path, *office.shelves)
    edition = validated(document, Edition)
    for location, what in _mistakes(edition, office):
        raise document.mistake(location, what + "。")
    return document, Form(edition, office.codes, office.duties, roots=roots_of(document, edition), files=document.files)


def _mistakes(edition: Edition, office: Office) -> Iterator[tuple[Location, str]]:
    """Everything in an edition that a reader of its TOML alone cannot see is wrong, in the order of the file."""
    yield from ended_before(edition)
    yield from misnamed(edition)
    yield from oddities(edition)
    yield from unclear(edition)
    yield from unfilled(edition)
    lists = list(lists_named(edition))
    for location, name in lists:
        if name not in office.codes:
            yield location, f"没有代码表“{name}”，{nearest(name, office.codes)}"
    yield from unfinished(edition)
    yield from idle_months(edition)
    folders = folders_of(office, edition)
    if folders and not any(folder.is_dir() for folder in folders):
        yield ("report", "templates"), f"表式旁边没有文件夹“{edition.report.templates}”"
    yield from mistakes_in_columns(edition)
    _without_duties(edition, office)
    form = Form(edition, office.codes, office.duties)
    yield from _doubles(form)
    for location, text, bind in _sentences(form):
        try:
            bind()
        except Misspelt as error:
            yield location, f"“{text}”：{error}"
    yield from mistakes_in_drafts(form)


def _without_duties(edition: Edition, office: Office) -> None:
    """A line for units with a duty needs the office's list of duties, though nobody need have it. Raises Mistake."""
    lines = [line for table in edition.tables for line in table.lines if line.duty]
    path = DUTIES.path(office.folder, workbooks=UNITS.path(office.folder).suffix == XLSX)
    if lines and not path.exists():
        duties = "、".join(dict.fromkeys(line.duty for line in lines))
        told = f"找不到这个文件。“{lines[0].name}”等行只问有职责的单位（表式“{edition.id}”的 {duties}）"
        columns = "职责、单位两栏" if path.suffix == XLSX else "duty,unit 两栏"
        raise Mistake(path, None, f"{told}，请写一份：{columns}，一行一个单位；没有单位承担的，单位留空。")


def lists_named(edition: Edition) -> Iterator[tuple[Location, str]]:
    """Every code list that an edition names, with the place where it does."""
    yield from ((("annual", n, "codes"), a.codes) for n, a in enumerate(edition.annual) if a.codes)
    for t, table in enumerate(edition.tables):
        yield from ((("table", t, "block", b), block.codes) for b, block in enumerate(table.blocks))
        yield from ((("table", t, "field", f), field.codes) for f, field in enumerate(table.fields) if field.codes)
        yield from ((("table", t, key), name) for key in ("rows", "columns_from") if (name := getattr(table, key)))


def _doubles(form: Form) -> Iterator[tuple[Location, str]]:
    """Codes that stand twice in a table, and parents that do not exist."""
    entries = list(entries_of(form.edition, form.codes, form.duties))
    for t, table in enumerate(form.edition.tables):
        codes = [entry.code for entry in entries if entry.table == table.id]
        earlier = codes[: len(codes) - len(table.lines)]
        for code, times in Counter(earlier).items():
            if times > 1:
                yield ("table", t), f"表 {table.id} 的代码“{code}”出现了两次，请检查它用的代码表"
        folded = {code.casefold(): code for code in codes}
        for n, line in enumerate(table.lines):
            if line.code in earlier:
                yield ("table", t, "line", n), f"表 {table.id} 的代码“{line.code}”出现了两次"
            elif folded[line.code.casefold()] != line.code:
                told = f"“{line.code}”和“{folded[line.code.casefold()]}”只差大小写"
                yield ("table", t, "line", n), f"表 {table.id} 的代码{told}，Excel 不分，请改其中一个"
            if line.parent and line.parent not in codes:
                yield ("table", t, "line", n), f"上级行“{line.parent}”不存在，{nearest(line.parent, codes)}"
            earlier.append(line.code)


def _sentences(form: Form) -> Iterator[tuple[Location, str, Callable[[], object]]]:
    """Every text of the edition that is written in the rule language, with what must succeed."""
    edition = form.edition
    for n, rule in enumerate(edition.rules):
        if rule.at and not rule.holds.startswith("each "):  # there its lines are those of the rule
            yield ("rule", n, "at"), rule.id, partial(answered, form, rule)
        yield ("rule", n, "holds"), rule.id, partial(form.bind, [rule])
    for n, agreement in enumerate(edition.agreements):
        yield ("agreement", n, "left"), agreement.id, partial(form.expression, agreement.left)
        if agreement.at:
            yield ("agreement", n, "at"), agreement.id, partial(form.expression, agreement.at)
        yield ("agreement", n, "right"), agreement.id, partial(form.bind_agreement, agreement)
        yield ("agreement", n, "left"), agreement.id, partial(unlike, form, agreement)
        if agreement.reading and (agreement.mode != "equal" or agreement.each):
            yield ("agreement", n, "reading"), agreement.id, partial(_unread, agreement)
        if agreement.tolerance and agreement.mode != "equal":
            yield ("agreement", n, "tolerance"), agreement.id, partial(_intolerant, agreement.mode)
    columns: list[tuple[Location, str]] = [
        (("annual", n, "column", c), text.replace("{row}", row))
        for n, annual in enumerate(edition.annual)
        for c, column in enumerate(annual.columns)
        for text in filter(None, (column.of, column.over))
        for row in ([code.code for code in form.codes[annual.codes]] if annual.codes else [""])
    ]
    columns += [(("annual", n, "lines"), annual.lines) for n, annual in enumerate(edition.annual) if annual.lines]
    headline = ((("report", "headline", n), h.of) for n, h in enumerate(edition.report.headline))
    printed = ((("report", "printed", n), p.of) for n, p in enumerate(edition.report.printed))
    asked = edition.assessment
    if asked.breadth:
        yield ("assessment", "breadth", "of"), asked.breadth.of, partial(breadth_of, form)
    if asked.delay:
        yield ("assessment", "delay", "ends"), f"{asked.delay.begins}、{asked.delay.ends}", partial(delay_of, form)
    compared = ((("report", "compared", n), c.of) for n, c in enumerate(edition.report.compared))
    for location, text in (*columns, *headline, *printed, *compared):
        yield location, text, partial(form.numbers, text)
    yield from _of_one_quantity(form)


def _of_one_quantity(form: Form) -> Iterator[tuple[Location, str, Callable[[], object]]]:
    """What several sums of the form must have in common, with what must succeed."""
    for n, annual in enumerate(form.edition.annual):
        codes = [code.code for code in form.codes[annual.codes]] if annual.codes else []
        for c, column in enumerate(annual.columns if codes else ()):
            yield ("annual", n, "column", c), column.of, partial(by_code, form, column, codes)
        for c, column in enumerate(annual.columns):
            if column.over:
                yield ("annual", n, "column", c), column.name, partial(ratios, form, column, codes or [""])
    for n, headline in enumerate(form.edition.report.headline):
        yield ("report", "headline", n, "unit"), headline.name, partial(headline_of, form, headline)
    for n, agreement in enumerate(form.edition.agreements):
        for claim in form.expression(agreement.left) if agreement.mode == "owner" else ():
            yield ("agreement", n, "right"), agreement.id, partial(owned, form, agreement, claim)


def _unread(agreement: Agreement) -> None:
    """What is compared part by part, or between returns, has no parts that could overlap. Raises Misspelt."""
    which = "each = true" if agreement.each else f'mode = "{agreement.mode}"'
    raise Misspelt(f"{which} 不用 reading，请删去；分项可以重复计数的写在“总数对分项之和”的核对里")


def _intolerant(mode: str) -> None:
    """What is compared between returns has no tolerance. Raises Misspelt."""
    raise Misspelt(f'mode = "{mode}" 不用 tolerance，请删去；差额由办公室核实')


def as_asked(office: Office, forms: Iterable[Form], latest: str = EVER) -> Office:
    """The office as its forms ask it, units named as of ``latest``: without a form nobody owes a return."""
    spans = ((e.valid.first or "", e.valid.last or EVER, e.length) for e in (form.edition for form in forms))
    return office.looked_at(spans, latest)


def forms_of(office: Office) -> tuple[Form, ...]:
    """The forms that the office uses. Raises Mistake where one is wrong, or two cannot both be."""
    read = [_in_use(name, office) for name in office.settings.editions]
    forms = tuple(form for _, form in read)
    for n, location, what in (*wrong_between(forms, office.known_editions), *wrong_by_months(forms)):
        raise read[n][0].mistake(location, what + "。")
    return forms
