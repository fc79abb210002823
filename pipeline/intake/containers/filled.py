"""The cells of a sheet that conditions are for: those that hold something, in the areas that a condition names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.intake.containers.criteria import Area, Cells, Holds, Spot

_MOST_TRIED = 100_000  # conditions of single cells that are worked out of a sheet; after that each may hold


@dataclass
class Filled:
    """The columns that hold something, row by row, as far as no condition has been found to change their look."""

    rows: dict[int, dict[int, bool]] = field(default_factory=dict)
    tried: int = 0

    @classmethod
    def of_rows(cls, values: Sequence[Sequence[object]]) -> "Filled":
        """All cells of a sheet, row by row."""
        rows = (
            (row, dict.fromkeys((c for c, value in enumerate(line) if value != ""), True))
            for row, line in enumerate(values)
        )
        return cls({row: columns for row, columns in rows if columns})

    @classmethod
    def of_cells(cls, values: Mapping[Spot, object]) -> "Filled":
        """All cells of a sheet, by row and column."""
        filled = cls()
        for (row, column), value in values.items():
            if value != "":
                filled.rows.setdefault(row, {})[column] = True
        return filled

    def under(self, areas: Sequence[Area]) -> Iterator[Spot]:
        """The cells in some areas; one that is left out meanwhile is not met again."""
        for (top, left), (bottom, right) in areas:
            within = range(top, bottom + 1)
            few = len(within) < len(self.rows)
            for row in within if few else [row for row in self.rows if top <= row <= bottom]:
                yield from [(row, column) for column in self.rows.get(row, ()) if left <= column <= right]

    def leave_out(self, spot: Spot) -> None:
        """Forget a cell whose look is known to change."""
        row = self.rows[spot[0]]
        del row[spot[1]]
        if not row:
            del self.rows[spot[0]]

    def meets(self, holds: Holds, spot: Spot, cells: Cells) -> bool | None:
        """Whether a condition holds for a cell; None where that is not plain, or too many were worked out before."""
        self.tried += 1
        return holds(spot, cells) if self.tried <= _MOST_TRIED else None
