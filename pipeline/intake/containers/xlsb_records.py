"""The records of an .xlsb, as in [MS-XLSB] 2.1.4: number and length in groups of 7 bits, then the content."""

from collections.abc import Iterator

from pipeline.intake.letters import BLACK, Colour
from pipeline.intake.palette import Theme, numbered, of_theme, tinted


def colour_of(content: bytes, theme: Theme) -> Colour | None:
    """A colour as eight bytes tell it; None where that is not certain."""
    kind, index, tint = content[0] >> 1, content[1], int.from_bytes(content[2:4], "little", signed=True)
    if kind == 0:
        return BLACK
    plain = of_theme(index, theme) if kind == 3 else numbered(index) if kind == 1 else None
    return tinted((content[4], content[5], content[6]) if kind == 2 else plain, tint / 0x7FFF)


def number_at(content: bytes, at: int) -> int:
    """A number in four bytes."""
    return int.from_bytes(content[at : at + 4], "little")


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Every record with its number."""
    at = 0
    while at < len(data):
        number, at = _grouped(data, at, 2)
        length, at = _grouped(data, at, 4)
        yield number, data[at : at + length]
        at += length


def _grouped(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in groups of 7 bits, the lowest first; and where it ends."""
    value = 0
    for n in range(most):
        value |= (data[at + n] & 0x7F) << (7 * n)
        if not data[at + n] & 0x80:
            return value, at + n + 1
    return value, at + most


def string_at(content: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it; and where it ends."""
    end = at + 4 + 2 * int.from_bytes(content[at : at + 4], "little")
    return content[at + 4 : end].decode("utf-16-le"), end
