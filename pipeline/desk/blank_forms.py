"""Issue the blank returns of a month: one a unit, with what the office knows of the months before."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline.desk.filled_in import FILLED, as_csv, filled_in, filling_of
from pipeline.judge.known import known_of
from pipeline.ledger.reported import NothingReported
from pipeline.outbox.lock import lies_in, one_at_a_time
from pipeline.paper.templates import Draft, Layout, Templates, prior_known, prior_of
from pipeline.story.by_months import by_months
from pipeline.story.run import Request, examine
from pipeline.story.series import beside_shorter
from pipeline.tables.brought import brought
from pipeline.tables.outcome import Outcome
from pipeline.values.files import clear_unfinished, write_text, write_whole
from pipeline.values.periods import Month
from pipeline.values.screen import Stages
from schemas.crosswalk import Crosswalk
from schemas.form import Form, form_for
from schemas.forms import as_asked, forms_of
from schemas.mistake import CannotRun, nearest
from schemas.office import Office
from schemas.units import UnitRow


def issue_templates(month: Month, wanted: Sequence[str], folder: Path, request: Request, screen: Stages) -> list[Path]:
    """Write the month's templates for the units named (all where none is named) into ``folder``.

    What came in before is taken from the ``request``. Raises CannotRun where a unit or the form is not known, or the
    folder lies in the inbox.
    """
    forms = forms_of(request.office)
    form, office = form_for(forms, str(month)), as_asked(request.office, forms, str(month))
    if form is None:
        raise CannotRun(f"{month.words}没有可用的表式，请在 office.toml 的 editions 里登记。")
    units = _units(wanted, office, month)
    before = _before(month, request, screen) if form_for(forms, str(month.plus(-1))) else None
    known = known_of(before.in_force if before else (), form, {unit.code for unit in units}, month, office)
    walk = _onto(form, before.walk) if before else Crosswalk(form)
    facts = brought(before.facts, walk) if before else None
    shorter = beside_shorter(replace(request, through=month)).shorter
    told = by_months(form, shorter) if shorter else {}
    makers: dict[int, Templates] = {}
    written = []
    if lies_in(folder, request.inbox):
        raise CannotRun(f"空白报表不能放在收件夹里（“{folder}”），会被当作报表来读。请用 --to 另选一个文件夹。")
    with one_at_a_time(folder), screen.stage("做空白报表") as progress:
        clear_unfinished(folder)
        for number, unit in enumerate(units, start=1):
            asked = form.of(str(month), unit.code)
            if id(asked) not in makers:
                makers[id(asked)] = Templates(Layout(asked))
            maker = makers[id(asked)]
            own, filling = known[unit.code], filling_of(asked, unit.code, told)
            prior = prior_known(prior_of(facts, unit.code, month, office, walk), own)
            draft = Draft(maker.layout, office, unit, month, prior, filling, own)
            written.append(write_whole(folder / f"{unit.short}_{month}.xlsx", partial(maker.write, draft=draft)))
            progress(number, len(units))
        if told and shorter:
            rows = list(filled_in(form, units, told, shorter.span, str(month)))
            written.append(write_text(folder / f"{FILLED}_{month}.csv", as_csv(rows)))
    return written


def _onto(form: Form, before: Crosswalk) -> Crosswalk:
    """What brings the facts of the months before onto the form of the month."""
    return Crosswalk(form, [other for other in before.forms if other.edition.id != form.edition.id])


def _units(wanted: Sequence[str], office: Office, month: Month) -> list[UnitRow]:
    known = office.units_in(str(month))
    if not wanted:
        return list(known)
    ever = {unit.code: [name for row in unit.rows for name in row.names] for unit in office.units}
    found = {name: unit for unit in known for name in ever[unit.code]}
    found |= {name: unit for unit in known for name in unit.names}
    for name in wanted:
        if name not in found:
            raise CannotRun(f"单位“{name}”不在{month.words}的名录里，{nearest(name, found)}。")
    return [found[name] for name in wanted]


def _before(month: Month, request: Request, screen: Stages) -> Outcome | None:
    """What came in for the months before, in January for the year before; None where there is nothing yet."""
    try:
        return examine(replace(request, through=month.plus(-1)), screen)
    except NothingReported:
        return None
