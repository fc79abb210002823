"""What a table of each shape says, and an annual table of each kind of rows: no less, and nothing that nobody reads."""

from collections.abc import Iterator, Sequence

from schemas.annual import Annual
from schemas.edition import Edition
from schemas.mistake import nearest
from schemas.period import LENGTHS
from schemas.table import GridColumn, GridRow, Line, Table, sums_of
from schemas.toml_lines import Location

SHAPES = {"list": "清单", "matrix": "矩阵", "register": "台账"}
PARTS = {"list": "line", "matrix": "column", "register": "field"}  # what a table of each shape is made of
OF_A_SHAPE = {  # the keys that only tables of one shape have
    **dict.fromkeys(("line", "block"), "list"),
    **dict.fromkeys(("rows", "row", "column", "columns_from", "total", "head"), "matrix"),
    **dict.fromkeys(("field", "cross"), "register"),
}

Wrong = Iterator[tuple[Location, str]]
Part = Line | GridRow | GridColumn


def unfinished(edition: Edition) -> Wrong:
    """What a table of its shape, or an annual table of its rows, must say and does not, or says to no effect."""
    for t, table in enumerate(edition.tables):
        yield from (
            (("table", t, *place), what)
            for place, what in (*_empty(table), *_unfit(table), *_in_fields(table), *_in_sums(table), *_in_rows(table))
        )
    printed = [table.id for table in edition.tables if table.shape != "register"]
    for n, annual in enumerate(edition.annual):
        if annual.table and annual.table not in printed:
            yield ("annual", n, "table"), f"没有清单或矩阵“{annual.table}”，{nearest(annual.table, printed)}"
        yield from ((("annual", n, *place), what) for place, what in _in_annual(annual))
        if annual.rows == "months" and edition.length == LENGTHS["year"]:
            told = f"{annual.id} 按期分行（months），年报一年只有一期，没有行可印"
            yield (
                ("annual", n, "rows"),
                f'{told}。请改成 units、lines 或 table，继承来的写 without = {{ annual = ["{annual.id}"] }}',
            )


def ended_before(edition: Edition) -> Wrong:
    """A form, a rule or an agreement that ends before it begins."""
    spans = [(("valid",), edition.valid), *((("rule", n, "valid"), one.valid) for n, one in enumerate(edition.rules))]
    spans += ((("agreement", n, "valid"), one.valid) for n, one in enumerate(edition.agreements))
    for at, span in spans:
        if span.first and span.last and span.first > span.last:
            yield at, f"有效期从 {span.first} 到 {span.last}，还没有开始就结束了。请核对 from 和 to"


def _empty(table: Table) -> Wrong:
    """A table of nothing, or a matrix that does not say its rows."""
    if table.shape == "matrix" and bool(table.rows) == bool(table.own_rows):
        yield (), f"表 {table.id} 的 rows 和 row 只写一样" if table.rows else f"表 {table.id} 缺少“rows”"
    parts = {"list": table.lines or table.blocks, "matrix": table.columns or table.columns_from}
    if not parts.get(table.shape, table.fields):
        yield (), f"表 {table.id} 是空的，缺少“{PARTS[table.shape]}”"


def _unfit(table: Table) -> Wrong:
    """The keys and measures of another shape: only a list has 本年累计 beside the month."""
    fields = {field.alias or name: name for name, field in Table.model_fields.items()}
    told = f"表 {table.id} 是{SHAPES[table.shape]}"
    for key, shape in OF_A_SHAPE.items():
        if getattr(table, fields[key]) and table.shape != shape:
            yield (key,), f'{told}，用不上“{key}”。请删去，或写 shape = "{shape}"'
    if table.shape != "list" and table.measures != ("month",):
        wanted = '写 measures = ["month"]；要本年累计的行写在 list 表里'
        yield ("measures",), f"{told}，只有本月数，{wanted}"
    elif "month" not in table.measures or len(set(table.measures)) < len(table.measures):
        yield ("measures",), f'表 {table.id} 的 measures 写 ["month"] 或 ["month", "year_to_date"]，各写一次'


def _in_sums(table: Table) -> Wrong:
    """Sums of lines, rows or columns that are not there, or that go round in a ring."""
    every: dict[str, Sequence[Part]] = {
        "line": table.lines,
        "row": table.own_rows,
        "column": table.columns,
    }
    for key, parts in every.items():
        for n, part in enumerate(parts):
            try:
                made = dict(sums_of(parts)).get(n, ()) if part.sum else ()
            except ValueError as error:
                yield (key, n, "sum"), f"“{part.name}”的 sum：{error}"
                return
            if part.code in made or any(part.code in span.split("..") for span in part.sum):
                yield (key, n, "sum"), f"“{part.name}”（{part.code}）的 sum 里有它自己，请删去"
            for span, end in _sums_at_ends(part, parts):
                told = f"“{part.name}”的 sum 写到“{end.code}”，它自己是合计，“{span}”不把它算进去"
                yield (key, n, "sum"), f"{told}。请写到它旁边的一项，要算它的单独写一项"
        yield from (((key, n, "sum"), what) for n, what in _rings(parts))
    if any(row.sum and row.heading for row in table.own_rows):
        n = next(n for n, row in enumerate(table.own_rows) if row.sum and row.heading)
        yield ("row", n), f"“{table.own_rows[n].name}”是标题行（heading），没有数，不写 sum"


def _sums_at_ends(part: Part, parts: Sequence[Part]) -> Iterator[tuple[str, Part]]:
    """The ranges of a sum that begin or end with another sum, which no range counts."""
    sums = {other.code: other for other in parts if other.sum and other.code != part.code}
    for span in part.sum:
        yield from ((span, sums[code]) for code in span.split("..") if ".." in span and code in sums)


def _rings(parts: Sequence[Part]) -> Iterator[tuple[int, str]]:
    """The first sum that is made of itself by way of others. Raises ValueError as sums_of."""
    made = {parts[n].code: codes for n, codes in sums_of(parts)}
    for n, part in enumerate(parts):
        reached, open_ones = set[str](), list(made.get(part.code, ()))
        while open_ones:
            code = open_ones.pop()
            open_ones.extend(set(made.get(code, ())) - reached)
            reached.add(code)
        if part.code in reached and part.code not in made[part.code]:
            yield n, f"“{part.name}”的 sum 绕成了圈：它由别的合计得来，那些合计里又有它。请删去一处"
            return


def _in_rows(table: Table) -> Wrong:
    """Rows of a matrix's own that stand twice, or are parts of what is not there; columns of a list beside them."""
    codes = [row.code for row in table.own_rows]
    for n, row in enumerate(table.own_rows):
        if row.code in codes[:n]:
            yield ("row", n, "code"), f"表 {table.id} 的行代码“{row.code}”出现了两次，请改其中一个"
        if row.parent and row.parent not in codes[:n]:
            yield ("row", n, "parent"), f"上级行“{row.parent}”不在它上面，{nearest(row.parent, codes[:n])}"
    if table.own_rows and (table.columns_from or table.total):
        yield (), f"表 {table.id} 的行是自己的（row），栏也写自己的（column），合计行用 sum 写"


def _in_fields(table: Table) -> Wrong:
    """The fields of a register, and the two that are counted together."""
    for n, field in enumerate(table.fields):
        if field.kind == "code" and not field.codes:
            yield ("field", n), f"“{field.name}”缺少“codes”"
        if field.kind != "code" and field.codes:
            yield ("field", n, "codes"), f'“{field.name}”用不上“codes”。请删去，或写 kind = "code"'
    coded = [field.code for field in table.fields if field.codes]
    for name in table.cross:
        if name not in coded:
            yield ("cross",), f"没有代码栏“{name}”，{nearest(name, coded)}"
    if len(table.cross) not in {0, 2}:
        yield ("cross",), "“cross”要写两栏"


def _in_annual(annual: Annual) -> Wrong:
    """What an annual table of its rows must say, or says to no effect."""
    if annual.in_one_row and annual.rows != "table":
        yield ("in_one_row",), f'{annual.id} 的 rows 是“{annual.rows}”，用不上 in_one_row。请删去，或写 rows = "table"'
    if annual.rows in {"codes", "lines", "table"} and not getattr(annual, annual.rows):
        yield (), f"{annual.id} 缺少“{annual.rows}”"
    if annual.rows not in {"lines", "table"} and not annual.columns:
        yield (), f'{annual.id} 缺少“column”：至少写一栏，如 column = [{{ of = "T2.01", name = "…" }}]'
    for other in ("codes", "lines", "table"):
        if getattr(annual, other) and annual.rows != other:
            told = f"{annual.id} 的 rows 是“{annual.rows}”，用不上“{other}”"
            yield (other,), f'{told}。请删去，或写 rows = "{other}"'
