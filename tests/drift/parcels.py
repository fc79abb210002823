"""What lies in the inbox that is not one file: zips, folders, links, and what programs leave behind."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.drift.case import Case, refused
from tests.drift.parts import zipped
from tests.pipeline.overtype import Edit

ZIP, LEFT = "一月.zip", "N-FIL-02"


def packed(*names: str, put: Callable[[zipfile.ZipFile, str, bytes], object] = zipfile.ZipFile.writestr) -> Edit:
    """The return in a zip, once under each name."""

    def edit(path: Path) -> None:
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                put(archive, name, path.read_bytes())
        path.write_bytes(memory.getvalue())

    return edit


def named_in(encoding: str) -> Callable[[zipfile.ZipFile, str, bytes], object]:
    """Names in an encoding of the system's, which nothing in the zip tells."""

    class Bare(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  # zipfile's own
            return self.filename.encode(encoding), self.flag_bits & ~0x800

    return lambda archive, name, data: archive.writestr(Bare(name), data)


def with_password(path: Path) -> None:
    packed("a.xlsx")(path)
    data = bytearray(path.read_bytes())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + at] |= 1
    path.write_bytes(data)


def twice_packed(path: Path) -> None:
    packed("a.xlsx")(path)
    packed("里面.zip")(path)


def only_an_index(path: Path) -> None:
    path.write_bytes(zipped({}))


def in_a_folder(path: Path) -> None:
    """A folder named as a return, with the return in it."""
    data = path.read_bytes()
    path.unlink()
    path.mkdir()
    (path / "卫生局.xlsx").write_bytes(data)


def linked(path: Path) -> None:
    """A link to a file that is elsewhere."""
    elsewhere = path.parent.parent.parent / f"elsewhere-{path.parent.name}.xlsx"
    path.replace(elsewhere)
    path.symlink_to(elsewhere)


def linked_to_nothing(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere.xlsx")


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def two_members(path: Path) -> None:
    """A return and a notice in one zip."""
    path.write_bytes(zipped({"市卫生局_2012-01.xlsx": path.read_bytes(), "通知.pdf": b"%PDF-1.4"}))


def left(name: str, happens: Edit, says: str, file: str) -> Case:
    """Left alone, with a note."""
    return Case(name, happens, (LEFT,), says, file=file, reads=0)


def nothing(path: Path) -> None:
    """The return lies there whole."""


ZIPS = (
    Case("a zip of two returns", packed("市卫生局_2012-01.xlsx", "再报/市卫生局_2012-01.xlsx"), file=ZIP, reads=2),
    Case("a zip with names in GBK", packed("一月/市卫生局.xlsx", put=named_in("gbk")), file=ZIP),
    Case("a zip with names in GBK, of another month", packed("市卫生局2月.xlsx", put=named_in("gbk")), ("W-PER-01",), "“市卫生局2月”写的是 2月", file=ZIP),
    Case("a zip with names in UTF-8 that it does not tell", packed("市卫生局2月.xlsx", put=named_in("utf-8")), ("W-PER-01",), "“市卫生局2月”写的是 2月", file=ZIP),
    Case("a zip with paths that lead elsewhere", packed("../../etc/市卫生局.xlsx", "..\\市卫生局.xlsx", "/市卫生局(2).xlsx"), file=ZIP, reads=3),
    Case("a zip of a Mac", packed("__MACOSX/._a.xlsx", ".DS_Store", "~$a.xlsx", "a.xlsx"), file=ZIP),
    Case("a return and a notice", two_members, ("N-FIL-03",), "是随件的 PDF 文件，没有读", file=ZIP),
    refused("a zip with a password", with_password, "E-FIL-06", "加了密码的压缩包", file=ZIP),
    refused("a zip in a zip", twice_packed, "E-FIL-06", "是压缩包里的压缩包", file=ZIP),
    refused("an empty zip", only_an_index, "E-FIL-06", "是空的压缩包", file=ZIP),
    refused("a zip of what is left alone", packed("~$a.xlsx"), "E-FIL-06", "是空的压缩包", file=ZIP),
    refused("a zip of too many files", lambda path: path.write_bytes(zipped({f"{n}.xlsx": b"" for n in range(501)})), "E-FIL-06", "里面有 501 个文件", file=ZIP),
    refused("a zip copied to a half", lambda path: [packed("a.xlsx")(path), path.write_bytes(path.read_bytes()[:9999])], "E-FIL-01", "损坏或没有下载完整", file=ZIP),
)  # fmt: skip

LYING = (
    left("a lock file of Excel", nothing, "打开文件时留下的临时文件", "~$市卫生局_2012-01.xlsx"),
    left("a lock file of WPS", nothing, "打开文件时留下的临时文件", ".~市卫生局_2012-01.xlsx"),
    left("a file under way", nothing, "还没有复制完", "市卫生局.xlsx.crdownload"),
    left("a hidden file", nothing, "是隐藏文件", ".市卫生局.xlsx"),
    left("a file of the system", nothing, "是隐藏文件", "Thumbs.db"),
    left("a link", linked, "是快捷方式（链接）", "市卫生局.xlsx"),
    left("a link to nothing", linked_to_nothing, "是快捷方式（链接）", "市卫生局.xlsx"),
    left("a pipe", a_pipe, "不是普通文件", "市卫生局.xlsx"),
    Case("a folder named as a return", in_a_folder, file="市卫生局.xlsx"),
    Case("a file without a suffix", nothing, ("N-FIL-01",), "实际是", file="市卫生局"),
    Case("deep in folders", nothing, file="一/二/三/四/五/市卫生局.xlsx"),
)  # fmt: skip

PARCELS = (*ZIPS, *LYING)
