"""Reading in other processes, so that a file which hangs or kills its reader costs that file alone.

A child has a bound of memory, where the system keeps one, and of work: seconds of a processor, not of the clock, so
that a busy machine refuses nothing. What a child lost is tried once more, alone in a new one. What gets as far as a
reader has been looked at before (see bounds).
"""

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from functools import cache
from multiprocessing.context import BaseContext
from threading import Thread
from time import process_time, sleep
from typing import Any, Generic, NamedTuple, TypeVar

from pipeline.intake.bounds import MEMORY, MOST_READ, PATIENCE, WORK
from schemas.mistake import CannotRun

Item = TypeVar("Item")
Result = TypeVar("Result")

STARTING = 60  # seconds until the first process is there, on a slow machine
OVERWORKED = {-24, 24}  # how a child ends that has worked too long: by SIGXCPU, or by its own clock
FULL = 25  # and one that is out of memory

# What a child is told once, before its first file: how to read, and how long. On Windows also when it must end.
_told: dict[str, Any] = {}


class Done(NamedTuple, Generic[Result]):
    """What was made of an item, by its place among all, and how many bytes that is (0 where it was made here)."""

    at: int
    result: Result
    size: int = 0


def in_children(
    read: Callable[[Item], Result], items: Sequence[Item], workers: int, lost: Callable[[Item], Result]
) -> Iterator[Done[Result]]:
    """``read`` of every item in ``workers`` processes, in order, then of those to be tried again.

    ``lost`` of those whose reader did not come back then either. Without workers, for files that can be trusted,
    ``read`` runs in this process.
    """
    if not workers:
        yield from (Done(at, read(item)) for at, item in enumerate(items))
        return
    again: list[int] = []
    if not items:
        return
    for at, (data, final) in enumerate(_round(read, items, workers)):
        if data or final:
            yield Done(at, pickle.loads(data) if data else lost(items[at]), len(data))  # noqa: S301  # we wrote it
        else:
            again.append(at)
    for at in again:
        data, _ = next(_round(read, [items[at]], 1))
        yield Done(at, pickle.loads(data) if data else lost(items[at]), len(data))  # noqa: S301


def _round(read: Callable[[Item], object], items: Sequence[Item], workers: int) -> Iterator[tuple[bytes, bool]]:
    """What is made of each item, in order; nothing where its reader was lost, and whether that is for good."""
    from pebble import ProcessExpired, ProcessPool

    with ProcessPool(workers, context=_context(), initializer=_prepare, initargs=(read, WORK)) as pool:
        _wait_for_one(pool)
        futures = deque(pool.schedule(_read, args=(item,), timeout=PATIENCE) for item in items)
        while futures:
            try:
                yield futures.popleft().result(), True
            except ProcessExpired as ended:
                yield b"", ended.exitcode in OVERWORKED
            except Exception:  # noqa: BLE001  # out of time, or broken on the way: the file is to blame, and told so
                yield b"", False


def _wait_for_one(pool: Any) -> None:
    """Wait for the first process. Raises CannotRun where none comes: the pool would start another for ever."""
    try:
        pool.schedule(_is_there).result(timeout=STARTING)
    except (TimeoutError, BrokenExecutor):
        pool.stop()
        raise CannotRun("读表的进程没有启动。请关闭其他程序后再运行一次；仍不行的，请联系维护人员。") from None


def _is_there() -> None:
    """What a process answers as soon as it can."""


@cache
def _context() -> BaseContext:
    """Processes that share nothing with this one; where the system can, they come from one that has read the code."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.intake.intake"])
    return context


def _prepare(read: Callable[..., object], work: int) -> None:
    """Bound the memory of this process, and remember how to read.

    What a library prints when it breaks (calamine: a panic, with its trace) is for nobody; the file's finding says it.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _told.update(read=read, work=work)
    try:
        import resource
    except ImportError:  # Windows keeps no such bounds; its memory is bounded by the look before reading alone
        _told["end"] = float("inf")
        Thread(target=_watch, daemon=True).start()
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(item: object) -> bytes:
    """What is made of an item, as bytes; none where they would be more than those of any return."""
    _bound_work()
    try:
        data = pickle.dumps(_told["read"](item), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(FULL)  # the next file is to find all the memory there is
    return data if len(data) <= MOST_READ else b""


def _bound_work() -> None:
    """Let this process work so many seconds longer, and no more."""
    end = process_time() + _told["work"]
    if "end" in _told:
        _told["end"] = end
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (int(end) + 1, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _watch() -> None:
    """End this process when it has worked too long."""
    while process_time() < _told["end"]:
        sleep(0.5)
    os._exit(max(OVERWORKED))
