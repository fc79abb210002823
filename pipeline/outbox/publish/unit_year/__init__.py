"""单户年表: one unit's own year in one file: what it told, was asked, what was decided, and a place to sign."""

from pathlib import Path

from pipeline.outbox.publish.contents import describe
from pipeline.outbox.publish.unit_year.dealings import DEALINGS, write_dealings
from pipeline.outbox.publish.unit_year.figures import FIGURES, UnitFigures, write_figures
from pipeline.paper.theme import Styles
from pipeline.paper.xlsx import Workbook
from pipeline.tables.outcome import Outcome
from schemas.units import UnitRow

__all__ = ["ENDING", "UnitFigures", "write_unit_year"]
ENDING = "单户年表"


def write_unit_year(path: Path, outcome: Outcome, figures: UnitFigures, unit: UnitRow) -> None:
    """Write a unit's year; same outcome, same bytes."""
    with Workbook(path) as workbook:
        describe(workbook, outcome, f"{unit.short}{ENDING}", "本单位全年报送的数和往来，供单位核对签章。")
        for name in (FIGURES, DEALINGS):
            workbook.add_worksheet(name)
        styles = Styles(workbook)
        write_figures(workbook, styles, outcome, figures, unit)
        write_dealings(workbook, styles, outcome, unit)
        workbook.get_worksheet_by_name(FIGURES).activate()
