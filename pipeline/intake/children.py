"""Reading in other processes, so that a file which hangs or kills its reader costs that file alone.

A child has a bound of memory, where the system keeps one (Linux), and of time everywhere: it is stopped, and the next
file gets a new one. What gets as far as a reader has been looked at before (see bounds).
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from functools import cache
from multiprocessing.context import BaseContext
from typing import Any, TypeVar, cast

from pipeline.intake.bounds import MEMORY, SECONDS
from schemas.mistake import CannotRun

Item = TypeVar("Item")
Result = TypeVar("Result")

STARTING = 60  # seconds until the first process is there, on a slow machine

# What a child is told once, before its first file: how to read.
_reader: dict[str, Callable[..., object]] = {}


def in_children(
    read: Callable[[Item], Result], items: Sequence[Item], workers: int, lost: Callable[[Item], Result]
) -> Iterator[Result]:
    """``read`` of every item in ``workers`` processes, in order; ``lost`` of those whose reader did not come back."""
    from pebble import ProcessPool

    with ProcessPool(workers, context=_context(), initializer=_prepare, initargs=(read,)) as pool:
        _wait_for_one(pool)
        futures = [pool.schedule(_read, args=(item,), timeout=SECONDS) for item in items]
        for item, future in zip(items, futures, strict=True):
            try:
                yield cast(Result, future.result())
            except Exception:  # noqa: BLE001  # killed, out of time or of memory: the file is to blame, and told so
                yield lost(item)


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


def _prepare(read: Callable[..., object]) -> None:
    """Bound the memory of this process, and remember how to read.

    What a library prints when it breaks (calamine: a panic, with its trace) is for nobody; the file's finding says it.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        import resource
    except ImportError:  # Windows keeps no such bound; time and the look before reading are left
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _reader["read"] = read


def _read(item: object) -> object:
    return _reader["read"](item)
