"""The office's own workbooks are read like any other file; what is wrong with one stops only what needs it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.intake import read_own_files
from pipeline.intake.bounds import MOST_BYTES
from pipeline.values.printed import PRINTED
from pipeline.values.rulings import HEADINGS, RULINGS
from schemas.mistake import Mistake

LAST_YEAR = "上年数据.xlsx"
CSV, PAGE = ",".join(HEADINGS).encode("gbk"), b"<html><table><tr><td>1</td></tr></table></html>"


def a_zip(**parts: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return memory.getvalue()


def written(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


WRONG = {
    "a CSV": (written(CSV), "是文本（CSV），不是工作簿"),
    "a web page": (written(PAGE), "是网页，不是工作簿"),
    "a zip": (written(a_zip(a=b"x")), "是压缩包，不是工作簿"),
    "a picture": (written(b"\x89PNG"), "是一张图片"),
    "half a workbook": (written(b"PK\x03\x04 half"), "损坏或没有下载完整"),
    "nothing": (written(b""), "是空的（0 字节）"),
    "a folder": (Path.mkdir, "读不了"),
    "too large": (written(b"PK" + bytes(MOST_BYTES)), "太大"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_workbook_is_not_obeyed_under_its_name(desk, wrong):
    lay, says = WRONG[wrong]
    desk.inbox.mkdir(parents=True)
    for name in (RULINGS, PRINTED, LAST_YEAR):
        lay(desk.inbox / name)

    files = read_own_files(desk.inbox, 0)

    assert {name: (file.rows, says in file.wrong) for name, file in files.items()} == dict.fromkeys(
        (RULINGS, PRINTED, LAST_YEAR), ((), True)
    )


def test_without_them_nothing_is_wrong(tmp_path):
    assert {name: (file.rows, file.wrong) for name, file in read_own_files(tmp_path, 0).items()} == dict.fromkeys(
        (RULINGS, PRINTED, LAST_YEAR), ((), "")
    )


def test_rulings_that_cannot_be_read_stop_the_run_for_figures_hang_on_them(desk):
    desk.send()
    (desk.inbox / RULINGS).write_bytes(CSV)

    with pytest.raises(Mistake, match=f"{RULINGS}：文件是文本（CSV），不是工作簿，请用 Excel 打开，另存为"):
        desk.examine()


@pytest.mark.parametrize("wrong", ["a CSV", pytest.param("half a workbook", marks=pytest.mark.slow)])
def test_a_comparison_that_cannot_be_made_is_told_in_any_month_and_the_run_goes_on(desk, wrong):
    desk.send()
    for name in (PRINTED, LAST_YEAR):
        WRONG[wrong][0](desk.inbox / name)

    outcome = desk.examine()

    told = {f.file: (f.rule, f.level, f.message.rpartition("这次")[2]) for f in outcome.findings}
    assert told == {
        PRINTED: ("W-FIL-01", "verify", "年报正文没有和汇总表核对。"),
        LAST_YEAR: ("W-FIL-01", "verify", "没有和上年比较。"),
    }
    assert outcome.coverage.counted == 1


@pytest.mark.slow
def test_a_bomb_under_the_name_of_an_own_file_costs_that_file(desk):
    desk.send()
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(257 * 2**20))
    (desk.inbox / LAST_YEAR).write_bytes(memory.getvalue())

    file = read_own_files(desk.inbox, 1)[LAST_YEAR]

    assert "解开后太大" in file.wrong
