"""The corpus: everything that has been seen to happen to a return, or could."""

from dataclasses import replace

from tests.drift.around import STANDING_AROUND
from tests.drift.case import Case
from tests.drift.cells import CELLS
from tests.drift.containers import CONTAINERS
from tests.drift.hostile import HOSTILE
from tests.drift.identity import IDENTITY
from tests.drift.layouts import LAYOUTS
from tests.drift.letters import LETTERS
from tests.drift.looked import LOOKED
from tests.drift.pages import PAGES_THAT_LOOK
from tests.drift.parcels import PARCELS
from tests.drift.registers import REGISTERS
from tests.drift.saved import SAVED
from tests.drift.shifts import SHIFTS
from tests.drift.two_ways import TWO_WAYS


def thinned(cases: tuple[Case, ...], share: int = 4) -> tuple[Case, ...]:
    """The cases, of which one in so many stays in the default lane: they are one kind in many words.

    Of hundreds one of two others is tried by command alone.
    """
    many = len(cases) >= 300
    return tuple(
        replace(case, dear=case.dear or n % share > 0, by_command=many and n % share % 2 == 1)
        for n, case in enumerate(cases)
    )


KINDS = {
    "containers": thinned(CONTAINERS, 6),
    "saved": SAVED,
    "layouts": thinned(LAYOUTS, 6),
    "cells": thinned(CELLS, 6),
    "looks": thinned(LOOKED, 16),
    "letters": thinned(LETTERS, 8),
    "identity": thinned(IDENTITY, 4),
    "pages": thinned(PAGES_THAT_LOOK, 8),
    "two ways": thinned(TWO_WAYS, 30),
    "shifts": thinned(SHIFTS, 6),
    "around": thinned(STANDING_AROUND, 6),
    "registers": thinned(REGISTERS, 6),
    "parcels": thinned(PARCELS, 4),
    "hostile": thinned(HOSTILE, 4),
}
CORPUS = tuple(case for cases in KINDS.values() for case in cases)


def lane(case: Case) -> str:
    """The cases that are read together: those that LibreOffice saves, the dear ones, and all others ("")."""
    return "saved" if case.saved_as else "long" if case.by_command else "slow" if case.dear else ""


def marks(case: Case) -> list[str]:
    """The marks of the tests of a case."""
    return {"saved": ["slow", "libreoffice"], "": []}.get(lane(case), [lane(case)])
