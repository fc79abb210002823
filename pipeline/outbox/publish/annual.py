"""The annual tables: numbers where returns are summed, live formulas for every sum that the sheet itself can make."""

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from pipeline.outbox.publish.below import COVERED, notes_of
from pipeline.outbox.publish.heads import first_row, heads_of, widths_of, write_heads
from pipeline.outbox.publish.labels import write_label
from pipeline.outbox.publish.page import Page
from pipeline.outbox.publish.parts import breadth_of, in_parts, parts_of
from pipeline.outbox.publish.trace import Trace
from pipeline.paper.theme import MUTED, NAVY, PALE, Styles, number_format, share_format, width
from pipeline.tables.outcome import Outcome
from pipeline.values.answer import Answer, Why
from pipeline.values.table import Table, TableColumn, TableRow
from schemas.ratios import PERCENT
from schemas.rules import excel
from schemas.rules.terms import Linear, Ratio, Ref

PORTRAIT = 104  # characters across a sheet of A4 upright
TITLE = 1.6  # how much wider a letter of the title is than one of the table


def write_table(workbook: Any, styles: Styles, outcome: Outcome, table: Table, trace: Trace) -> None:
    """One annual table on its sheet."""
    covered = [] if table.is_whole else [COVERED]
    page = Page(workbook, styles, table.annual.sheet, len(table.columns) + 1 + len(covered))
    meta = f"统计范围：{outcome.office.settings.scope}    {outcome.span}"
    unit = f"计量单位：{table.unit}" if table.unit else "计量单位：见各栏"
    title = f"{table.annual.id}  {table.annual.title}"
    heads = heads_of(table, outcome.form.edition)
    labels = [row.label for row in table.rows if row.kind == "item"]
    widths = widths_of(table, [*heads[1:], *covered], labels, TITLE * width(title), width(meta))
    page.widths(widths)
    page.title(title, meta, unit)
    across = _live(table.columns)
    for n in range(len(table.rows)):
        _row(page, table, n, across, trace.target(table.rows[n]))
    last = first_row(table) + len(table.rows)
    if table.annual.rows == "months" and len(outcome.months) > 1 and not table.is_zero:
        _trend(page, table, last)
        last += 1
    parts = parts_of(page.columns_wide)
    write_heads(page, table, [*heads, *covered], parts)
    wide = breadth_of(page.columns_wide, parts[0]) if parts else page.breadth
    end = page.notes(last, notes_of(outcome, table), wide * 1.1, column=1 if parts else 0)  # notes are set smaller
    landscape = page.breadth - sum(widths[len(table.columns) + 1 :]) > PORTRAIT
    pages = 1 if len(table.rows) <= (30 if landscape else 60) else 2 if len(table.rows) <= 60 else 0
    head = first_row(table) - 1
    page.print_setup(end, outcome.imprint, landscape=landscape, pages=pages, head=head)
    if parts:
        in_parts(page, parts, (title, meta, unit), end, head)
    _names(workbook, table)


def _row(page: Page, table: Table, n: int, across: dict[int, list[tuple[int, int]]], source: str) -> None:
    """One row: its label, and each value as a number or as the formula that makes it of others on the sheet."""
    row, at = table.rows[n], first_row(table) + n
    kind = "end" if n == len(table.rows) - 1 else row.kind
    columns = len(table.columns)
    folds = write_label(page, table, n, source, kind)
    page.sheet.set_row(at, (15 if len(table.rows) > 40 else 18) * folds)
    if row.kind == "heading":
        for c in range(len(row.answers) + (not table.is_whole)):
            page.text(at, c + 1, "", kind)
        return
    for c, answer in enumerate(row.answers):
        formula = _formula(table, n, c, across)
        shown, number = _shown(table, n, c)
        look = {"num_format": number}
        muted = {} if answer.some else {"font_color": MUTED}
        if formula:
            page.formula(at, c + 1, formula, shown, kind, **look, **muted)
        elif isinstance(shown, str):
            page.text(at, c + 1, shown, kind, align="right", indent=0, font_color=MUTED)
        else:
            page.number(at, c + 1, shown, kind, **look)
    if not table.is_whole:
        page.text(at, columns + 1, row.coverage, kind, align="center", indent=0)


def _shown(table: Table, n: int, c: int) -> tuple[float | str, str]:
    """What stands in a cell, a number or why there is none, and the number format; a percentage is a share of 1."""
    row = table.rows[n]
    quantity, answer = table.quantity(row, c), row.answers[c]
    if isinstance(row.counts[c], Ratio) and quantity.unit == PERCENT:
        share = float(quantity.exact(answer.steps).scaleb(-2)) if answer.some else answer.shown(quantity)
        return share, share_format(quantity.decimals)
    return answer.shown(quantity), number_format(quantity.decimals)


def _formula(table: Table, n: int, c: int, across: dict[int, list[tuple[int, int]]]) -> str:
    """What makes a cell of others on the sheet, "" where nothing does; over reasons alone it gives the reason."""
    row, at = table.rows[n], first_row(table) + n
    counted = row.counts[c]
    if isinstance(counted, Ratio):
        return _quotient(row, at, counted, row.answers[c])
    if row.adds and row.live[c]:
        cells = excel.ranges([xl_rowcol_to_cell(first_row(table) + r, c + 1) for r in row.adds])
        made, added = f"SUM({cells})", [table.rows[r].answers[c] for r in row.adds]
    elif c in across:
        cells = _cells(sorted({column for _, column in across[c]}), at).removeprefix("SUM(").removesuffix(")")
        made, added = _across(across[c], at), [row.answers[column] for _, column in across[c]]
    else:
        return ""
    if any(answer.some for answer in added) or not added:
        return f"={made}"
    return f'=IF(COUNT({cells})=0,"{row.answers[c].why.words}",{made})'


def _quotient(row: TableRow, at: int, ratio: Ratio, answer: Answer) -> str:
    """A ratio of two columns, or of sums of columns, in its own row; "" where the sheet lacks one of the two."""
    columns = [_columns_of(row, part) for part in (ratio.top, ratio.bottom)]
    if not all(columns):
        return ""
    tops, bottoms = ([xl_rowcol_to_cell(at, column + 1) for _, column in part] for part in columns)
    top, bottom = (_alone(part, at) for part in columns)
    percent = ratio.quantity.unit == PERCENT
    scale = ratio.scale / (100 if percent else 1)
    above = f"{scale.numerator}*{top}" if scale.numerator != 1 else top
    below = f"({scale.denominator}*{bottom})" if scale.denominator != 1 else bottom
    made = f"ROUND({above}/{below},{ratio.quantity.decimals + 2 * percent})"
    made = f'IF({bottom}=0,"{Why.NOT_ASKED.words}",{made})'
    if all(any(row.answers[column].some for _, column in part) for part in columns):
        unlike = answer.why is Why.NOT_LISTED and not answer.some  # its sums are over unlike months
        return "" if unlike else f"={made}"
    there = ",".join(f"COUNT({excel.ranges(cells)})=0" for cells in (tops, bottoms))
    return f'=IF(OR({there}),"{answer.why.words}",{made})'


def _columns_of(row: TableRow, linear: Linear) -> list[tuple[int, int]]:
    """The columns that make a sum in a row, as (1 or -1, column) each; none where they are not all there."""
    same = (n for n, one in enumerate(row.counts) if isinstance(one, Linear) and _same(one, linear))
    if (whole := next(same, None)) is not None:
        return [(1, whole)]
    return _parts(linear, _single(row.counts))


def _same(one: Linear, other: Linear) -> bool:
    return sorted(one.terms) == sorted(other.terms) and one.constant == other.constant


def _alone(part: list[tuple[int, int]], at: int) -> str:
    """A cell, or a sum of cells that can stand on either side of a division."""
    if len(part) == 1:
        return str(xl_rowcol_to_cell(at, part[0][1] + 1))
    made = _across(part, at)
    return f"({made})" if "-" in made else made


def _live(columns: tuple[TableColumn, ...]) -> dict[int, list[tuple[int, int]]]:
    """The columns that are sums of other columns of the table, as (1 or -1, column) each."""
    linears = [column.linear for column in columns]
    single = _single(linears)
    found = {n: _parts(one, single) for n, one in enumerate(linears) if one and not _is_single(one)}
    return {n: parts for n, parts in found.items() if parts}


def _single(counts: Sequence[Linear | Ratio | None]) -> dict[Ref, int]:
    """The columns that count one line alone, by that line."""
    found = ((n, one) for n, one in enumerate(counts) if isinstance(one, Linear) and _is_single(one))
    return {one.terms[0][1]: n for n, one in found}


def _parts(linear: Linear, single: Mapping[Ref, int]) -> list[tuple[int, int]]:
    """The columns of a sum's lines with their signs; none where one is lacking."""
    there = _is_plain(linear) and all(ref in single for ref in linear.refs)
    return [(coefficient, single[ref]) for coefficient, ref in linear.terms] if there else []


def _is_single(linear: Linear) -> bool:
    return len(linear.terms) == 1 and linear.terms[0][0] == 1 and not linear.constant


def _is_plain(linear: Linear) -> bool:
    """Whether its lines are only added and taken off; units that are multiples of each other are not."""
    return not linear.constant and all(abs(coefficient) == 1 for coefficient, _ in linear.terms)


def _across(terms: list[tuple[int, int]], row: int) -> str:
    """The formula of a sum of columns in one row."""
    plus, minus = (_cells([column for coefficient, column in terms if coefficient == sign], row) for sign in (1, -1))
    return f"{plus}-{minus}" if minus else plus


def _cells(columns: list[int], row: int) -> str:
    if not columns:
        return ""
    first, last = min(columns), max(columns)
    if columns == list(range(first, last + 1)):
        start, end = xl_rowcol_to_cell(row, first + 1), xl_rowcol_to_cell(row, last + 1)
        return f"SUM({start}:{end})" if first != last else f"SUM({start})"
    return f"SUM({','.join(xl_rowcol_to_cell(row, column + 1) for column in columns)})"


def _trend(page: Page, table: Table, row: int) -> None:
    """The months of each column as small columns; older programs leave the row empty."""
    items = [first_row(table) + n for n, r in enumerate(table.rows) if r.kind == "item"]
    page.sheet.write_string(row, 0, "月度走势", page.styles(font_size=10, font_color=MUTED, indent=1))
    page.sheet.set_row(row, 26)
    for c in range(len(table.columns)):
        first, last = xl_rowcol_to_cell(items[0], c + 1), xl_rowcol_to_cell(items[-1], c + 1)
        look = {"type": "column", "min": 0, "series_color": PALE, "high_point": True, "high_color": NAVY}
        page.sheet.add_sparkline(row, c + 1, {"range": f"'{page.name}'!{first}:{last}", **look})


def _names(workbook: Any, table: Table) -> None:
    """Names for whoever links to the table: its total and its body."""
    stem = table.annual.id.replace("表", "年")
    first = first_row(table)
    last = xl_rowcol_to_cell(first + len(table.rows) - 1, len(table.columns), True, True)
    workbook.define_name(f"{stem}_合计", f"='{table.annual.sheet}'!$B${first + 1}")
    workbook.define_name(f"{stem}_数据区", f"='{table.annual.sheet}'!$B${first + 1}:{last}")
