"""Mails as Outlook saves them, made from nothing: an old container with a folder for each attachment."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT, TEXT_8, BYTES, TIME = 0x001F, 0x001E, 0x0102, 0x0040
EPOCH = 116_444_736_000_000_000  # of 1970 in the ticks of Windows

Tree = dict[str, "bytes | Tree"]


@dataclass(frozen=True)
class Outlook:
    """A mail: its head as text ("" as in a draft), its sender, and its attachments: bytes, or mails."""

    files: Sequence[tuple[str, "bytes | Outlook"]] = ()
    head: str = ""
    sender: tuple[str, str] = ("张三", "zhang@example.cn")
    sent: int = 1_328_311_800  # 2012-02-04 07:30 in China
    code_page: bool = False  # its texts in the code page of Chinese Windows, as old versions write them

    def data(self) -> bytes:
        """The file."""
        return compound(self._tree(32))

    def _tree(self, head: int) -> Tree:
        texts = {0x001A: "IPM.Note", 0x0C1A: self.sender[0], 0x0C1F: self.sender[1], 0x007D: self.head}
        tree, rows = self._texts({tag: text for tag, text in texts.items() if text})
        rows.append(struct.pack("<HHIQ", TIME, 0x0039, 6, EPOCH + self.sent * 10_000_000))
        if self.code_page:
            rows.append(struct.pack("<HHIII", 3, 0x3FFD, 6, 936, 0))
        count = len(self.files)
        start = struct.pack("<8x4I", 0, count, 0, count).ljust(head, b"\0")
        for number, (name, content) in enumerate(self.files):
            tree[f"__attach_version1.0_#{number:08X}"] = self._attached(name, content)
        return {**tree, "__properties_version1.0": start + b"".join(rows)}

    def _attached(self, name: str, content: "bytes | Outlook") -> Tree:
        tree, rows = self._texts({0x3707: name})
        if isinstance(content, Outlook):
            tree["__substg1.0_3701000D"] = content._tree(24)
        else:
            tree["__substg1.0_37010102"] = content
            rows.append(struct.pack("<HHIII", BYTES, 0x3701, 6, len(content), 0))
        return {**tree, "__properties_version1.0": bytes(8) + b"".join(rows)}

    def _texts(self, texts: dict[int, str]) -> tuple[Tree, list[bytes]]:
        kind, tree, rows = TEXT_8 if self.code_page else TEXT, {}, []
        for tag, text in texts.items():
            data = text.encode("gbk" if self.code_page else "utf-16-le")
            tree[f"__substg1.0_{tag:04X}{kind:04X}"] = data
            rows.append(struct.pack("<HHIII", kind, tag, 6, len(data) + (1 if self.code_page else 2), 0))
        return tree, rows


class Sectors:
    """Contents one behind the other in sectors of a size, with the chain of each."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.body: list[bytes] = []
        self.chain: list[int] = []

    def store(self, data: bytes) -> int:
        """The first sector of a content."""
        if not data:
            return END
        first, count = len(self.chain), -(-len(data) // self.size)
        self.chain.extend([*range(first + 1, first + count), END])
        self.body.append(data.ljust(count * self.size, b"\0"))
        return first


def compound(tree: Tree) -> bytes:
    """A compound file of these folders and streams; streams of less than 4096 bytes lie in one that they share."""
    entries: list[list] = [["Root Entry", 5, FREE, FREE, FREE, END, 0]]
    large, small = Sectors(SECTOR), Sectors(64)

    def add(parent: int, own: Tree) -> None:
        before = None
        for name, content in own.items():
            at = len(entries)
            entries.append([name, 1, FREE, FREE, FREE, 0, 0])
            entries[parent if before is None else before][4 if before is None else 3] = at
            if isinstance(content, dict):
                add(at, content)
            else:
                store = small.store if len(content) < 4096 else large.store
                entries[at][1], entries[at][5:] = 2, [store(content), len(content)]
            before = at

    add(0, tree)
    shared = b"".join(small.body)
    entries[0][5:] = [large.store(shared), len(shared)]
    chains = struct.pack(f"<{len(small.chain)}I", *small.chain)
    chains = chains.ljust(-(-len(chains) // SECTOR) * SECTOR, b"\xff")
    first_chain = large.store(chains)
    directory = large.store(b"".join(_entry(*entry) for entry in entries))
    fat, sectors = large.chain, 1
    while len(fat) + sectors > sectors * (SECTOR // 4):
        sectors += 1
    places = [len(fat) + n for n in range(sectors)]
    fat = [*fat, *[FAT] * sectors]
    fat += [FREE] * (sectors * (SECTOR // 4) - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, sectors, directory, 0, 4096, first_chain, len(chains) // SECTOR, END, 0)
    head += struct.pack("<109I", *places, *[FREE] * (109 - sectors))
    return head + b"".join(large.body) + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    packed = text.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIQ", len(text), kind, 1, left, right, child, 0, start, size
    )
    assert len(packed) == 128
    return packed
