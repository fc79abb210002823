"""An .xlsb: calamine for the values, its records for error cells and looks, which calamine does not tell.

Records as in [MS-XLSB] 2.1.4: number and length in groups of 7 bits, then the content. Names are not read.
"""

import posixpath
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple, cast

from python_calamine import CalamineWorkbook

from pipeline.intake.book import Book, Comment, Drawing, Hidden, Mark, Position
from pipeline.intake.bounds import MOST_COLUMNS, check_sheets, check_size, open_zip, without_dtd
from pipeline.intake.containers.drawings_xml import drawn
from pipeline.intake.containers.ooxml import MACROS
from pipeline.intake.containers.workbook_xml import THEME, relations_of
from pipeline.intake.containers.xlsb_conditions import changes_of, marked_by
from pipeline.intake.containers.xlsb_records import colour_of, number_at, records, string_at
from pipeline.intake.letters import BLACK, LEAST_POINTS, WHITE, Colour, blends
from pipeline.intake.number_format import BUILT_IN, UNKNOWN
from pipeline.intake.palette import Theme, theme_of
from pipeline.intake.shown import look_of, repeated, text_look

# Numbers of records: BrtRowHdr, BrtColInfo, BrtWsView, BrtWbProp, BrtBundleSh, …
_ROW, _COLUMN, _VIEW, _ABOUT, _SHEET, _BEGIN_COMMENT, _COMMENT_TEXT = 0, 60, 137, 153, 156, 635, 637
_FONT, _FORMAT, _FILL, _STYLE, _STYLES, _END_STYLES = 43, 44, 45, 47, 617, 618
_LEAST_HEIGHT, _LEAST_WIDTH = LEAST_POINTS * 20, 256  # in which anything is seen: 20ths of a point, 256ths of a letter
_FILLS = 4  # of an alignment: the text over and over, as often as the cell is wide
_ERRORS, _NUMBERS, _TEXTS = {3, 11}, {2, 5, 9}, {6, 7, 8}
_LENGTHS = {2: 12, 3: 9, 4: 9, 5: 16, 6: 12, 7: 12, 8: 12, 9: 16, 10: 9, 11: 9}  # of cells with values, at least
_SHOWN = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


class Style(NamedTuple):
    """What a cell's style shows: its number format, and whether it strikes out, is not seen, or repeats a number."""

    code: str = "General"
    struck: bool = False
    unseen: bool = False
    repeated: bool = False
    colours: tuple[Colour | None, Colour | None] = (BLACK, WHITE)


@dataclass
class Sheet:
    """A sheet as its records tell it; ``days`` are the values of cells that show a day or a time."""

    name: str
    state: int
    marks: dict[Position, Mark] = field(default_factory=dict)
    days: dict[Position, object] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    without_zeros: bool = False
    colours: dict[tuple[int, int], tuple[Colour | None, Colour | None]] = field(default_factory=dict)

    def look_through(self, told: bytes, values: list[list[object]], styles: list[Style], *, since_1904: bool) -> None:
        """Mark what is not seen as it is kept."""
        row = 0
        for number, content in records(told):
            if number == _ROW:
                row = number_at(content, 0)
                self.rows |= {row} if _is_hidden(content) else set()
            elif number == _VIEW and not content[0] & 0x10:
                self.without_zeros = True
            elif number == _COLUMN and (content[16] & 1 or number_at(content, 8) < _LEAST_WIDTH):
                self.columns |= set(range(number_at(content, 0), min(number_at(content, 4), MOST_COLUMNS) + 1))
            elif number in _LENGTHS:
                at = self.name, row, number_at(content, 0)
                style = number_at(content[4:7] + b"\0", 0)
                look = styles[style] if style < len(styles) else Style()
                self.colours[at[1], at[2]] = look.colours
                self._cell(at, number, content, values, look, since_1904=since_1904)

    def colours_at(self, spot: tuple[int, int]) -> tuple[Colour | None, Colour | None]:
        """Ink and ground of a cell."""
        return self.colours.get(spot, (BLACK, WHITE))

    def _cell(
        self, at: Position, number: int, content: bytes, values: list[list[object]], look: Style, *, since_1904: bool
    ) -> None:
        mark = None
        if number in _ERRORS:
            mark = Mark("error", _SHOWN.get(content[8], "#N/A"))
        elif number in _NUMBERS:
            value, mark = look_of(_value(number, content), look.code, since_1904=since_1904)
            mark = repeated(_value(number, content)) if look.repeated else mark
            if not isinstance(value, float):
                self.days[at] = value
        elif number in _TEXTS and isinstance(text := values[at[1]][at[2]], str):
            mark = text_look(text, look.code)
        if number not in _ERRORS and (look.struck or look.unseen) and values[at[1]][at[2]] != "":
            mark = Mark("struck" if look.struck else "unseen", mark.shown if mark else "")
        if mark:
            self.marks[at] = mark


def _is_hidden(row: bytes) -> bool:
    """Whether nothing is seen of a row, for it is hidden or too low; one that tells no height has that of all."""
    height = int.from_bytes(row[8:10], "little")
    return len(row) > 11 and (bool(row[11] & 0x10) or 0 < height < _LEAST_HEIGHT)


def read_xlsb(data: bytes) -> Book:
    """The workbook in ``data``. Raises Unreadable where it is beyond bounds; any other exception means damage."""
    with open_zip(data) as archive:
        told = [name for name in archive.namelist() if name.endswith((".bin", ".rels")) or "/drawings/" in name]
        parts = {name: archive.read(name) for name in told}
        theme = theme_of(without_dtd(archive.read(THEME)) if THEME in archive.namelist() else b"")
    styles = _styles(parts.get("xl/styles.bin", b""), theme)
    book = parts["xl/workbook.bin"]
    sheets = list(_sheets(book, parts["xl/_rels/workbook.bin.rels"]))
    since_1904 = any(number == _ABOUT and content[0] & 1 for number, content in records(book))
    for sheet, part in sheets:
        _check_reach(sheet.name, parts[part])
    values = _values(data)
    for sheet, part in sheets:
        sheet.look_through(parts[part], values[sheet.name], styles, since_1904=since_1904)
        for (_, row, column), day in sheet.days.items():
            values[sheet.name][row][column] = day
    changes = changes_of(parts.get("xl/styles.bin", b""), theme)
    for sheet, part in sheets:
        for spot, mark in marked_by(parts[part], values[sheet.name], changes, sheet.colours_at):
            sheet.marks.setdefault((sheet.name, *spot), mark)
    hidden = {s.name: Hidden(frozenset(s.rows), frozenset(s.columns), s.state != 0) for s, _ in sheets}
    return Book(
        values,
        {},
        {at: mark for sheet, _ in sheets for at, mark in sheet.marks.items()},
        (MACROS,) if "xl/vbaProject.bin" in parts else (),
        hidden=hidden,
        comments=tuple(comment for sheet, part in sheets for comment in _comments(sheet.name, part, parts)),
        without_zeros=frozenset(sheet.name for sheet, _ in sheets if sheet.without_zeros),
        drawings=tuple(one for sheet, part in sheets for one in _drawings(sheet.name, part, parts)),
    )


def _values(data: bytes) -> dict[str, list[list[object]]]:
    """The values of every sheet from A1 on, by calamine."""
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        check_sheets(len(book.sheet_names))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        for name, sheet in sheets.items():
            check_size(name, sheet.total_height, sheet.total_width)
        return {name: cast(list[list[object]], one.to_python(skip_empty_area=False)) for name, one in sheets.items()}


def _sheets(book: bytes, relations: bytes) -> Iterator[tuple[Sheet, str]]:
    """Every sheet of cells with its part."""
    told = relations_of(relations)
    for number, content in records(book):
        if number == _SHEET:
            relation, end = string_at(content, 8)
            name, _ = string_at(content, end)
            kind, target = told[relation]
            if kind == "worksheet":
                yield Sheet(name, number_at(content, 0)), _resolved("xl", target)


def _check_reach(sheet: str, told: bytes) -> None:
    """Raises Unreadable where a sheet's values reach too far; calamine would not survive it."""
    row = 0
    for number, content in records(told):
        if number == _ROW:
            row = number_at(content, 0)
        elif number in _LENGTHS:
            if len(content) < _LENGTHS[number]:
                raise ValueError(content)  # calamine would make up the rest from the cell before
            check_size(sheet, row + 1, number_at(content, 0) + 1)


def _value(number: int, content: bytes) -> float:
    """The number of a cell; RK numbers are packed in four bytes."""
    if number != 2:
        return float(struct.unpack_from("<d", content, 8)[0])
    packed = number_at(content, 8)
    high = struct.pack("<Q", (packed & ~3) << 32)
    plain = float((packed ^ 0x80000000) - 0x80000000 >> 2) if packed & 2 else float(struct.unpack("<d", high)[0])
    return plain / 100 if packed & 1 else plain


def _styles(told: bytes, theme: Theme) -> list[Style]:
    """The cell styles by number."""
    formats, fonts, grounds = dict(BUILT_IN), list[tuple[bool, bool, Colour | None]](), list[Colour | None]()
    styles, counting = list[Style](), False
    for number, content in records(told):
        counting = (counting or number == _STYLES) and number != _END_STYLES
        if number == _FORMAT:
            formats[int.from_bytes(content[:2], "little")] = string_at(content, 2)[0]
        elif number == _FONT:
            small = int.from_bytes(content[:2], "little") < _LEAST_HEIGHT
            fonts.append((bool(content[2] & 8), small, colour_of(content[12:20], theme)))
        elif number == _FILL:
            grounds.append({0: WHITE, 1: colour_of(content[4:12], theme)}.get(number_at(content, 0)))
        elif number == _STYLE and counting:
            _, shown, font, fill = struct.unpack_from("<4H", content)
            struck, small, ink = fonts[font] if font < len(fonts) else (False, False, BLACK)
            ground = grounds[fill] if fill < len(grounds) else WHITE
            repeats = content[12] & 7 == _FILLS
            code = formats.get(shown, UNKNOWN)
            styles.append(Style(code, struck, small or blends(ink, ground), repeats, (ink, ground)))
    return styles


def _related(part: str, wanted: str, parts: dict[str, bytes]) -> Iterator[bytes]:
    """The parts of a kind that belong to a sheet."""
    folder, file = posixpath.split(part)
    told = relations_of(parts[path]).values() if (path := f"{folder}/_rels/{file}.rels") in parts else ()
    yield from (parts.get(_resolved(folder, target), b"") for kind, target in told if kind == wanted)


def _drawings(sheet: str, part: str, parts: dict[str, bytes]) -> Iterator[Drawing]:
    for xml in filter(None, _related(part, "drawing", parts)):
        yield from drawn(sheet, without_dtd(xml))


def _comments(sheet: str, part: str, parts: dict[str, bytes]) -> Iterator[Comment]:
    for told in _related(part, "comments", parts):
        row = column = 0
        for number, content in records(told):
            if number == _BEGIN_COMMENT:
                row, column = number_at(content, 4), number_at(content, 12)
            elif number == _COMMENT_TEXT:
                yield Comment((sheet, row, column), string_at(content, 1)[0])


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
