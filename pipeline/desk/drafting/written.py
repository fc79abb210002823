"""The tables of a draft as TOML: each line, row and column, what it is a sum of, and what a person must settle."""

import json
from collections.abc import Iterator, Sequence

from pipeline.desk.drafting.shapes import Drawn, Part
from schemas.drafting import OPEN, UNKNOWN, drafting
from schemas.quantity import MOST_DECIMALS

_FEWEST = -1_000_000  # of what may be less than 0
_TIMES = "次"  # what is counted by occasion is never what there is
_DAYS, _PROSE = 12, 30  # how wide a register's fields are


def quoted(text: str) -> str:
    """A text as TOML."""
    return json.dumps(text, ensure_ascii=False)


def listed(names: Sequence[str]) -> str:
    """Texts as TOML."""
    return "[" + ", ".join(map(quoted, names)) + "]"


def table_of(table: Drawn, sheet: str) -> Iterator[str]:
    """A table of the edition; ``sheet`` is what its sheet is called."""
    yield from ("", "[[table]]", f'id = "{table.id}"', f"title = {quoted(table.title or sheet)}")
    yield from (f"sheet = {quoted(sheet)}", f'shape = "{table.shape}"', f"measures = {listed(table.measures)}")
    if table.shape == "matrix" and table.title:
        yield f"section = {quoted(table.title)}"
    if table.corner:
        yield f"head = {quoted(table.corner)}"
    yield from _questions(table)
    if table.shape == "register":
        yield from ("field = [", *map(_field, table.columns), "]")
        return
    key = "line" if table.shape == "list" else "row"
    yield from (f"{key} = [", *(_row(table, n) for n in range(len(table.rows))), "]")
    if table.shape == "matrix":
        yield from ("column = [", *(_column(table, n) for n in range(len(table.columns))), "]")


def _questions(table: Drawn) -> Iterator[str]:
    """What is to be settled of a table as a whole."""
    if table.left:
        yield f'{OPEN}还有“{"”“".join(table.left)}”栏没有写进来：要收的，改成矩阵（shape = "matrix"）或另立一张表'
    if table.shape == "register":
        yield f"{OPEN}这张表没有行名，当作台账（一行一件）：各栏的 kind 和 required 请核对；不是台账的请改写"
    elif not table.printed:
        yield f"{OPEN}原表没有代码，或不能照用（有重复、有字母数字以外的字），这里的是编的，请核对"
    if any(word in table.corner for word in ("等于", "＝", "=")):
        yield f"{OPEN}表头写着各行之间的关系，请写成规则（[[rule]]）"
    for told in table.sums.unread:
        yield f"{OPEN}这个公式没有写成合计或规则：{told}"


def _field(part: Part) -> str:
    kind = "date" if "日期" in part.name else "text"
    keys = f"code = {quoted(part.code)}, name = {quoted(part.name)}, kind = {quoted(kind)}"
    asked = f'，{OPEN[2:]}要按“{"”“".join(part.choices)}”分类的，写成代码表（kind = "code"）' if part.choices else ""
    return f"    {{ {keys}, width = {_DAYS if kind == 'date' else _PROSE} }}," + (f"  # {asked[1:]}" if asked else "")


def _row(table: Drawn, n: int) -> str:
    """A line of a list, or a row of a matrix."""
    part, sums = table.rows[n], table.sums.rows
    keys = [f"code = {quoted(part.code)}", f"name = {quoted(part.name)}"]
    asked: list[str] = []
    if table.shape == "list":
        keys += _number(part, asked)
    if part.section and not (n and table.rows[n - 1].section == part.section):
        keys.append(f"section = {quoted(part.section)}")
    if part.parent:
        keys.append(f"parent = {quoted(part.parent)}")
    if part.heading:
        keys.append("heading = true")
    keys += _kind(part, asked, numbered=table.shape == "list")
    if n in sums:
        keys.append(f"sum = {_as_sum(table.rows, sums[n], table)}")
        asked += ["从名称看是合计，由表格计算；不是的删去 sum 和它的规则"] if ("row", n) in table.sums.guessed else []
    return _entry(keys, asked)


def _column(table: Drawn, n: int) -> str:
    part, sums = table.columns[n], table.sums.columns
    keys = [f"code = {quoted(part.code)}", f"name = {quoted(part.name)}"]
    asked: list[str] = []
    keys += _number(part, asked)
    if part.group:
        keys.append(f"group = {quoted(part.group)}")
    keys += _kind(part, asked)
    if n in sums:
        keys.append(f"sum = {_as_sum(table.columns, sums[n], table)}")
        asked += (
            ["从名称看是合计，由表格计算；不是的删去 sum 和它的规则"] if ("column", n) in table.sums.guessed else []
        )
    return _entry(keys, asked)


def _number(part: Part, asked: list[str]) -> list[str]:
    """The unit and the decimals of a number; whether another is called as it is, is asked with them."""
    asked += ["原表有两处叫这个名称，请改成分得清的"] if part.twice else []
    keys = [f"unit = {quoted(part.unit or UNKNOWN)}"]
    if not part.unit:
        asked.append("计量单位，原表没有写")
    decimals = min(part.decimals, MOST_DECIMALS)
    if not decimals and drafting().has("money", part.unit):
        decimals = 2
        asked.append("金额有几位小数")
    return [*keys, f"decimals = {decimals}"] if decimals else keys


def _kind(part: Part, asked: list[str], *, numbered: bool = True) -> list[str]:
    """Whether a number is what there is at the beginning or the end, and whether it may be less than 0."""
    kind = next((kind for kind in ("opening", "stock") if drafting().has(kind, part.name)), "")
    kind = "" if part.unit.endswith(_TIMES) else kind
    keys = [f'kind = "{kind}"'] if kind and not part.heading else []
    asked += [f"像是期{'初' if kind == 'opening' else '末'}数，各期不相加；是本期发生数的删去 kind"] if keys else []
    if numbered and drafting().has("signed", part.name):
        asked.append("从名称看可能小于 0；不会的删去 min")
        keys.append(f"min = {_FEWEST}")
    return keys


def _entry(keys: Sequence[str], asked: Sequence[str]) -> str:
    return f"    {{ {', '.join(keys)} }}," + (f"  {OPEN}{'；'.join(asked)}" if asked else "")


def runs(parts: Sequence[Part], places: Sequence[int]) -> list[tuple[str, str]]:
    """Parts as first and last codes of what stands together: headings have no figures, and are passed over."""
    order = [n for n, part in enumerate(parts) if not part.heading]
    found: list[list[int]] = []
    for place in sorted({order.index(n) for n in places}):
        if found and found[-1][-1] + 1 == place:
            found[-1].append(place)
        else:
            found.append([place])
    return [(parts[order[run[0]]].code, parts[order[run[-1]]].code) for run in found]


def _as_sum(parts: Sequence[Part], places: Sequence[int], table: Drawn) -> str:
    """What a ``sum`` says: ranges, in which there is no sum, or each by itself."""
    inside = table.sums.rows if parts is table.rows else table.sums.columns
    if any(n in inside for n in places):
        return listed([parts[n].code for n in places])
    texts = [first if first == last else f"{first}..{last}" for first, last in runs(parts, places)]
    return quoted(texts[0]) if len(texts) == 1 else listed(texts)
