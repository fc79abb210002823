"""The colours of a workbook: which ink stands on which ground, and how well it can be read."""

from collections.abc import Iterator
from typing import Any

import openpyxl

from tests.publish.reading import filled

BLACK, WHITE = "000000", "FFFFFF"


def pairs(book: openpyxl.Workbook) -> set[tuple[str, str]]:
    """Every ink with its ground: of the cells that hold something, and of the conditional formats."""
    return set(_of_cells(book)) | set(_of_conditions(book))


def contrast(ink: str, ground: str) -> float:
    """The contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def _of_cells(book: openpyxl.Workbook) -> Iterator[tuple[str, str]]:
    for cell in filled(book):
        if cell.value is not None:
            solid = cell.fill.patternType == "solid"
            yield _rgb(cell.font.color, BLACK), _rgb(cell.fill.fgColor if solid else None, WHITE)


def _of_conditions(book: openpyxl.Workbook) -> Iterator[tuple[str, str]]:
    for sheet in book:
        for area in sheet.conditional_formatting:
            for look in (rule.dxf for rule in area.rules if rule.dxf and rule.dxf.font):
                yield _rgb(look.font.color, BLACK), _rgb(look.fill.bgColor if look.fill else None, WHITE)


def _rgb(colour: Any, otherwise: str) -> str:
    return str(colour.rgb)[-6:] if colour is not None and colour.type == "rgb" else otherwise


def _luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
