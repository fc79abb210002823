"""The corpus: everything that has been seen to happen to a return, or could."""

from tests.drift.case import Case
from tests.drift.cells import CELLS
from tests.drift.containers import CONTAINERS
from tests.drift.hostile import HOSTILE
from tests.drift.identity import IDENTITY
from tests.drift.layouts import LAYOUTS
from tests.drift.parcels import PARCELS
from tests.drift.saved import SAVED

KINDS = {
    "containers": CONTAINERS,
    "saved": SAVED,
    "layouts": LAYOUTS,
    "cells": CELLS,
    "identity": IDENTITY,
    "parcels": PARCELS,
    "hostile": HOSTILE,
}
CORPUS = tuple(case for cases in KINDS.values() for case in cases)


def lane(case: Case) -> str:
    """The cases that are read together: the dear ones, those that LibreOffice saves, and all others ("")."""
    return "slow" if case.dear or case.saved_as else ""


def marks(case: Case) -> list[str]:
    """The marks of the tests of a case."""
    return [mark for mark, fits in (("slow", case.dear or case.saved_as), ("libreoffice", case.saved_as)) if fits]
