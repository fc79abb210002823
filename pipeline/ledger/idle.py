"""Rulings that nothing is left of: the finding has gone, the file is not there, the return is no longer wrong."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.values.findings import Finding, Place, tell
from pipeline.values.rulings import RULINGS, Held, Rulings

if TYPE_CHECKING:
    from pandera.typing.pandas import DataFrame

    from schemas.received import Entered


def idle(
    rulings: Rulings, returns: "DataFrame[Entered]", findings: Iterable[Finding], there: Iterable[str]
) -> Iterator[Finding]:
    """A note for every ruling of the months reported that no longer bites.

    ``returns`` are those of the months, as entered; ``there`` are the short hashes of all files of the inbox.
    """
    wrong = returns[returns["provisional"] & returns["version"].notna()]
    superseded = returns[returns["in_force"]].set_index(["unit", "period"])["version"].to_dict()
    borne = {
        str(row.digest)
        for row in wrong.itertuples(index=False)
        if not superseded.get((row.unit, row.period), 0) > row.version
    }
    on = Held({finding.id for finding in findings}, set(there), set(returns["period"]), borne)
    for ruling in rulings.every:
        why = ruling.idle(on)
        if why:
            place = Place(file=RULINGS, sheet=ruling.sheet, cell=f"A{ruling.row}")
            yield tell("N-RUL-01", place, value=ruling.id, ruling=ruling.kind, about=ruling.about, why=why)
