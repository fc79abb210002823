"""What a form asks and prints beside its tables: who reports, who filled it in, what to know when filling it in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.desk.drafting.sheet import Sheet, Spot
from pipeline.desk.drafting.tables import Found, is_label
from schemas.drafting import drafting

_LABEL = re.compile(r"([^（(：:\s]{1,12})[：:][ _＿□]*([^：:]*?)(?=(?:\s+[^（(：:\s]{1,12}[：:])|$)")
_KNOW = re.compile(r"填报须知|填表说明|填报说明")
_APART = re.compile(r"^(\w)\s+(\w)(?=[：:])")  # a label of two letters, set apart
LONGEST = 12  # letters of a label that has room to answer beside it
_COUNTED = re.compile(r"\d+[.、．]?")


@dataclass(frozen=True)
class Asked:
    """An answer on the cover: its label, its kind, what can be chosen."""

    name: str
    kind: str
    choices: tuple[str, ...] = ()


@dataclass
class Beside:
    """What stands beside the tables: by kind of label what it says, the answers, what to know, the cover's sheet."""

    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    know: list[str] = field(default_factory=list)
    sheet: str = ""


def beside(sheets: Sequence[Sheet], tables: Sequence[Found]) -> Beside:
    """Everything that stands beside the tables of a form."""
    found = Beside()
    for sheet in sheets:
        own = [table for table in tables if table.sheet is sheet]
        taken = {row for table in own for row in (table.head, *table.body)}
        rows = [row for row in range(1, sheet.rows + 1) if row not in taken]
        before = len(found.asked)
        for row in rows:
            _read(sheet, row, found, alone=not own)
        _know(sheet, rows, found)
        if not own and len(found.asked) > before:
            found.sheet = sheet.name
    found.know += [remark for table in tables for remark in table.remarks]
    return found


def _read(sheet: Sheet, row: int, found: Beside, *, alone: bool) -> None:
    for spot in dict.fromkeys(sheet.worded(row).values()):
        for label, value in _labels(sheet, spot, alone=alone):
            kind = drafting().label(label)
            if kind and kind != "none":
                found.labels.setdefault(kind, (label, value))
            elif not kind:
                cell = _right(sheet, spot)
                choices = sheet.at(*cell).choices
                found.asked.setdefault(label, Asked(label, "choice" if choices else drafting().answer(label), choices))


def _right(sheet: Sheet, spot: Spot) -> Spot:
    """The cell right of one, whatever it is merged of."""
    row, column = spot
    while column < sheet.columns and sheet.spot(row, column + 1) == spot:
        column += 1
    return row, column + 1


def _labels(sheet: Sheet, spot: Spot, *, alone: bool) -> Iterator[tuple[str, str]]:
    """The labels in a cell, each with what stands behind it; or the cell itself, where room to answer is beside it.

    ``alone``: no table stands on the sheet.
    """
    text, right = _APART.sub(r"\1\2", sheet.at(*spot).text), sheet.at(*_right(sheet, spot))
    told = [(name.strip(), value.strip()) for name, value in _LABEL.findall(text)]
    if told and is_label(text):
        yield from told
    elif spot[1] == 1 and len(text) <= LONGEST and (drafting().label(text) or (alone and right.is_room)):
        yield text, right.words


def _know(sheet: Sheet, rows: Sequence[int], found: Beside) -> None:
    """What to know when filling in the form: what is counted below a heading that says so."""
    heads = [row for row in rows if any(_KNOW.match(sheet.at(*spot).text) for spot in sheet.worded(row).values())]
    for row in (row for row in rows if heads and row > heads[0]):
        texts = [sheet.at(*spot).text for spot in dict.fromkeys(sheet.worded(row).values())]
        long = [text for text in texts if not _COUNTED.fullmatch(text)]
        if len(texts) > 1 and _COUNTED.match(texts[0]):
            found.know += long
        elif texts and _COUNTED.match(texts[0]):
            found.know.append(_COUNTED.sub("", texts[0], count=1).strip())
