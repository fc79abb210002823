"""What the rows of a table are: their codes and names, headings among them, and which is a part of which."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.desk.drafting.sheet import Spot
from pipeline.desk.drafting.tables import Found

AMONG = re.compile(r"^其中[：:]?\s*")
_STYLES = (  # how a name is numbered, from the highest
    re.compile(r"[一二三四五六七八九十]+[、.．]"),
    re.compile(r"[（(][一二三四五六七八九十]+[)）]"),
    re.compile(r"(\d+)[.．、](?!\d)"),
    re.compile(r"[（(](\d+)[)）]"),
    re.compile(r"[①-⑳]"),
)
_CHINESE = {n: i for i, n in enumerate("一二三四五六七八九十", 1)}
_CODE = re.compile(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Item:
    """A row: where it stands, its code ("" until it is given one), name and unit, what it is a part of."""

    row: int
    name: str
    code: str = ""
    unit: str = ""
    heading: bool = False
    depth: int = 0
    parent: int | None = None  # its place among the items
    path: tuple[Spot, ...] = ()

    @property
    def is_among(self) -> bool:
        """Whether it says of itself that it is one of the parts of the line above (其中)."""
        return AMONG.match(self.name) is not None


def style_of(name: str) -> tuple[int, int] | None:
    """How a name is numbered: the kind of numbering, from the highest, and its number."""
    plain = AMONG.sub("", name)
    for rank, style in enumerate(_STYLES):
        found = style.match(plain)
        if found:
            return rank, _number(found[0])
    return None


def _number(text: str) -> int:
    digits = "".join(c for c in text if c.isdigit() and c.isascii())
    if digits:
        return int(digits)
    chinese = [c for c in text if c in _CHINESE]
    if not chinese:
        return ord(text[0]) - ord("①") + 1
    tens = (_CHINESE[chinese[0]] if chinese[0] != "十" else 1) * 10 if "十" in chinese else 0
    return tens + (_CHINESE[chinese[-1]] if chinese[-1] != "十" else 0)


def items_of(table: Found) -> list[Item]:
    """The rows of a table, with codes as printed or of our own."""
    found = _with_parents(table, list(_read(table)))
    return _coded(found)


def _read(table: Found) -> Iterator[Item]:
    """The rows as they are written; where several columns name them, with the headings that stand beside them."""
    sheet, code, unit = table.sheet, table.of("code"), table.of("unit")
    told: set[Spot] = set()
    for row in table.body:
        spots = list(dict.fromkeys(sheet.spot(row, at) for at in table.names if sheet.at(row, at).words))
        printed = table.cell(row, code).shown
        if not spots and printed:
            yield Item(row, printed, heading=True)
        for depth, spot in enumerate(spots):
            if spot in told:
                continue
            told.add(spot)
            whole = depth == len(spots) - 1
            yield Item(
                row,
                sheet.at(*spot).text,
                printed if whole else "",
                table.cell(row, unit).words if whole else "",
                heading=not whole or _is_heading(table, row, spot),
                path=tuple(spots[: depth + 1]) if len(table.names) > 1 else (),
            )


def _is_heading(table: Found, row: int, spot: Spot) -> bool:
    """Whether a row names what is below it and has no figures of its own."""
    sheet, figures = table.sheet, table.figures
    if any(sheet.at(row, c.at).formula or sheet.at(row, c.at).number for c in figures):
        return False
    code, unit = table.of("code"), table.of("unit")
    barred = table.cell(row, unit).barred or all(sheet.at(row, c.at).barred for c in figures)
    over = any(sheet.spot(row, c.at) == spot for c in figures)
    lacks = [c for c in (code, unit) if c and not table.cell(row, c).shown and _is_usual(table, c.at)]
    return barred or over or bool(lacks)


def _is_usual(table: Found, at: int) -> bool:
    """Whether most rows have something in a column."""
    return 2 * sum(bool(table.sheet.at(row, at).shown) for row in table.body) > len(table.body)


def _with_parents(table: Found, items: list[Item]) -> list[Item]:
    """The rows with what each is a part of: by the columns of their names, else as they are indented, else numbered."""
    if any(item.path for item in items):
        places = {item.path[-1]: n for n, item in enumerate(items)}
        return [replace(i, depth=len(i.path) - 1, parent=places.get(i.path[-2]) if i.path[1:] else None) for i in items]
    indents = [table.sheet.at(i.row, at).indent for i in items for at in table.names[:1]] or [0] * len(items)
    indents = _aligned(items, indents)
    depths = _indented(items, indents) if len(set(indents)) > 1 else _numbered(items)
    made: list[Item] = []
    for item, depth in zip(items, depths, strict=True):
        above = [n for n, one in enumerate(made) if one.depth < depth]
        made.append(replace(item, depth=depth, parent=above[-1] if above else None))
    return made


def _aligned(items: Sequence[Item], indents: Sequence[int]) -> list[int]:
    """How far rows are set in: where those after 其中： stand below what follows it, its own row stands as far."""
    after = {indent for item, indent in zip(items, indents, strict=True) if not item.is_among}
    wide = len("其中：")
    return [
        indent + wide if item.is_among and indent + wide in after and indent not in after - {0} else indent
        for item, indent in zip(items, indents, strict=True)
    ]


def _indented(items: Sequence[Item], indents: Sequence[int]) -> list[int]:
    """The depths of rows that are indented; a heading that is not stands as deep as rows that are numbered alike."""
    ranks = {
        indent: n for n, indent in enumerate(sorted({i for i, x in zip(indents, items, strict=True) if not x.heading}))
    }
    of_style: dict[int, Counter[int]] = {}
    for item, indent in zip(items, indents, strict=True):
        if not item.heading and (style := style_of(item.name)) and not item.is_among:
            of_style.setdefault(style[0], Counter())[ranks[indent]] += 1
    depths = [ranks.get(indent, 0) for indent in indents]
    for n, item in enumerate(items):
        style = style_of(item.name)
        if item.heading and style and style[0] in of_style:
            depths[n] = of_style[style[0]].most_common(1)[0][0]
        elif item.heading and not indents[n]:
            below = next((depths[m] for m in range(n + 1, len(items)) if not items[m].heading), 1)
            depths[n] = max(0, below - 1)
    return depths


def _numbered(items: Sequence[Item]) -> list[int]:
    """The depths of rows by the kinds of numbering that stand below each other, and by 其中."""
    open_: list[tuple[int, int]] = []  # kind and number of what the next row may be a part of
    depths: list[int] = []
    for item in items:
        style = style_of(item.name)
        if item.is_among:
            open_.append(style or (len(_STYLES), 0))
        elif style is None:
            open_ = open_[:1] if item.heading and not open_ else []
            open_.append((-1, 0))
        else:
            open_ = _as_deep(open_, style)
        depths.append(len(open_) - 1)
    return depths


def _as_deep(open_: list[tuple[int, int]], style: tuple[int, int]) -> list[tuple[int, int]]:
    """What is open when a row of this numbering comes: of two like it the one that it goes on from."""
    like = [n for n, (rank, _) in enumerate(open_) if rank == style[0]]
    going_on = [n for n in like if open_[n][1] + 1 == style[1]]
    if like:
        return [*open_[: (going_on or like)[-1]], style]
    return [*[one for one in open_ if one[0] < style[0]], style]


def _coded(items: list[Item]) -> list[Item]:
    """The rows with a code each: as printed, where those are codes and no two alike, else by their place."""
    printed = [i.code for i in items if not i.heading]
    named = [code for code in printed if code]
    if named and len(set(named)) == len(named) and all(map(_CODE.fullmatch, named)):
        taken = set(named)
        return [i if i.code and not i.heading else replace(i, code=_free(i, taken)) for i in items]
    counts: Counter[int | None] = Counter()
    made: list[Item] = []
    several = max(Counter(item.parent for item in items).values(), default=0) > 9
    for item in items:
        counts[item.parent] += 1
        own = f"{counts[item.parent]:02}" if several else str(counts[item.parent])
        made.append(replace(item, code=(made[item.parent].code if item.parent is not None else "") + own))
    return made


def _free(item: Item, taken: set[str]) -> str:
    """A code for a heading, or for a row that has none printed."""
    stem = "h" if item.heading else "s"
    code = next(f"{stem}{n}" for n in range(1, len(taken) + 2) if f"{stem}{n}" not in taken)
    taken.add(code)
    return code
