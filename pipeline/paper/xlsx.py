"""Workbooks as we write them: in our font, and fast."""

from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.paper.theme import SONG
from pipeline.values.zips import of_no_system


class Sheet(Worksheet):  # type: ignore[misc]  # xlsxwriter ships no types
    """A sheet that does not search each formula for functions newer than Excel 2003, of which ours have none.

    That search takes two fifths of the time of writing a return (18 ms for 30, xlsxwriter 3.3.1), which is written six
    hundred times in a year, and has no switch. Tests hold every formula against the search, and the version.

    ``heights`` are the rows' that were set, in points.
    """

    def __init__(self) -> None:
        super().__init__()
        self.heights: dict[int, float] = {}

    def set_row(self, row: int, height: float | None = None, *look: Any) -> int:
        """As xlsxwriter's; what was set is remembered."""
        if height is not None:
            self.heights[row] = height
        return int(super().set_row(row, height, *look))

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002  # not ours
        return formula.removeprefix("=")


class Workbook(xlsxwriter.Workbook):  # type: ignore[misc]  # xlsxwriter ships no types
    """A workbook of such sheets, made in memory: temporary files would take longer than all the rest.

    It is written at once, so that a full disk is an OSError like any other, with the same bytes on every system.
    ``pages`` are how many pages each sheet takes in print, as far as it was asked.
    """

    worksheet_class = Sheet

    def __init__(self, target: Path | BytesIO, **look: Any) -> None:
        font = {"font_name": SONG, "font_size": 10.5, **look}
        self._target, self._made = target, BytesIO()
        self.pages: dict[str, int] = {}
        super().__init__(self._made, {"in_memory": True, "default_format_properties": font})

    def close(self) -> None:
        """Write the workbook. Raises OSError where there is no room or no right."""
        super().close()
        data = of_no_system(self._made.getvalue())
        if isinstance(self._target, Path):
            self._target.write_bytes(data)
        else:
            self._target.write(data)
