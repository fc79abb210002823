"""What the cells of an .xlsx hold and how that is seen: worked out once for every content under a style."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property, lru_cache
from math import isfinite
from typing import NamedTuple

from pipeline.intake.book import Mark
from pipeline.intake.containers.sheet_cells import Cell, looked
from pipeline.intake.containers.styles import Styles
from pipeline.intake.containers.texts_xml import Texts, written_out
from pipeline.intake.shown import look_of, repeated, text_look

_TRUTHS = {"0": False, "1": True, "false": False, "true": True}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NOWHERE = (0, 0)
_MOST_KNOWN = 4096  # contents of a style that are remembered
_SHORT = 7  # digits that every plain format shows are fewer


class Shown(NamedTuple):
    """The value of a cell that is empty to a reader, or is seen otherwise than it is kept."""

    value: object
    mark: Mark | None = None


@dataclass(frozen=True)
class Values:
    """How cells are read: by the styles and the texts of their workbook."""

    styles: Styles
    texts: Texts
    since_1904: bool

    @cached_property
    def contents(self) -> "Contents":
        """What was read so far, by how it stands in the XML."""
        return Contents(self)

    def of(self, cell: Cell) -> Shown:
        """What is read of a cell. One whose content nobody can know is an error."""
        if cell.kind == "e":
            return Shown("", Mark("error", cell.text or "#N/A"))
        if not cell.text:
            return Shown("", Mark("uncalculated", "") if cell.formula and cell.kind != "str" else None)
        value = self._kept(cell)
        if value is None:
            return Shown("", Mark("error", cell.text))
        look = self._look(cell, value)
        value = look.value if look.value is not None else value
        if cell.odd or (cell.kind == "s" and cell.text in self.texts.odd):
            return Shown(value, Mark("formatted", ""))
        shown = look.mark.shown if look.mark else ""
        if cell.style in self.styles.struck:
            return Shown(value, Mark("struck", shown))
        return Shown(value, Mark("unseen", shown)) if cell.style in self.styles.unseen else Shown(value, look.mark)

    def text(self, cell: Cell) -> str:
        """What a cell holds, as a text; of a shared text that is not there its number."""
        return self._shared(cell.text) or cell.text if cell.kind == "s" else cell.text

    def _kept(self, cell: Cell) -> object:
        """The value as it is kept; None where it is none of its type."""
        if cell.kind in {"", "n"}:
            return float(cell.text) if _NUMBER.fullmatch(cell.text) else None if cell.kind else cell.text
        if cell.kind == "s":
            return self._shared(cell.text)
        if cell.kind == "b":
            return _TRUTHS.get(cell.text)
        if cell.kind == "d":
            return _moment(cell.text)
        return cell.text if cell.kind in {"str", "inlineStr"} else None

    def _shared(self, number: str) -> str | None:
        known = number.isdigit() and int(number) < len(self.texts.all)
        return self.texts.all[int(number)] if known else None

    def _look(self, cell: Cell, value: object) -> Shown:
        """How a format shows a value; a day that it shows is the value."""
        code = self.styles.code(cell.style)
        if isinstance(value, str):
            return Shown(value, text_look(value, code))
        if not isinstance(value, float) or not isfinite(value):
            return Shown(value)
        if cell.style in self.styles.repeated:
            return Shown(value, repeated(value))
        return Shown(*look_of(value, code, since_1904=self.since_1904))


class Known(dict[bytes, object]):
    """The contents of cells of one style and type as they stand in the XML, with what is read of them.

    That is the plain value, or where that is not all, a ``Shown``. ``short`` whole numbers are seen as they are.
    """

    def __init__(self, read: Values, style: str, kind: str, *, short: bool = False) -> None:
        super().__init__()
        self.read, self.style, self.kind, self.short = read, style, kind, short

    def __missing__(self, written: bytes) -> object:
        if len(self) > _MOST_KNOWN:
            self.clear()
        if self.short and len(written) < _SHORT and written.isdigit():
            self[written] = float(written)
            return self[written]
        told = self.read.of(Cell(_NOWHERE, self.style, self.kind, written_out(written.decode())))
        self[written] = told.value if told.mark is None and told.value != "" else told
        return self[written]


class Contents(dict[bytes, Known]):
    """What is known of the contents of a workbook's cells, by the style and type that they write.

    But for its texts all workbooks of the same styles have it in common.
    """

    def __init__(self, read: Values) -> None:
        super().__init__()
        self.read = read
        self.texts: Known | None = None
        self.common: dict[bytes, Known] = read.styles.known.setdefault(read.since_1904, {})

    def __missing__(self, look: bytes) -> Known:
        style, kind = looked(look)
        plain = style not in self.read.styles.watched
        if kind == "s":
            self[look] = self._texts(style) if plain else Known(self.read, style, kind)
        else:
            self[look] = self.common.get(look) or self.common.setdefault(look, self._in_common(style, kind))
        return self[look]

    def _in_common(self, style: str, kind: str) -> Known:
        short = kind in {"", "n"} and style not in self.read.styles.watched | self.read.styles.days
        return Known(replace(self.read, texts=Texts()), style, kind, short=short)

    def _texts(self, style: str) -> Known:
        """The shared texts under a style in which they are seen as they are, which is the same for all such styles."""
        if self.texts is None:
            texts = self.read.texts
            self.texts = Known(self.read, style, "s")
            self.texts.update(zip(_numbers(len(texts.all)), texts.all, strict=False))
            for number in [*(str(n) for n, text in enumerate(texts.all) if not text), *texts.odd]:
                self.texts.pop(number.encode(), None)
        return self.texts


@lru_cache(maxsize=8)
def _up_to(count: int) -> tuple[bytes, ...]:
    return tuple(b"%d" % n for n in range(count))


def _numbers(count: int) -> tuple[bytes, ...]:
    """So many numbers as cells write them, or some more."""
    return _up_to(1 << max(count - 1, 255).bit_length())


def _moment(text: str) -> object:
    """A day, or a time, as a text says it; the text where it says none."""
    for kind in (date, datetime, time):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    return text
