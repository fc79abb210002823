"""Every byte of a folder as text: names, and what is in the files, unzipped however deep."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from pyarrow import parquet

ZIPPED, TABLE = (".xlsx", ".docx", ".zip"), ".parquet"


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every place and what is written there, also as people see it: without tags, with entities resolved."""
    for path in sorted(folder.rglob("*")):
        yield "名称", path.name
        if path.is_file():
            yield from _in_file(path.name, path.read_bytes())


def _in_file(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    for code in ("utf-8", "utf-16-le", "gb18030"):
        yield name, data.decode(code, errors="ignore")
    if name.endswith(ZIPPED):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield f"{name}/{part}", part
                yield from _in_file(f"{name}/{part}", archive.read(part))
    elif name.endswith(TABLE):
        yield name, parquet.read_table(io.BytesIO(data)).to_pandas().to_csv()
    elif name.endswith((".xml", ".rels")):
        yield name, "".join(etree.fromstring(data).itertext())
