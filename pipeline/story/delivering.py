"""What surrounds a run: the outbox to oneself while it lasts, and its files put there at the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.intake import RECEIPTS
from pipeline.outbox.delivery import delivering
from pipeline.outbox.lock import one_at_a_time, refuse_nested
from pipeline.outbox.written import Kept, strangers
from pipeline.tables.outcome import Outcome
from pipeline.values.files import finish_appending, short


@contextmanager
def desk_held(inbox: Path, outbox: Path) -> Iterator[None]:
    """The outbox to oneself, and the receipts book whole, for as long as this lasts.

    Raises CannotRun where another run is at work, or outbox and inbox lie in each other.
    """
    refuse_nested(inbox, outbox)
    with one_at_a_time(outbox):
        finish_appending(inbox / RECEIPTS)
        yield


def deliver(outcome: Outcome, outbox: Path) -> tuple[list[Path], list[Kept]]:
    """Write the outbox; returns the files (the workbook first), and what was there and is not ours."""
    from pipeline.outbox import returned as going_back
    from pipeline.outbox.publish import WHOLE, publish, publish_report

    with delivering(outbox, frozenset({short(outcome.rulings.sha256)})) as delivery:
        made, back = publish(outcome, delivery.stage), going_back.write_returned(outcome, delivery.stage)
        placed = delivery.put([*made, *back])
        published, returned = placed[: len(made)], placed[len(made) :]
        report = publish_report(outcome, delivery.stage, outbox, published, returned)
        written = [*published, *delivery.put([report]), *returned]
        for folder, ending in (*WHOLE, going_back.WHOLE):
            delivery.remove_others(outbox / outcome.folder / folder, ending)
    return written, [*delivery.kept, *strangers(outbox)]
