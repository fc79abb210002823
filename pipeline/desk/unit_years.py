"""The units' own years: a file a unit, from what came in, in a folder of the outbox or another."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pipeline.outbox.lock import lies_in, one_at_a_time
from pipeline.story.run import Request, examine
from pipeline.story.series import beside_shorter
from pipeline.tables.outcome import Outcome
from pipeline.values.files import clear_unfinished, write_whole
from pipeline.values.screen import Stages
from schemas.mistake import CannotRun, nearest
from schemas.units import UnitRow


def write_unit_years(wanted: Sequence[str], folder: Path | None, request: Request, screen: Stages) -> list[Path]:
    """Write the year of the units named, of all where none is. Raises CannotRun where one is not known."""
    from pipeline.outbox.guard import covered
    from pipeline.outbox.publish.unit_year import ENDING, UnitFigures, write_unit_year

    outcome = covered(examine(beside_shorter(request), screen))
    units, figures = _units(wanted, outcome), UnitFigures(outcome)
    folder = folder or request.outbox / ENDING / outcome.folder
    if lies_in(folder, request.inbox):
        raise CannotRun(f"单户年表不能放在收件夹里（“{folder}”），会被当作报表来读。请用 --to 另选一个文件夹。")
    written = []
    with one_at_a_time(folder), screen.stage("做单户年表") as progress:
        clear_unfinished(folder)
        for number, unit in enumerate(units, start=1):
            write = partial(write_unit_year, outcome=outcome, figures=figures, unit=unit)
            written.append(write_whole(folder / f"{unit.short}_{outcome.year}年_{ENDING}.xlsx", write))
            progress(number, len(units))
    return written


def _units(wanted: Sequence[str], outcome: Outcome) -> list[UnitRow]:
    known = outcome.office.owing(map(str, outcome.months))
    ever = {unit.code: unit for unit in outcome.office.units}
    found = {name: row for row in known for one in ever[row.code].rows for name in one.names}
    for name in wanted:
        if name not in found:
            raise CannotRun(f"单位“{name}”不在{outcome.year}年的名录里，{nearest(name, found)}。")
    return [found[name] for name in wanted] if wanted else list(known)
