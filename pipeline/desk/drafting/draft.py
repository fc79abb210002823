"""An edition drafted from a form that somebody drew in Excel, for a person to finish."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.desk.drafting.cover import Beside, beside
from pipeline.desk.drafting.rules import rules_of
from pipeline.desk.drafting.shapes import Drawn, drawn
from pipeline.desk.drafting.sheet import Sheet, sheets_of
from pipeline.desk.drafting.tables import tables_of
from pipeline.desk.drafting.written import listed, quoted, table_of
from schemas.drafting import OPEN, drafting
from schemas.edition import Words
from schemas.mistake import CannotRun
from schemas.naming import BESIDE_A_RETURN, BESIDE_THE_YEAR, LONGEST_SHEET, unfit_sheet
from schemas.spoken import YES

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
LONGEST = 10  # letters of what a form calls a column
_OF_THE_HEAD = ("form_no", "authority", "approval", "valid_until")


def draft_of(path: Path, name: str = "") -> str:
    """The edition in a workbook as TOML; ``name`` is its id, by default that of the file. Raises CannotRun."""
    sheets = sheets_of(path)
    found = [table for sheet in sheets for table in tables_of(sheet)]
    if not found:
        told = "里没有找到表：要有一行栏名，下面一行一个指标，右边是空着待填的格"
        raise CannotRun(f"“{path.name}”{told}。请核对是不是一份表式。")
    tables = [drawn(table, f"T{n}") for n, table in enumerate(found, 1)]
    around = beside(sheets, found)
    title = _title(sheets, tables)
    own = name or (path.stem if _NAME.fullmatch(path.stem) else "draft")
    lines = [*_front(path, own, title, around), *_head(around), *_words(around, tables), *_cover(around)]
    names = _sheets(around, tables)
    lines += [line for table in tables for line in table_of(table, names[table.id])]
    lines += [line for table in tables for line in rules_of(table)]
    lines += [line for n, table in enumerate(tables, 1) for line in _annual(n, table)]
    return "\n".join([*lines, *_report(title)]) + "\n"


def _title(sheets: Sequence[Sheet], tables: Sequence[Drawn]) -> str:
    """What the form is called: the first text of its first sheet that has one by itself."""
    first = (sheet.at(row, c).words for sheet in sheets for row in range(1, 4) for c in sheet.worded(row))
    return next((text for text in first if not drafting().label(text)), tables[0].title or tables[0].sheet)


def _front(path: Path, name: str, title: str, around: Beside) -> Iterator[str]:
    period = drafting().period("".join((title, *around.labels.get("period", ()))))
    yield f"# 由“{path.name}”起草。带“待定”的要由人定：定好以后改过来，删去那一句，再运行 edition check。"
    yield from (f"id = {quoted(name)}", f"title = {quoted(title)}")
    yield f'{OPEN}从哪个月起用，如 {{ from = "2012-01" }}'
    yield "valid = {}"
    if not period:
        yield f"{OPEN}多久报一次，标题里没有写：month、quarter、half 或 year"
    yield f'period = "{period or "month"}"'
    if not around.asked:
        yield f"{OPEN}原表没有填报人、负责人等栏，要的写成 [[cover]]，再删去下面这一行"
        yield "cover = []"


def _head(around: Beside) -> Iterator[str]:
    told = {key: around.labels[key][1] for key in _OF_THE_HEAD if around.labels.get(key, ("", ""))[1]}
    if told:
        yield from ("", "[head]", *(f"{key} = {quoted(text)}" for key, text in told.items()))


def _words(around: Beside, tables: Sequence[Drawn]) -> Iterator[str]:
    """What the form calls its parts, each of them otherwise."""
    said = {key: label for key, (label, _) in around.labels.items()}
    said |= {
        "unit_of_measure" if kind == "unit" else kind: text
        for table in reversed(tables)
        for kind, text in table.words
        if len(text) <= LONGEST
    }
    said["cover_sheet"] = around.sheet
    used: set[str] = set()
    yield from ("", "[words]")
    for key in (key for key in Words.model_fields if key != "instructions"):
        usual = drafting().usual[key]
        word = said.get(key) or usual
        word = word if word not in used else usual
        while word in used:
            word += "栏"
        used.add(word)
        yield f"{key} = {quoted(word)}"
    yield f"instructions = {listed([_plain(text) for text in dict.fromkeys(around.know)])}"


def _plain(text: str) -> str:
    """A text in which nothing is to be filled in."""
    return text.replace("{", "｛").replace("}", "｝")


def _cover(around: Beside) -> Iterator[str]:
    for n, asked in enumerate(around.asked.values(), 1):
        yield from ("", "[[cover]]", f'code = "a{n}"', f"name = {quoted(asked.name)}", f'kind = "{asked.kind}"')
        yield f"prompt = {quoted(f'填写{asked.name}。')}"
        if asked.choices:
            yield f"choices = {listed(asked.choices)}"
        if drafting().has("zero", asked.name) and YES in asked.choices:
            yield 'role = "zero_report"'


def _sheets(around: Beside, tables: Sequence[Drawn]) -> dict[str, str]:
    """What the sheet of each table is called in the returns."""
    taken = {around.sheet or drafting().usual["cover_sheet"], *BESIDE_A_RETURN}
    names: dict[str, str] = {}
    for table in tables:
        several = [other for other in tables if other.sheet == table.sheet and other is not table]
        fit = table.sheet not in taken and not unfit_sheet(table.sheet)
        alone = table.shape == "register" and several  # a register has a sheet of its own
        first = next(n for n, other in enumerate(tables, 1) if other.sheet == table.sheet)
        names[table.id] = f"台账{table.id}" if alone else table.sheet if fit else f"表{first}"
    return names


def _annual(n: int, table: Drawn) -> Iterator[str]:
    """A table as it is printed for the year."""
    title = table.title or table.sheet
    sheet = _UNFIT.sub("", f"表{n} {title}")[:LONGEST_SHEET].strip()
    sheet = sheet if sheet not in BESIDE_THE_YEAR else f"表{n}"
    yield from ("", "[[annual]]", f'id = "表{n}"', f"title = {quoted(title)}", f"sheet = {quoted(sheet)}")
    if table.shape == "register":
        yield from ('rows = "units"', f'column = [{{ of = "{table.id}.rows", name = "件数" }}]')
    else:
        yield from ('rows = "table"', f'table = "{table.id}"')


def _report(title: str) -> Iterator[str]:
    yield from ("", f"{OPEN}汇总工作簿的名称，和要放在最前面的几个数（headline）", "[report]")
    yield f"workbook = {quoted(f'{title}汇总')}"
