"""The lines of a form once its code lists are filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schemas.codes import Code
from schemas.edition import Block, Edition, Kind, Table

_NUMBERING = re.compile(r"^(其中：)?((\(\d+\)|\d+\.))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the form as printed: a line of its own, a code of a block, or a block's total.

    ``parts`` are the codes that a total adds up; ``section`` is the heading printed above it.
    """

    table: str
    code: str
    name: str
    unit: str
    kind: Kind
    section: str = ""
    parent: str = ""
    block: str = ""
    parts: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = "9999-12"

    @property
    def is_total(self) -> bool:
        """Whether the form computes it."""
        return bool(self.parts)

    @property
    def label(self) -> str:
        """The name without the numbering that only makes sense inside the printed form."""
        return _NUMBERING.sub("", self.name)

    def valid(self, month: str) -> bool:
        """Whether the form of that month ("2012-07") asks for it."""
        return self.valid_from <= month <= self.valid_to


def entries_of(edition: Edition, codes: Mapping[str, tuple[Code, ...]], month: str | None) -> Iterator[Entry]:
    """Every line in printed order: of one month's form, or of all months together where ``month`` is None."""
    for table in edition.tables:
        for block in table.blocks:
            yield from _of_block(table, block, codes[block.codes], month)
        for line in table.lines:
            yield Entry(
                table.id, line.code, line.name, line.unit, line.kind, line.section or "", parent=line.parent or ""
            )


def _of_block(table: Table, block: Block, codes: tuple[Code, ...], month: str | None) -> Iterator[Entry]:
    """The total of a block, then one line a code; a code whose dates are split stands once, as it was last."""
    asked = [code for code in codes if month is None or code.valid(month)]
    order = tuple(dict.fromkeys(code.code for code in asked))
    last = {code.code: code for code in sorted(asked, key=lambda code: code.valid_from)}
    yield Entry(
        table.id, block.total, block.total_name, block.unit, block.kind, block.title, block=block.id, parts=order
    )
    for code in map(last.__getitem__, order):
        yield Entry(
            table.id, code.code, code.name, block.unit, block.kind, parent=block.total, block=block.id,
            valid_from=min(c.valid_from for c in codes if c.code == code.code), valid_to=code.valid_to,
        )  # fmt: skip
