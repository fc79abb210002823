"""The house drawn from its imports: ``python -m tests.house [PROJECT]`` prints rooms, floors and arrows.

A room is a package or a module right below pipeline/, and schemas/ below them all. It stands above every room that it
imports from, as low as that lets it; rooms that import each other in a ring share a floor, and their arrows are marked.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.pipeline.test_structure import imports

HERE = Path(__file__).parents[2]
Arrows = Mapping[str, Counter[str]]  # by room, how many modules of it import from each other room


def rooms(project: Path) -> dict[str, list[Path]]:
    """The source files of each room."""
    found: dict[str, list[Path]] = {"schemas": sorted((project / "schemas").rglob("*.py"))}
    for path in sorted((project / "pipeline").rglob("*.py")):
        found.setdefault(path.relative_to(project / "pipeline").parts[0].removesuffix(".py"), []).append(path)
    found.pop("__init__", None)
    return found


def arrows(house: Mapping[str, list[Path]]) -> dict[str, Counter[str]]:
    """From which rooms each room imports, and in how many of its modules."""
    return {room: Counter(other for path in own for other in _met(path, house) - {room}) for room, own in house.items()}


def _met(path: Path, house: Mapping[str, list[Path]]) -> set[str]:
    parts = [name.split(".") for name in imports(path)]
    below = {part[1] for part in parts if part[0] == "pipeline" and len(part) > 1}
    return (below | {part[0] for part in parts if part[0] == "schemas"}) & house.keys()


def floors(drawn: Arrows) -> dict[str, int]:
    """On which floor each room stands."""
    reached = {room: _reached(room, drawn) for room in drawn}

    @cache
    def floor(room: str) -> int:
        below = [other for other in reached[room] if room not in reached[other]]
        return 1 + max(map(floor, below), default=-1)

    return {room: floor(room) for room in drawn}


def _reached(room: str, drawn: Arrows) -> set[str]:
    found: set[str] = set()
    ahead = [room]
    while ahead:
        new = set(drawn[ahead.pop()]) - found
        found |= new
        ahead += new
    return found


def picture(project: Path) -> Iterator[str]:
    """The lines of the picture, the highest floor first."""
    house = rooms(project)
    drawn = arrows(house)
    at = floors(drawn)
    for level in sorted(set(at.values()), reverse=True):
        for room in sorted(room for room in at if at[room] == level):
            lines = sum(len(path.read_text("utf-8").splitlines()) for path in house[room])
            to = sorted(drawn[room], key=lambda other: (-at[other], other))
            told = "  ".join(f"{other} {drawn[room][other]}{'' if at[other] < level else '↑'}" for other in to)
            yield f"{level:>2}  {room:<14} {len(house[room]):>3} files {lines:>6} lines  → {told or 'nothing'}"
    count = sum(map(len, drawn.values()))
    up = sum(at[other] >= at[room] for room in drawn for other in drawn[room])
    yield f"    {len(house)} rooms on {max(at.values()) + 1} floors, {count} arrows, {up} of them not downwards (↑)"


if __name__ == "__main__":
    sys.stdout.write("\n".join(picture(Path(sys.argv[1]) if sys.argv[1:] else HERE)) + "\n")
