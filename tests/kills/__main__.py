"""Kill a world's run or publish at so many points, one after another, and tell what became of each, a line a point.

python -m tests.kills WORLD POINTS FOLDER. A process of its own without threads, for it forks.
"""

import json
import pickle
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipeline.outbox import publish, returned
from pipeline.story import run as story
from pipeline.tables.outcome import Outcome
from tests.builders import Quiet
from tests.kills.killing import Point, done, kill, points, spread
from tests.kills.worlds import WORLDS, judged_before, request_in

Work = Callable[[Path], str]

ACCUSING = ("改过", "原来的", "不在系统的记录", "不是系统存的", "恢复")
assert publish
assert returned  # imported before the first child, for all of them


def whole(folder: Path) -> dict[str, bytes]:
    """Every file of outbox and inbox, but for the trail, of which only the kinds of its lines are told."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    trail = files.pop("outbox/runs.jsonl", b"")
    keys = {",".join(json.loads(line)) for line in trail.decode().splitlines()}
    return {**files, "the trail": "\n".join(keys).encode()}


def tried(world: Path, first: Work, then: Work, point: Point, right: dict[str, bytes]) -> list[str]:
    """What is wrong after a kill and a run: files that differ, words that accuse."""
    folder = world.with_name("tried")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(world, folder)
    if not kill(lambda: first(folder), point):
        return ["was not killed"]
    said = done(lambda: then(folder))
    found = whole(folder)
    wrong = [f"{name} {'differs' if name in right else 'is left'}" for name in found if found[name] != right.get(name)]
    wrong += [f"{name} is missing" for name in right.keys() - found.keys()]
    return wrong + [f"says {word}" for word in ACCUSING if word in said]


def looked(world: Path, day: str) -> Outcome:
    """What is found in the world on a day, by a process of its own; the world stays as it is."""
    copy, pickled = world.with_name(f"looked {day}"), world.with_name(f"found {day}")
    shutil.copytree(world, copy)

    def look() -> str:
        pickled.write_bytes(pickle.dumps(story.examine(request_in(copy, day), Quiet(), receive=True)))
        return ""

    done(look)
    return pickle.loads(pickled.read_bytes())  # noqa: S301  # we wrote it


def main(name: str, many: int, folder: Path) -> None:
    world = folder / "world"
    world.mkdir(parents=True)
    do, day, next_day = WORLDS[name](world)
    quiet, traced = folder / "quiet", folder / "traced"
    for copy in (quiet, traced):
        shutil.copytree(world, copy)
    done(lambda: do(quiet, next_day))  # by the real run, from beginning to end
    right, outcomes = whole(quiet), {each: looked(world, each) for each in {day, next_day}}

    def work(at: Path, on: str) -> str:
        with judged_before(outcomes[on]):
            return do(at, on)

    first, then = partial(work, on=day), partial(work, on=next_day)
    every = points(lambda: first(traced), folder / "log")
    for point in spread(every, many):
        line = {"of": len(every), **point._asdict(), "wrong": tried(world, first, then, point, right)}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
