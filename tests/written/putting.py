"""A small outbox: files put into it as a run puts its own, without the work of a run."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.outbox.delivery import delivering
from pipeline.outbox.written import Kept
from pipeline.values.files import write_whole

BOOK, NOTE, DATA = "2012/汇总.xlsx", "2012/分析说明/2012-01_分析说明.docx", "2012/data/facts.csv"
FILES = {BOOK: b"the workbook", NOTE: b"the note", DATA: b"1,2\r\n"}


def put(outbox: Path, files: Mapping[str, bytes] = FILES) -> list[Kept]:
    """Put files into the outbox; returns what lay there and was not ours."""
    with delivering(outbox) as delivery:
        made = [
            write_whole(delivery.stage / name, lambda path, d=data: path.write_bytes(d)) for name, data in files.items()
        ]
        delivery.put(made)
        delivery.remove_others(outbox / "2012" / "分析说明", "_分析说明")
    return delivery.kept


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def damages(data: bytes, many: int, seed: str) -> Iterator[bytes]:
    """So many ways in which a JSON file is damaged: cut, garbled, of another type, nested, with odd names."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    text = data.decode()
    whole = [
        b"", b"{}", b"[]", b"null", b"1e999", b'""', b"\xff\xfe", b"<html>", "收件".encode("gbk"), b"[" * 100_000,
        b'{"a":' * 100_000, b"\0" * 1000, data + data, data.replace(b":", b"="), text.encode("utf-16"),
    ]  # fmt: skip
    yield from whole
    for _ in range(many - len(whole)):
        at, other = chance.randrange(len(data)), chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind == 0:
            yield data[:at]
        elif kind == 1:
            yield data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif kind == 2:
            yield data[: min(at, other)] + data[max(at, other) :]
        else:
            odd = chance.choice(
                ["../inbox/x", "/etc/x", "C:/x", "", ".", "..", "2012/../../inbox/x", "2012", 7, [], {}, None]
            )
            value = chance.choice([7, None, [], {}, "h" * 13, "h0123456789ab", True, "x" * 5000])
            yield repr({odd if isinstance(odd, str) else "x": value, "2012/汇总.xlsx": odd}).replace("'", '"').encode()
