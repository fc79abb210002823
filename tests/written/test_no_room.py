"""A disk that is full, a folder that is read-only, two at once: a sentence, and an outbox as it was."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.outbox.written import STAGE
from pipeline.story.delivering import deliver
from tests.builders import Desk
from tests.cli.running import PROGRAM, in_a_process
from tests.faults import count
from tests.written.putting import contents

pytestmark = pytest.mark.slow

ROOT = os.geteuid() == 0
AS_OF = ("--as-of", "2012-01-31")
LATER = date(2012, 5, 31)


@contextmanager
def no_file_over(size: int):
    """No file can be larger: a disk that is full for the large ones."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


@pytest.fixture
def outbox(quarter, tmp_path):
    """An outbox after a run."""
    shutil.copytree(quarter[0].outbox, tmp_path / "outbox")
    return tmp_path / "outbox"


@pytest.mark.parametrize("size", [0, 100, 3000, 9000, 20_000, 40_000])
def test_where_a_file_finds_no_room_the_outbox_is_as_it_was_and_nobody_changed_anything(quarter, outbox, size):
    before = contents(outbox)
    later = replace(quarter[1], as_of=LATER)
    with no_file_over(size), pytest.raises(OSError, match="File too large"):
        deliver(later, outbox)

    assert contents(outbox) == before
    assert deliver(later, outbox)[1] == []
    count(
        "room",
        f"no file larger than {size:,} bytes can be written",
        1,
        "a sentence, the outbox as it was, no false changes",
    )


@contextmanager
def small_disk(kilobytes: int):
    """A disk of its own with so much room."""
    folder = Path(tempfile.mkdtemp())
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder], check=True)  # noqa: S603, S607
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)  # noqa: S603, S607
        folder.rmdir()


def can_mount() -> bool:
    try:
        with small_disk(64):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@pytest.mark.skipif(not ROOT or not can_mount(), reason="only root may mount a small disk")
def test_a_small_disk_that_fills_up_at_any_file_is_said_and_once_there_is_room_all_is_as_ever(quarter, tmp_path):
    (whole, _), right = deliver(quarter[1], tmp_path / "right"), contents(tmp_path / "right")
    needed = sum(len(data) for data in right.values()) // 1024
    sizes = range(16, needed + 64, max(needed // 12, 1))
    for size in sizes:
        with small_disk(size) as disk:
            try:
                deliver(quarter[1], disk / "outbox")
            except OSError as full:
                assert full.errno == 28, full  # noqa: PT017  # on the larger disks there is room
                left = contents(disk / "outbox")  # nothing, or all but the run report, which tells where they lie
                placed = {name: data for name, data in left.items() if not name.startswith(STAGE)}
                assert placed.items() <= right.items()
                assert len(placed) in {0, len(right) - len({"written.json", "2012/运行报告.html"} & right.keys())}
            subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)  # noqa: S603, S607
            assert deliver(quarter[1], disk / "outbox")[1] == []
            assert contents(disk / "outbox") == right
    assert whole
    count(
        "room",
        "disk that is full (a tmpfs of so many sizes)",
        len(sizes),
        "nothing of it is left, or all but the run report; with room, the bytes as ever",
    )


@pytest.fixture
def sent(tmp_path):
    """A desk with a return, after a run."""
    desk = Desk(tmp_path)
    desk.send(changes={"T2.02": 11})
    assert in_a_process("run", *AS_OF, folder=tmp_path).code == 1
    return desk


def test_the_command_says_a_full_disk_in_one_sentence(sent):
    """What came in meanwhile was received all the same: the receipts book and its copy are not what is written whole."""
    before = contents(sent.outbox / "2012")
    sent.send("市教育局")
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); "
    limited += f"sys.argv = {['x', 'run', *AS_OF]!r}; from pipeline.desk.cli import main; main()"
    said = in_a_process(code=limited, folder=sent.folder)

    assert said.code == 2
    assert said.err.splitlines()[-1].startswith("不能运行：")
    assert "（文件太大，磁盘放不下）" in said.err
    assert "Traceback" not in said.err
    assert contents(sent.outbox / "2012") == before
    later = in_a_process("run", *AS_OF, folder=sent.folder)
    assert later.code == 1
    assert "改过" not in later.out


@contextmanager
def read_only(folder: Path):
    """A folder in which nothing can be made, changed or removed."""
    every = [folder, *folder.rglob("*")]
    for path in every:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield
    for path in every:
        path.chmod(0o755 if path.is_dir() else 0o644)


def as_anybody(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command as who is bound by what may be written (root is not, unless it gives that up)."""
    bound = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if ROOT else []
    command = [*bound, sys.executable, str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603


def test_a_read_only_inbox_with_nothing_new_is_no_obstacle(sent):
    before = contents(sent.inbox)
    with read_only(sent.inbox):
        said = as_anybody("run", *AS_OF, folder=sent.folder)

    assert said.returncode == 1, said.stderr
    assert "汇总工作簿：" in said.stdout
    assert contents(sent.inbox) == before
    count("room", "read-only inbox, nothing new", 1, "no obstacle")


def test_a_read_only_outbox_is_a_sentence(sent):
    (sent.outbox / "last_run.json").unlink()  # else nothing has changed, and nothing is to be written
    with read_only(sent.outbox):
        said = as_anybody("run", *AS_OF, folder=sent.folder)

    assert said.returncode == 2
    assert said.stderr.splitlines()[-1].startswith("不能运行：发件夹“outbox”写不进去（没有权限）。请检查")
    count("room", "read-only outbox", 1, "a sentence")


def test_of_two_runs_at_once_one_writes_and_the_other_is_told_to_wait(sent):
    before = contents(sent.outbox)
    (sent.outbox / "last_run.json").unlink()  # else nothing has changed, and nobody has to wait
    command = [sys.executable, str(PROGRAM), "run", *AS_OF]
    both = [
        subprocess.Popen(command, cwd=sent.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")  # noqa: S603
        for _ in range(3)
    ]  # fmt: skip
    ended = sorted((process.communicate(), process.returncode) for process in both)
    codes = sorted(code for _, code in ended)
    after = contents(sent.outbox)

    assert codes[0] == 1
    assert set(codes) <= {1, 2}
    assert all("另一次运行正在写发件夹“outbox”。请等它结束" in err for (_, err), code in ended if code == 2)
    assert all("改过" not in out for (out, _), _ in ended)
    assert {name for name in before if before[name] != after[name]} == {"runs.jsonl"}
    assert set(after) == set(before)
    count("room", "runs at once on one outbox", 3, "one writes, the others are told to wait")
