"""The same change of a return in every container that can carry it, with where its findings then stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from tests.drift.biff import as_xlsb
from tests.drift.case import NOTHING, Case
from tests.drift.grids import BASIC, COVER, GIVEN, LIST, Change, Grids, anew, as_html, as_text, as_xlsx

ORDER = (COVER, GIVEN, BASIC, LIST)
_ABOVE = {COVER: 0, GIVEN: 25, BASIC: 68, LIST: 123}  # rows above each where all stand one below the other
NOTE = "N-FIL-01"
AS_TEXT = "N-NUM-01"  # told where numbers need not be text


@dataclass(frozen=True)
class Container:
    """How a return is written, and how its sheets and cells are then called."""

    name: str
    suffix: str
    write: Callable[[Grids], bytes]
    notes: tuple[str, ...] = (NOTE,)
    typed: bool = True  # numbers and texts are told apart

    def cell(self, at: str) -> str:
        """A cell by the name of the form's sheet, as this container calls it."""
        sheet, _, cell = at.partition("!")
        if self.typed:
            return at
        if self.suffix == "xls":
            return f"网页表格{ORDER.index(sheet) + 1}!{cell}"
        row, column = xl_cell_to_rowcol(cell)
        return f"CSV!{xl_rowcol_to_cell(row + _ABOVE[sheet], column)}"


XLSX, XLSB = Container("xlsx", "xlsx", as_xlsx, ()), Container("xlsb", "xlsb", as_xlsb())
PAGE = Container("a web page", "xls", as_html(), typed=False)
CSV = Container("CSV", "csv", as_text("gb18030"), typed=False)
TABS = Container("tabs", "txt", as_text("utf-16", "\t"), typed=False)
EVERY = (XLSX, XLSB, PAGE, CSV, TABS)
WRITTEN = (PAGE, CSV, TABS)  # rows may differ in how many cells they have


def wherever(
    name: str,
    change: Change,
    *told: str,
    says: str = "",
    shows: Mapping[str, int | None] = NOTHING,
    among: tuple[Container, ...] = EVERY,
    listed: bool = True,
) -> tuple[Case, ...]:
    """A case a container; ``told`` are findings as "E-NUM-02 基本情况!D9", what a container says of itself before."""
    return tuple(
        replace(_case(here, name, change, told), shows=shows, listed=listed, says=_first(says, here)) for here in among
    )


def _first(says: str, container: Container) -> str:
    """What the first finding says, where the container itself is not spoken of before."""
    return "" if container.notes else says


def _case(container: Container, name: str, change: Change, told: tuple[str, ...]) -> Case:
    here = [one for one in told if container.typed or one != AS_TEXT]
    rules = (f"{rule} {container.cell(at)}" if at else rule for rule, _, at in (one.partition(" ") for one in here))
    file = f"市卫生局_2012-01.{container.suffix}"
    happens = anew(change, write=container.write)
    return Case(f"{container.name}: {name}", happens, (*container.notes, *rules), file=file, dear=container is not XLSX)
