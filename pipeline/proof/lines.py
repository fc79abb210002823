"""The lines of a report's table as a tree: how they lie under each other, by their numbering."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.proof.figure import Figure
from pipeline.values.numerals import likely

_CIRCLED = 0x245F  # before ①


@dataclass(eq=False)
class Line:
    """A line of a table: its label, its cells by column (None: blank), and the lines below it.

    ``among`` is one that 其中 introduces, ``total`` one that adds its neighbours up, ``lost`` one whose numbers could
    not be read by their columns.
    """

    label: str
    unit: str = ""
    style: int | None = None
    number: int = 0
    among: bool = False
    total: bool = False
    indent: int = 0
    cells: tuple[Figure | None, ...] = ()
    above: "Line | None" = None
    lost: bool = False
    below: list["Line"] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The labels from the outermost line to this one."""
        return (f"{self.above.path}>" if self.above and self.above.label else "") + self.label


def open_lines(root: Line) -> list[Line]:
    """The lines to which the next one may belong, the outermost first."""
    found = [root]
    while found[-1].below:
        found.append(found[-1].below[-1])
    return found


def above_of(lines: Sequence[Line], new: Line) -> Line:
    """The line below which a new one stands: by its numbering or indent it goes on with others, or begins anew."""
    root, style, number = lines[0], new.style, new.number
    if style is None:
        return _above_plain(lines, new) or root
    alike = [line for line in lines if line.style == style]
    goes_on = [line for line in alike if line.number + 1 == number]
    if goes_on or (alike and number > 1):
        return (goes_on or alike)[-1].above or root
    if alike:
        return alike[-1] if alike[-1].cells and new.among else alike[-1].above or root
    outer = [line for line in lines[1:] if new.among or _is_outer(line, style)]
    return outer[-1] if outer else root


def _above_plain(lines: Sequence[Line], new: Line) -> Line | None:
    """The line above one without numbering."""
    root, deepest = lines[0], lines[-1]
    if new.indent and not new.among:
        outer = [line for line in lines[1:] if line.style is None and line.indent < new.indent]
        if outer and not outer[-1].among:
            return outer[-1]
    follows = deepest is not root and deepest.style is None and not deepest.total and _follows(deepest)
    if follows and not new.total and new.indent >= min(deepest.indent, 1):
        return deepest.above
    if new.among and deepest is not root:
        return deepest
    numbered = [line for line in lines if line.style is not None]
    return numbered[-1].above if numbered else None


def _follows(line: Line) -> bool:
    """Whether a line without numbering stands among others that 其中 introduced."""
    return line.among or bool(line.above and line.above.below[0].among and line.above.below[0].style is None)


def _is_outer(line: Line, style: int) -> bool:
    """Whether lines of a style stand below one: of an outer style, or a heading without numbers."""
    return line.style < style if line.style is not None else not line.cells


def ordinal(written: str) -> int:
    """The number that a numbering says: 3, 三 or ③."""
    if written.isdecimal():
        return int(written)
    if len(written) == 1 and ord(written) > _CIRCLED and ord(written) < _CIRCLED + 21:
        return ord(written) - _CIRCLED
    said = likely(f"{written}条")
    return int(Decimal(said.number)) if said else 0
