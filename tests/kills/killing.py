"""Kill a process at a chosen system call, and let the next one do its work.

What is counted are the calls by which a process changes the disk: every write, rename, removal, new folder, change of
size or mode, flush, and every opening for writing, those of C code (Arrow, zlib, the zip of a workbook) as much as
Python's own. strace (Debian's) sees them in the kernel and delivers the kill on entering the chosen one, so that
everything before it has happened and the call itself has not.
"""

import os
import re
import shutil
import signal
import subprocess
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

CALLS = (
    "open", "openat", "creat", "write", "pwrite64", "writev", "pwritev", "rename", "renameat", "renameat2", "unlink",
    "unlinkat", "mkdir", "mkdirat", "rmdir", "truncate", "ftruncate", "fsync", "fdatasync", "chmod", "fchmod",
    "fchmodat", "link", "linkat", "symlink", "sendfile", "copy_file_range",
)  # fmt: skip
FOR_WRITING = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC)")


class Point(NamedTuple):
    """Where to kill: the how manyth such call of the process. ``number`` is its place among all calls that count."""

    number: int
    call: str
    nth: int


def points(work: Callable[[], str], log: Path) -> list[Point]:
    """Every call by which ``work`` changes the disk, in order."""
    pid = _stopped(work)
    tracer = _traced(pid, "-o", str(log))
    os.waitpid(pid, 0)
    tracer.wait()
    return list(_listed(log.read_text(errors="replace").splitlines(), str(pid)))


def kill(work: Callable[[], str], point: Point) -> bool:
    """Let ``work`` begin, and end it with SIGKILL on entering a call; whether it had not come to its end before."""
    pid = _stopped(work)
    tracer = _traced(pid, "-o", os.devnull, "-e", f"inject={point.call}:signal=KILL:when={point.nth}")
    _, status = os.waitpid(pid, 0)
    tracer.wait()
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def done(work: Callable[[], str]) -> str:
    """What ``work`` says, undisturbed, in a process of its own."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        _work(work, writer)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as said:
        text = said.read()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, text
    return text


def _stopped(work: Callable[[], str]) -> int:
    """A child that waits to be let go."""
    pid = os.fork()
    if pid == 0:
        os.kill(os.getpid(), signal.SIGSTOP)
        _work(work, os.open(os.devnull, os.O_WRONLY))
    os.waitpid(pid, os.WUNTRACED)
    return pid


def _work(work: Callable[[], str], writer: int) -> None:
    try:
        os.write(writer, work().encode())
    except BaseException:  # noqa: BLE001  # a child tells, and never returns into the parent's code
        os.write(writer, traceback.format_exc().encode())
        os._exit(1)
    os._exit(0)


def _traced(pid: int, *options: str) -> subprocess.Popen[bytes]:
    """strace attached to a stopped child, which it lets go."""
    strace = shutil.which("strace")
    assert strace
    command = [strace, "-f", "-p", str(pid), "-e", f"trace={','.join(CALLS)}", "-s", "0", *options]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE)  # noqa: S603
    assert tracer.stderr
    while b"attached" not in (line := tracer.stderr.readline()):
        assert line, "strace could not attach"
    os.kill(pid, signal.SIGCONT)
    return tracer


def _listed(lines: list[str], pid: str) -> Iterator[Point]:
    counts: Counter[str] = Counter()
    for line in lines:
        who, _, rest = line.partition(" ")
        call, opened, _ = rest.strip().partition("(")
        if who != pid or not opened or call not in CALLS:
            continue
        counts[call] += 1
        if not call.startswith("open") or FOR_WRITING.search(rest):
            yield Point(sum(counts.values()), call, counts[call])


def spread(found: list[Point], many: int) -> list[Point]:
    """So many of the points, evenly over the whole."""
    return [found[round(n * (len(found) - 1) / max(many - 1, 1))] for n in range(min(many, len(found)))]
