"""What a version of a return says differently from the one before it: cell by cell, and in a sentence."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.values.findings import Finding, Place, tell
from pipeline.values.taken import Taken
from schemas.form import Form
from schemas.quantity import Quantity
from schemas.rules.terms import ITEM

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.received import Changes, Entered

TOLD = 3  # changes named in the sentence, those of most effect first
COVER, NOTE = "cover", "note"
MANY = 2  # a version that changes one of so many numbers, or more, is told as a large change
NOTHING = "填报的内容都没有变"
NO_NUMBER = "数字没有改，改的是其他内容"

Change = dict[str, Any]  # a row of schemas.received.Changes, with ``input`` and ``effect`` for the sentence
Pair = tuple[Any, Any]


def changes(
    returns: "DataFrame[Entered]", taken: Taken, forms: Sequence[Form]
) -> tuple["DataFrame[Changes]", list[Finding]]:
    """schemas.received.Changes of all versions, and a note at each file that replaces another.

    Versions of one return are of one of the ``forms``, that of their month.
    """
    from schemas.frames import frame_of
    from schemas.received import Changes

    pairs = list(_pairs(returns))
    rets = {version.ret for pair in pairs for version in pair}
    cells = {form.edition.id: _Cells(taken, rets, form) for form in forms}
    rows: list[Change] = []
    findings: list[Finding] = []
    for before, after in pairs:
        own = list(cells[after.edition].differing(before, after))
        rows += own
        place = Place(after.unit, after.period, after.file, ret=after.ret)
        facts = {"version": after.version, "before": before.version, "what": _sentence(own, cells[after.edition].form)}
        facts |= cells[after.edition].many(own, after.ret)
        findings.append(tell("N-VER-01", place, value=str(after.version), **facts))
    return frame_of(Changes, rows), findings


def _pairs(returns: "pd.DataFrame") -> Iterator[Pair]:
    """Every version whose form is known, with the one before it."""
    known = returns[returns["version"].notna() & (returns["edition"] != "")].sort_values(["unit", "period", "version"])
    for _, own in known[known.duplicated(["unit", "period"], keep=False)].groupby(["unit", "period"]):
        yield from pairwise(own.itertuples(index=False))


def _sentence(own: list[Change], form: Form) -> str:
    """How many numbers were changed, and which first: those that a unit fills in, or else what it typed over sums."""
    counted = [change for change in own if change["input"]] or [change for change in own if "effect" in change]
    numbers = sorted(counted, key=lambda change: -change["effect"])
    if not numbers:
        return NO_NUMBER if own else NOTHING
    first = "、".join(_words(change, form) for change in numbers[:TOLD])
    return f"改了 {len(numbers)} 处：{first}{'等' if len(numbers) > TOLD else ''}"


def _words(change: Change, form: Form) -> str:
    entry = form.entries[change["table"], change["line"]]
    measure = "本年累计" * (change["measure"] == "year_to_date")
    return f"“{change['label']}”（{entry.line}行）{measure}由 {change['was']}改为 {change['is']}"


class _Cells:
    """The cells of the versions that are compared, by return."""

    def __init__(self, taken: Taken, rets: Iterable[int], form: Form) -> None:
        self.form = form
        self.numbers: dict[int, list[Any]]
        self.items: dict[int, list[Any]]
        self.covers: dict[int, list[Any]]
        self.numbers, self.items, self.covers = (
            {
                int(str(ret)): list(own.itertuples(index=False))
                for ret, own in f[f["ret"].isin(set(rets))].groupby("ret")
            }
            for f in (taken.rows, taken.items, taken.covers)
        )

    def differing(self, before: Any, after: Any) -> Iterator[Change]:
        """The cells that say something else in ``after``: numbers, 说明, the cover, items of registers."""
        about = {"unit": after.unit, "period": after.period, "from_file": before.file, "to_file": after.file}
        about |= {"from_version": before.version, "to_version": after.version}
        for find in (self._numbers, self._notes, self._cover, self._items):
            for change in find(before.ret, after.ret):
                yield {"before_state": "", "after_state": "", "input": False} | about | change

    def many(self, own: list[Change], ret: int) -> dict[str, str]:
        """That a version changes most of its numbers, where it does: that is seldom a correction."""
        changed = sum(change["input"] for change in own)
        there = sum(row.role == "input" and _amount(row) != 0 for row in self.numbers.get(ret, ()))
        large = changed > TOLD and changed * MANY >= there
        return {"many": f"有 {there} 个不是 0 的数，这一次改了 {changed} 处"} if large else {}

    def _numbers(self, before: int, after: int) -> Iterator[Change]:
        old = {(row.table, row.line, row.measure): row for row in self.numbers.get(before, ())}
        for row in self.numbers.get(after, ()):
            was = old.get((row.table, row.line, row.measure))
            if was is not None and _says(was) != _says(row):
                entry = self.form.entries[row.table, row.line]
                effect = abs(entry.quantity.exact(_amount(row) - _amount(was)))
                told = {"before_state": was.state, "after_state": row.state, "input": row.role == "input"}
                told |= {"was": _told(was, entry.quantity), "is": _told(row, entry.quantity)}
                yield told | _at(row, entry.label, row.measure, was.written, row.written) | {"effect": effect}

    def _notes(self, before: int, after: int) -> Iterator[Change]:
        old = {(row.table, row.line): row.note for row in self.numbers.get(before, ()) if row.measure == "month"}
        for row in self.numbers.get(after, ()):
            was = old.get((row.table, row.line), "")
            if row.measure == "month" and row.note != was:
                yield _at(row, self.form.entries[row.table, row.line].label, NOTE, was, row.note) | {"cell": ""}

    def _cover(self, before: int, after: int) -> Iterator[Change]:
        names = {field.code: field.name for field in self.form.edition.cover}
        old = {row.code: row.text for row in self.covers.get(before, ())}
        for row in self.covers.get(after, ()):
            was = old.get(row.code, "")
            if row.text != was:
                place = {"sheet": row.sheet, "cell": row.cell, "table": "", "line": row.code}
                yield place | {"label": names[row.code], "measure": COVER, "before": was, "after": row.text}

    def _items(self, before: int, after: int) -> Iterator[Change]:
        """Items that came or went; one that moved to another row is the same item."""
        old, new = self._listed(before), self._listed(after)
        for gone, (here, there) in ((True, (old, new)), (False, (new, old))):
            left = Counter(text for _, text in there.values())
            for (table, row), (first, text) in here.items():
                if left[text]:
                    left[text] -= 1
                else:
                    place = {"sheet": first.sheet, "cell": first.cell, "table": table, "line": str(row)}
                    said = {"before": text if gone else "", "after": "" if gone else text}
                    yield place | {"label": "", "measure": ITEM} | said

    def _listed(self, ret: int) -> dict[tuple[str, int], tuple[Any, str]]:
        """The items of the registers by table and row: the first cell, and what the item says."""
        rows: dict[tuple[str, int], list[Any]] = {}
        for cell in self.items.get(ret, ()):
            rows.setdefault((cell.table, cell.row), []).append(cell)
        return {at: (cells[0], "；".join(cell.text for cell in cells)) for at, cells in rows.items()}


def _at(row: Any, label: str, measure: str, before: str, after: str) -> Change:
    place = {"sheet": row.sheet, "cell": row.cell, "table": row.table, "line": row.line}
    return place | {"label": label, "measure": measure, "before": before, "after": after}


def _says(row: Any) -> tuple[str, object]:
    """What a cell says: its number, whichever way it was written, or its text."""
    return row.state, row.written if _empty(row) else int(row.value)


def _told(row: Any, quantity: Quantity) -> str:
    """A number with its unit, or what stands instead of one."""
    return (row.written or "空白") if _empty(row) else f"{quantity.show(int(row.value))} {quantity.unit}"


def _amount(row: Any) -> int:
    return 0 if _empty(row) else int(row.value)


def _empty(row: Any) -> bool:
    return str(row.value) == "<NA>"
