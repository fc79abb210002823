"""What a form prints must tell one thing from another: its headings, the fields of its cover, its lines."""

from collections.abc import Iterator

from schemas.edition import CoverField, Edition
from schemas.spoken import YES
from schemas.table import Line
from schemas.toml_lines import Location

Wrong = Iterator[tuple[Location, str]]
NARROWEST = 4  # half-width characters of a register's column
LABELS = ("unit", "unit_code", "period")  # at the head of the cover
HEADINGS = ("code", "name", "unit_of_measure", "month", "year_to_date", "last_month", "check", "note")


def unclear(edition: Edition) -> Wrong:
    """Everything that is printed alike and means different things, and fields that nobody can answer."""
    yield from _headings(edition)
    yield from _cover(edition)
    for n, rule in enumerate(edition.rules):
        if "{" in rule.ask:
            yield ("rule", n, "ask"), "ask 里没有内容可填，请去掉花括号，数字由程序接在后面说"
    for t, table in enumerate(edition.tables):
        yield from ((("table", t, "line", n, "name"), what) for n, what in _lines(table.lines))
        if table.columns and table.columns_from:
            yield ("table", t, "columns_from"), "各栏已经写在 column 里，就不写 columns_from，请删去一个"
        for f, field in enumerate(table.fields):
            if field.width < NARROWEST:
                told = f"“{field.name}”的 width 写了 {field.width}，太窄，看不见内容"
                yield ("table", t, "field", f, "width"), f"{told}，请写 {NARROWEST} 以上"


def _headings(edition: Edition) -> Wrong:
    """Columns of one form, or labels of its head, that are called the same: a return is read by them."""
    for keys in (LABELS, HEADINGS):
        seen: dict[str, str] = {}
        for key in keys:
            name = getattr(edition.words, key)
            if name in seen:
                yield ("words", key), f"“{key}”和“{seen[name]}”都叫“{name}”，读表时分不清，请改其中一个"
            seen.setdefault(name, key)


def _cover(edition: Edition) -> Wrong:
    labels = [getattr(edition.words, key) for key in LABELS]
    zero = [n for n, field in enumerate(edition.cover) if field.role]
    for n, field in enumerate(edition.cover):
        if field.name in labels:
            yield ("cover", n, "name"), f"封面已经有一项叫“{field.name}”（[words] 里的表头），请换一个名称"
        yield from ((("cover", n, key), what) for key, what in _field(field))
        if field.role and n != zero[0]:
            told = f"“{edition.cover[zero[0]].name}”已经是零报告（role = “{field.role}”）"
            yield ("cover", n, "role"), f"{told}，一份表只能有一项，请删去一个"


def _field(field: CoverField) -> Iterator[tuple[str, str]]:
    """A field that cannot be answered as it is asked."""
    if field.kind == "choice" and not field.choices:
        yield "kind", f'“{field.name}”是选择题，缺少“choices”，如 choices = ["否", "{YES}"]'
    elif field.kind != "choice" and field.choices:
        yield "choices", f'“{field.name}”用不上“choices”。请删去，或写 kind = "choice"'
    if field.role and YES not in field.choices:
        yield (
            "choices" if field.choices else "role",
            f"“{field.name}”是零报告，choices 里要有“{YES}”：选“{YES}”的，空格按 0 计",
        )


def _lines(lines: tuple[Line, ...]) -> Iterator[tuple[int, str]]:
    """Lines of one section and one parent that are called the same."""
    section, seen = "", dict[tuple[str, str, str], str]()
    for n, line in enumerate(lines):
        section = line.section or section
        before = seen.setdefault((section, line.parent or "", line.name), line.code)
        if before != line.code:
            yield n, f"“{line.name}”已经是 {before} 行的名称，填表的人分不清，请改其中一个"
