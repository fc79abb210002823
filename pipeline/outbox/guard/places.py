"""Where a text stands, as a person finds it: the cell of the return it came from, or the file that it names."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.ledger.published import INBOX
from pipeline.outbox.guard.walk import Spoken
from pipeline.values.findings import Place
from pipeline.values.rulings import RULINGS, Ruling

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.values.taken import Taken


def place_of(there: Sequence[Spoken], taken: "Taken") -> Place:
    """The best known place of several: a cell before a file, a file before none."""
    known = [_place(one, taken) for one in there]
    return max(known, key=lambda place: (bool(place.cell), bool(place.file), bool(place.unit)))


def _place(one: Spoken, taken: "Taken") -> Place:
    if isinstance(one.value, Ruling):
        return Place(file=RULINGS, sheet=one.value.sheet, cell=f"A{one.value.row}")
    about = one.about
    if one.file:
        return _of_file(one.file, str(about.get("unit", "")), str(about.get("period", "")), taken)
    unit, period, file, sheet, cell = (str(about.get(name, "")) for name in ("unit", "period", "file", "sheet", "cell"))
    at = Place(unit, period, file, sheet, cell)
    return at if at.cell or one.frame is None else _in_return(one, about, taken) or at


def _of_file(name: str, unit: str, period: str, taken: "Taken") -> Place:
    """A file's name, with whose it is where that is known."""
    name = name.removeprefix(f"{INBOX}/")
    if unit:
        return Place(unit, period, name)
    own = taken.returns[taken.returns["file"] == name]
    return Place(str(own["unit"].iloc[0]), str(own["period"].iloc[0]), name) if len(own) else Place(file=name)


def _in_return(one: Spoken, about: Mapping[str, Any], taken: "Taken") -> Place | None:
    """The cell of the return that has the text."""
    files = dict(taken.returns[["ret", "file"]].itertuples(index=False, name=None))
    for frame, column in ((taken.items, "text"), (taken.rows, "note"), (taken.rows, "written"), (taken.covers, "text")):
        there = _there(frame, column, one.text)
        for row in there.itertuples(index=False):
            if files.get(row.ret) in {about.get(name) for name in ("file", "from_file", "to_file")}:
                unit, period = str(about.get("unit", "")), str(about.get("period", ""))
                return Place(unit, period, str(files[row.ret]), str(row.sheet), str(row.cell))
    return None


def _there(frame: "pd.DataFrame", column: str, text: str) -> "pd.DataFrame":
    return frame[frame[column] == text]
