"""An office's series side by side: each has its own year, the longer beside what the shorter came to."""

from dataclasses import replace

from pipeline.ledger.reported import NothingReported, lengths_of
from pipeline.story.run import Delivery, Request, examine, run
from pipeline.tables.outcome import Outcome
from pipeline.values.periods import Month
from pipeline.values.screen import Screen, Stages


def run_all(request: Request, screen: Stages) -> list[Delivery]:
    """A run of each of the office's series, the shortest periods first; one that was not begun is left out.

    Raises CannotRun as run, where none has anything.
    """
    lengths = sorted(lengths_of(request.forms))
    if request.through or len(lengths) == 1:
        return [run(beside_shorter(request), screen)]
    made: list[Delivery] = []
    nothing: NothingReported | None = None
    for length in lengths:
        shorter = next((one.outcome for one in made), None)
        own = replace(request, length=length)
        try:
            made.append(run(beside_shorter(own) if shorter is None else replace(own, shorter=shorter), screen))
        except NothingReported as error:
            nothing = nothing or error
    if not made and nothing:
        raise nothing
    return made


def beside_shorter(request: Request) -> Request:
    """A request with what the year's months came to, where the office has a series of shorter periods."""
    lengths = sorted(lengths_of(request.forms))
    through = request.through
    if through is None or through.length == lengths[0]:
        return request
    last = Month(through.year, through.month, lengths[0])
    return replace(request, shorter=_examined(replace(request, through=last, length=lengths[0])))


def _examined(request: Request) -> Outcome | None:
    try:
        return examine(request, Screen(quiet=True))
    except NothingReported:
        return None
