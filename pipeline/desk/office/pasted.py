"""Lists as people have them: pasted from a spreadsheet or a letter, or a workbook with whatever columns."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.codes import Code
from schemas.mistake import CannotRun
from schemas.office import LEVELS
from schemas.units import UnitRow
from schemas.written_lists import CSV, XLSX, cells_in

KIND = "单位"  # of a unit of which none is said
_SEEN = 10  # rows among which the headings are looked for
_BETWEEN = re.compile(r"[\t,，;；]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_A_FILE = re.compile(r"\.[A-Za-z]{2,5}")  # how the name of a file ends
_CODE = re.compile(r"[\w-]+", re.ASCII)
_ENDS = ("人民政府", "街道办事处")  # of a name, which its short name leaves out


class Item(NamedTuple):
    """A thing of a list as it was pasted; what was not said is ""."""

    name: str
    code: str = ""
    short: str = ""
    kind: str = ""


def pasted(text: str) -> list[Item]:
    """The things of a list: of a file, of one a line, or of one line with marks between them. Raises CannotRun."""
    lines = [line for line in text.splitlines() if line.strip()]
    path = Path(text.strip().strip("\"'")) if len(lines) == 1 else None
    if path and _A_FILE.fullmatch(path.suffix) and path.suffix.lower() not in {CSV, XLSX, ".txt"}:
        raise CannotRun(f"读不了“{path.name}”。请另存为 .xlsx，或直接把名称粘贴在这里。")
    if path and path.suffix.lower() in {CSV, XLSX, ".txt"}:
        if not path.exists():
            raise CannotRun(f"找不到文件“{path}”。请核对路径，或直接把名称粘贴在这里。")
        rows = cells_in(path) if path.suffix.lower() != ".txt" else _split(path.read_text("utf-8-sig").splitlines())
        return _items(rows)
    if len(lines) == 1 and "\t" not in lines[0]:
        return _items([[part] for part in re.split("[、,，;；]", lines[0])])
    _refuse_several(lines)
    return _items(_split(lines))


def _refuse_several(lines: Sequence[str]) -> None:
    """Raise CannotRun of a line that may name several things, or one with its short name: nobody can tell which."""
    if any("name" in _heads(row) for row in _split(lines[:_SEEN])):
        return
    for n, line in enumerate(lines, start=1):
        parts = [part for part in re.split("[、,，;；]", line) if part.strip()]
        if "\t" not in line and len(parts) > 1 and all(_HAN.search(part) for part in parts):
            told = "是几个单位，还是一个单位的全称和简称，分不清。请一行写一个；全称、简称分两列的，从表格里复制"
            raise CannotRun(f"第 {n} 行“{line.strip()}”{told}。")


def _split(lines: Iterable[str]) -> list[list[str]]:
    return [[cell.strip() for cell in _BETWEEN.split(line)] for line in lines]


def _items(rows: Iterable[Sequence[str]]) -> list[Item]:
    """What stands in rows: by their headings, or else by what cells look like. Raises CannotRun where one is twice."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    at = next((n for n, row in enumerate(rows[:_SEEN]) if "name" in _heads(row)), None)
    if at is None:
        found = [_by_looks(row) for row in rows]
    else:
        heads = _heads(rows[at])
        found = [_by_heads(row, heads) for row in rows[at + 1 :]]
    items = [item for item in found if item.name]
    for n, item in enumerate(items):
        if item.name in {other.name for other in items[:n]}:
            raise CannotRun(f"“{item.name}”写了两次，请删去一个。")
    return items


def _heads(row: Sequence[str]) -> dict[str, int]:
    """The columns that headings name: 名称, 单位名称, name."""
    titles = {str(field.title): key for key, field in UnitRow.model_fields.items() if key in Item._fields}
    keys: dict[str, str] = {**titles, **{key: key for key in Item._fields}, KIND: "name"}
    named = ((keys.get(cell) or keys.get(cell.removeprefix(KIND), ""), n) for n, cell in enumerate(row))
    return {key: n for key, n in reversed(list(named)) if key}


def _by_heads(row: Sequence[str], heads: dict[str, int]) -> Item:
    cells = {key: row[n].strip() for key, n in heads.items() if n < len(row)}
    return Item(**{"name": "", **cells})


def _by_looks(row: Sequence[str]) -> Item:
    """A code before a name, behind it a short name and a kind."""
    cells = [cell.strip() for cell in row]
    at = next((n for test in (_HAN.search, bool) for n, cell in enumerate(cells) if test(cell)), 0)
    code = next((cell for cell in cells[:at] if _CODE.fullmatch(cell)), "")
    return Item(cells[at], code, *cells[at + 1 : at + 3])


def units_of(items: Sequence[Item], area: str, region: str) -> list[UnitRow]:
    """The units of a list, with codes and short names where none were said. Raises CannotRun where there is none."""
    if not items:
        raise CannotRun("没有读到单位。请一行写一个单位名称，或写一个有“名称”一栏的 .xlsx 文件的路径。")
    shorts = [item.short or short_of(item.name, area) for item in items]
    return [
        UnitRow(
            code=item.code or f"{region}-{n:03d}",
            name=item.name,
            short=short if shorts.count(short) == 1 else item.name,
            kind=item.kind or KIND,
        )
        for n, (item, short) in enumerate(zip(items, shorts, strict=True), start=1)
    ]


def short_of(name: str, area: str) -> str:
    """A unit's name without what goes without saying: 甲县某局 is 县某局, 乙镇人民政府 is 乙镇."""
    own = name.removeprefix(area)
    level = area[-1] if own != name and area[-1] in LEVELS else ""
    short = next((own.removesuffix(end) for end in _ENDS if own.endswith(end) and len(own) > len(end) + 1), own)
    return (level + short if level and short[-1] not in LEVELS else short) or name


def codes_of(items: Sequence[Item], usual: Sequence[Code]) -> list[Code]:
    """The codes of a list, numbered on from where the usual one begins where none were said. Raises CannotRun."""
    if not items:
        raise CannotRun("没有读到内容。请一行写一个。")
    first = int(usual[0].code) if usual and usual[0].code.isdigit() else 1
    return [
        Code(code=item.code or str(first + n), name=item.name, short=item.short or item.name)
        for n, item in enumerate(items)
    ]
