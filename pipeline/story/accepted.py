"""What judged returns come to before tables are made: facts, registers, questions; each form's in its own lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline import ledger
from pipeline.judge.block import Block, onto
from pipeline.story.closed_year import Reported
from pipeline.story.conserved import lost
from pipeline.story.judged import Judged
from pipeline.story.settled import Settled
from pipeline.story.year_before import YearBefore
from pipeline.tables.facts import facts, in_order, register
from pipeline.values.findings import Finding
from pipeline.values.periods import Month
from pipeline.values.rulings import Rulings
from schemas.crosswalk import Crosswalk
from schemas.office import Office
from schemas.period import periods_of

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Facts
    from schemas.received import Standing


def reported_of(
    judged: Judged, settled: Settled, rulings: Rulings, office: Office, months: Sequence[Month]
) -> Reported:
    """What was judged and settled; where something that was read stands nowhere, ``settled`` asks about it."""
    accepted, forms = accepted_of(judged, settled.returns, rulings), [part.form for part in judged.parts]
    settled.findings.extend(lost(judged.taken, settled.returns, accepted, settled.findings, forms))
    blocks = [Block(part.form, part.adjusted.wide) for part in judged.parts]
    book, coverage = ledger.book(settled.returns, office, months), ledger.coverage(settled.returns, office, months)
    return Reported(accepted, book, coverage, judged.differences, blocks)


def accepted_of(judged: Judged, returns: "DataFrame[Standing]", rulings: Rulings) -> "DataFrame[Facts]":
    """The facts (schemas.frames.Facts) of the returns in force; ``returns`` as ledger.settle gives them."""
    return in_order(
        facts(
            returns[returns["ret"].isin(part.in_force.wide.index)],
            judged.taken, part.in_force.wide, part.form, rulings, part.adjusted.applied,
        )
        for part in judged.parts
    )  # fmt: skip


def registers_of(judged: Judged) -> "dict[str, pd.DataFrame]":
    """The registers of the returns in force, by table: unit, period, the item's fields, file, sheet and row.

    A register and its fields are named as in the form of the tables; one that this form has not, as in its own.
    """
    import pandas as pd

    found: dict[str, list[pd.DataFrame]] = {}
    for part, there in zip(judged.parts, judged.every, strict=True):
        for table in part.form.edition.tables:
            if table.shape == "register":
                names = {field.code: judged.walk.field(part.form, table.id, field.code) for field in table.fields}
                ids = [key[0] for key in names.values() if key]
                whole = register(judged.taken.items, there.returns, table)
                whole = whole.rename(columns={code: key[1] if key else code for code, key in names.items()})
                found.setdefault(ids[0] if ids else table.id, []).append(whole)
    return {name: _under(frames) for name, frames in found.items()}


def _under(frames: "list[pd.DataFrame]") -> "pd.DataFrame":
    """Frames of one register below each other; a field that one of them has not is empty there."""
    import pandas as pd

    if len(frames) == 1:
        return frames[0]
    columns = list(dict.fromkeys(name for frame in reversed(frames) for name in frame.columns))
    return pd.concat([frame.reindex(columns=columns, fill_value="") for frame in frames], ignore_index=True)


def questions_of(judged: Judged, year_before: YearBefore) -> list[Finding]:
    """What looks odd in the returns in force, beside their own months, the year before and their peers.

    Asked of each form's returns in its own lines, the weightiest first.
    """
    import pandas as pd

    from pipeline.judge.plausibility import questions

    forms = (*year_before.forms, *(part.form for part in judged.parts))
    blocks = [Block(part.form, part.in_force.wide) for part in judged.parts]
    found: list[tuple[float, Finding]] = []
    for part, there in zip(judged.parts, judged.every, strict=True):
        walk = Crosswalk(part.form, forms)
        wide = pd.concat([year_before.onto(walk).returns, onto(blocks, walk)])
        months = [
            one for one in periods_of(there.year, part.form.edition.length) if str(one) in part.form.edition.valid
        ]
        found += questions(walk.form, there.office, wide, there.rows, there.returns, months, judged.not_judged)
    in_order = sorted(found, key=lambda one: (-one[0], one[1].period, one[1].unit)) if len(judged.parts) > 1 else found
    return [finding for _, finding in in_order]
