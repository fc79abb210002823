"""One run at a time on an outbox, and none on one that lies in the inbox."""

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pipeline.values.files import reason
from schemas.mistake import CannotRun

LOCK = ".正在运行.lock"
NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP}  # a network drive that keeps none


@contextmanager
def one_at_a_time(outbox: Path) -> Iterator[None]:
    """Hold the outbox for as long as this lasts; it is made where there is none.

    The system lets go of the lock when the process ends, however it ends. Raises CannotRun where another run holds it,
    or nothing can be written there.
    """
    with ExitStack() as held:
        if not outbox.exists():
            held.callback(_remove_empty, outbox)
        try:
            outbox.mkdir(parents=True, exist_ok=True)
            held.enter_context(_locked(outbox / LOCK))
        except TimeoutError:
            raise CannotRun(f"另一次运行正在写发件夹“{outbox}”。请等它结束以后再运行一次。") from None
        except OSError as trouble:
            raise CannotRun(_unwritable(outbox, trouble)) from None
        try:
            yield
        finally:
            with suppress(OSError):  # on Windows it can go only once it is let go of
                (outbox / LOCK).unlink()


def refuse_nested(inbox: Path, outbox: Path) -> None:
    """Raise CannotRun where the outbox is or lies in the inbox, or the inbox in it: what is written would be read."""
    if lies_in(outbox, inbox) or lies_in(inbox, outbox):
        raise CannotRun(
            f"发件夹“{outbox}”和收件夹“{inbox}”不能是同一个文件夹，也不能一个在另一个里面，"
            "否则写出的文件会被当作报表来读。请另选一个文件夹。"
        )


def lies_in(inner: Path, outer: Path) -> bool:
    """Whether a folder is, or lies in, another, by whatever links."""
    above = [inner.resolve(), *inner.resolve().parents]
    return outer.exists() and any(folder.exists() and folder.samefile(outer) for folder in above)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """A lock of the system's, or, on a drive that keeps none, one that says which process on which machine holds it."""
    from filelock import FileLock, SoftFileLock

    try:
        lock = FileLock(path, blocking=False)
        lock.acquire()
    except OSError as trouble:
        if isinstance(trouble, TimeoutError) or trouble.errno not in NO_LOCKS:
            raise
        lock = SoftFileLock(path, blocking=False)
        lock.acquire()
    with lock:
        lock.release()  # entering counts as holding twice
        yield


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # something was put there, or it was never made
        folder.rmdir()


def _unwritable(outbox: Path, trouble: OSError) -> str:
    what = f"发件夹“{outbox}”写不进去（{reason(trouble)}）"
    return f"{what}。请检查磁盘和文件夹的权限，或用 --outbox 另选一个文件夹，再运行一次。"
