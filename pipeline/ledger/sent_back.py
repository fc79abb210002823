"""The returns that wait to be mended, each as the unit filled it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.values.findings import Finding
from pipeline.values.taken import Taken

if TYPE_CHECKING:
    import pandas as pd


class SentNumber(NamedTuple):
    """A number's cell as taken in (Taken.rows); ``value`` is None where none could be read."""

    table: str
    line: str
    measure: str
    written: str
    value: int | None
    state: str
    problem: str
    sheet: str
    cell: str
    note: str


class SentField(NamedTuple):
    """A field of the cover as taken in (Taken.covers)."""

    code: str
    text: str
    sheet: str
    cell: str


class SentItem(NamedTuple):
    """A field of a register's item as taken in (Taken.items)."""

    table: str
    row: int
    field: str
    text: str
    problem: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class SentBack:
    """One rejected return: its cells as taken in, or what reads its bytes where its form is not known.

    ``beside`` is what it would break beside other months, which only its unit is told.
    """

    file: str
    unit: str
    period: str
    edition: str
    numbers: tuple[SentNumber, ...]
    fields: tuple[SentField, ...]
    items: tuple[SentItem, ...]
    content: Callable[[], bytes] = bytes
    beside: tuple[Finding, ...] = ()


def sent_back(
    waiting: "pd.DataFrame",
    taken: Taken,
    contents: Mapping[str, Callable[[], bytes]],
    beside: Mapping[int, tuple[Finding, ...]],
) -> tuple[SentBack, ...]:
    """What was taken in for the returns that are ``waiting``.

    ``contents`` are the files of the inbox by name, ``beside`` what each return would break beside other months.
    """
    rets = list(waiting["ret"])
    numbers, fields, items = (
        _by_return(cells, rets, kind._fields)
        for cells, kind in ((taken.rows, SentNumber), (taken.covers, SentField), (taken.items, SentItem))
    )
    about = waiting[["ret", "file", "unit", "period", "edition"]].itertuples(index=False, name=None)
    return tuple(
        SentBack(
            file,
            unit,
            period,
            edition,
            tuple(SentNumber(*row) for row in numbers[ret]),
            tuple(SentField(*row) for row in fields[ret]),
            tuple(SentItem(*row) for row in items[ret]),
            bytes if edition else contents[file],
            beside.get(ret, ()),
        )
        for ret, file, unit, period, edition in about
    )


def _by_return(cells: "pd.DataFrame", rets: list[int], columns: tuple[str, ...]) -> dict[int, list[list[Any]]]:
    found: dict[int, list[list[Any]]] = {ret: [] for ret in rets}
    there = cells.loc[cells["ret"].isin(rets), ["ret", *columns]].astype(object)
    for ret, *row in there.where(there.notna(), None).itertuples(index=False, name=None):
        found[ret].append(row)
    return found
