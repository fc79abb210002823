"""What a form may call its parts: ids and codes that rules can name, sheets that Excel takes, nothing twice."""

import re
from collections.abc import Iterable, Iterator

from schemas.edition import Edition
from schemas.table import GridColumn, RegisterField, Table
from schemas.toml_lines import Location

BESIDE_A_RETURN = ("_meta", "_lists", "退回说明")  # the sheets that a return has whatever its form
BESIDE_THE_YEAR = (  # and those that the consolidated workbook has beside the annual tables
    *("封面", "目录", "要点", "编制说明", "同比", "图表", "报送情况", "对账", "修订记录", "数据_机读", "图数据"),
)
LONGEST_SHEET = 31  # characters, as Excel counts them
_UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
CODE = re.compile(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*")
_TABLE = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_NUMBER = re.compile(r"[\w-]+")

Wrong = Iterator[tuple[Location, str]]


def misnamed(edition: Edition) -> Wrong:
    """Everything that cannot be called so, or is called like another part, in the order of the file."""
    yield from _ids(edition)
    yield from _codes(edition)
    yield from _twice(_named(edition))
    yield from _rings(edition)
    yield from _sheets(edition)


def unfit_sheet(name: str) -> str:
    """Why Excel takes no sheet of that name, with what to do; "" where it does."""
    characters = len(name.encode("utf-16-le")) // 2
    if not name.strip():
        return "工作表没有名称，请写一个"
    if characters > LONGEST_SHEET:
        return f"工作表名称“{name}”有 {characters} 个字，太长，Excel 最多 {LONGEST_SHEET} 个，请改短"
    if _UNFIT.search(name):
        return f"工作表名称“{name}”里有 Excel 不允许的字符（[ ] : * ? / \\，或首尾的 '），请去掉"
    if name.casefold() == "history":
        return f"工作表名称“{name}”是 Excel 自己用的，请换一个"
    return ""


def _ids(edition: Edition) -> Wrong:
    """Ids of tables, rules and agreements that a rule or a finding cannot be told by."""
    for t, table in enumerate(edition.tables):
        if not _TABLE.fullmatch(table.id):
            yield ("table", t, "id"), f"表的 id“{table.id}”只能用英文字母和数字，以字母开头，如 T3。名称写在 title"
    for location, name in _numbers(edition):
        if not _NUMBER.fullmatch(name):
            yield location, f"编号“{name}”只能用文字、数字和“-”“_”，如 T2-17"


def _numbers(edition: Edition) -> Iterator[tuple[Location, str]]:
    """The ids of rules and agreements, which findings are told by."""
    yield from ((("rule", n, "id"), rule.id) for n, rule in enumerate(edition.rules))
    yield from ((("agreement", n, "id"), agreement.id) for n, agreement in enumerate(edition.agreements))


def _codes(edition: Edition) -> Wrong:
    """Codes that a rule cannot name."""
    for location, code in _coded(edition):
        if not CODE.fullmatch(code):
            yield location, f"代码“{code}”只能用英文字母和数字，如 13（点号隔开表和行，不能写在代码里）。名称写在 name"


def _coded(edition: Edition) -> Iterator[tuple[Location, str]]:
    """Every code that the edition gives."""
    yield from ((("cover", n, "code"), field.code) for n, field in enumerate(edition.cover))
    for t, table in enumerate(edition.tables):
        for b, block in enumerate(table.blocks):
            yield from ((("table", t, "block", b, key), getattr(block, key)) for key in ("id", "total"))
        yield from ((("table", t, "line", n, "code"), line.code) for n, line in enumerate(table.lines))
        yield from ((("table", t, "row", n, "code"), row.code) for n, row in enumerate(table.own_rows))
        yield from ((("table", t, key, n, "code"), part.code) for key, n, part in _columns(table))


def _columns(table: Table) -> Iterator[tuple[str, int, GridColumn | RegisterField]]:
    """The columns of a matrix or a register, each with its key and number."""
    yield from (("column", n, column) for n, column in enumerate(table.columns))
    yield from (("field", n, field) for n, field in enumerate(table.fields))


def _named(edition: Edition) -> Iterator[tuple[str, Location, str]]:
    """What must have a name of its own: what kind of name it is, where it stands, and the name."""
    yield from (("表的 id", ("table", n, "id"), table.id) for n, table in enumerate(edition.tables))
    yield from (("封面代码", ("cover", n, "code"), field.code) for n, field in enumerate(edition.cover))
    yield from (("封面名称", ("cover", n, "name"), field.name) for n, field in enumerate(edition.cover))
    yield from (("编号", location, name) for location, name in _numbers(edition))
    for t, table in enumerate(edition.tables):
        for key, n, part in _columns(table):
            yield f"表 {table.id} 的代码", ("table", t, key, n, "code"), part.code
            yield f"表 {table.id} 的栏名", ("table", t, key, n, "name"), part.name
    yield from (("年度表的 id", ("annual", n, "id"), annual.id) for n, annual in enumerate(edition.annual))
    yield from (
        ("报告数字的代码", ("report", "printed", n, "code"), p.code) for n, p in enumerate(edition.report.printed)
    )


def _twice(named: Iterable[tuple[str, Location, str]]) -> Wrong:
    """Names that two parts have; Excel does not tell capitals from small letters."""
    seen: dict[tuple[str, str], str] = {}
    for kind, location, name in named:
        before = seen.setdefault((kind, name.casefold()), name)
        if before is not name:
            case = "" if before == name else f"（另一处写作“{before}”，Excel 不分大小写）"
            yield location, f"{kind}“{name}”出现了两次{case}，请改其中一个"


def _rings(edition: Edition) -> Wrong:
    """Lines that are, by way of their parents, parts of themselves."""
    for t, table in enumerate(edition.tables):
        parents = {line.code: line.parent for line in table.lines}
        for n, line in enumerate(table.lines):
            way = [line.code]
            while (parent := parents.get(way[-1])) and parent not in way:
                way.append(parent)
            if parent == line.code:
                ring = "→".join((*way, line.code))
                yield ("table", t, "line", n, "parent"), f"上级行绕成了圈（{ring}），请改 parent：写它上面那一行的代码"


def _sheets(edition: Edition) -> Wrong:
    """Sheets that Excel does not take, or that would stand in one workbook twice."""
    cover = edition.words.cover_sheet
    if why := unfit_sheet(cover):
        yield ("words", "cover_sheet"), why
    alone = {table.sheet.casefold() for table in edition.tables if table.shape == "register"}
    seen: dict[str, str] = {}
    for t, table in enumerate(edition.tables):
        location, folded = ("table", t, "sheet"), table.sheet.casefold()
        before = seen.setdefault(folded, table.sheet)
        if why := unfit_sheet(table.sheet) or _taken(table.sheet, (cover, *BESIDE_A_RETURN), "月报"):
            yield location, why
        elif folded in alone and (before is not table.sheet):
            yield location, f"工作表“{table.sheet}”已经有别的表，台账要单独一张，请给表 {table.id} 换一个名称"
        elif before != table.sheet:
            yield location, f"工作表“{table.sheet}”和“{before}”只差大小写，Excel 不分，请写成一样或换一个"
    yield from _annual_sheets(edition)


def _annual_sheets(edition: Edition) -> Wrong:
    seen: dict[str, str] = {}
    for n, annual in enumerate(edition.annual):
        if why := unfit_sheet(annual.sheet) or _taken(annual.sheet, BESIDE_THE_YEAR, "汇总表"):
            yield ("annual", n, "sheet"), why
        elif before := seen.get(annual.sheet.casefold()):
            yield ("annual", n, "sheet"), f"工作表“{annual.sheet}”已经是 {before} 的，请给 {annual.id} 换一个名称"
        seen.setdefault(annual.sheet.casefold(), annual.id)


def _taken(name: str, ours: Iterable[str], book: str) -> str:
    """Why a sheet of that name cannot stand beside ours."""
    if name.casefold() in {other.casefold() for other in ours}:
        return f"工作表名称“{name}”是{book}里已有的一张，请换一个"
    return ""
