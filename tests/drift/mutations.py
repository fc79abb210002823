"""Other ways to write the same sheet, and sheets with a letter of their tags changed."""

import re
from collections.abc import Callable
from random import Random

VALUE = re.compile(r"(?<=<v>)[^<]*(?=</v>)")
_CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(/>|>.*?</c>)', re.DOTALL)


def _with_value(how: Callable[[str], str]) -> Callable[[re.Match[str]], str]:
    return lambda cell: VALUE.sub(lambda value: how(value[0]), cell[0])


# What may be done to a cell without a change of what it says.
SAME: dict[str, Callable[[re.Match[str]], str]] = {
    "single quotes": lambda cell: cell[0].replace('"', "'") if "<f>" not in cell[0] else cell[0],
    "the address last": lambda cell: f'<c{cell[2]} r="{cell[1]}"{cell[3]}',
    "lines in the tag": lambda cell: f'<c\n r="{cell[1]}"\n{cell[2]}{cell[3]}',
    "white space around the sign": lambda cell: f'<c r = "{cell[1]}"{cell[2]}{cell[3]}',
    "one more attribute": lambda cell: f'<c r="{cell[1]}" cm="1"{cell[2]}{cell[3]}',
    "a comment before": lambda cell: f"<!-- <c/> -->{cell[0]}",
    "a comment in the value": _with_value(lambda value: f"{value[:1]}<!-- 7 -->{value[1:]}"),
    "the value as CDATA": _with_value(lambda value: f"<![CDATA[{value}]]>"),
    "digits as references": _with_value(lambda value: "".join(f"&#{ord(letter)};" for letter in value)),
    "an exponent": lambda cell: cell[0] if 't="' in cell[0] else VALUE.sub(lambda value: f"{value[0]}E+0", cell[0]),
    "an extension": lambda cell: cell[0].replace("</c>", "<extLst><ext><v>7</v></ext></extLst></c>"),
    "text in place": lambda cell: cell[0].replace("<v>", '<v xml:space="preserve">'),
    "an instruction of another program": lambda cell: f"<?other program?>{cell[0]}",
}


def cells(xml: str) -> int:
    return len(_CELL.findall(xml))


def rewrite(xml: str, which: dict[int, str]) -> str:
    """The sheet with some of its cells, by their number, written otherwise."""
    counted = iter(range(len(xml)))

    def one(cell: re.Match[str]) -> str:
        way = which.get(next(counted))
        return SAME[way](cell) if way else cell[0]

    return _CELL.sub(one, xml)


def outside_values(xml: str) -> list[int]:
    """Where a letter may be changed that is in no value."""
    inside = {n for value in re.finditer(r"<v>[^<]*</v>", xml) for n in range(value.start() + 3, value.end() - 4)}
    return [n for n in range(xml.index("<sheetData>"), xml.index("</sheetData>")) if n not in inside]


def outside_texts(xml: str) -> list[int]:
    """The same of the tables of an OpenDocument sheet."""
    values = re.finditer(r'office:(?:date-)?value="[^"]*"|<text:p>[^<]*', xml)
    inside = {n for value in values for n in range(value.start(), value.end())}
    return [n for n in range(xml.index("<table:table "), xml.rindex("</table:table>")) if n not in inside]


def damaged(data: bytes, chance: Random) -> bytes:
    """The file as a bad disk, a cut line or a careless program leaves it."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at = chance.randrange(len(changed)) if changed else 0
        long = min(chance.choice([1, 1, 4, 64, 512]), len(changed) - at)
        match chance.choice(["turned", "turned", "zeros", "chance", "lost", "twice", "cut", "tail"]):
            case "turned":
                changed[at : at + long] = bytes(byte ^ 0xFF for byte in changed[at : at + long])
            case "zeros":
                changed[at : at + long] = bytes(long)
            case "chance":
                changed[at : at + long] = chance.randbytes(long)
            case "lost":
                del changed[at : at + long]
            case "twice":
                changed[at:at] = changed[at : at + long]
            case "cut" if chance.random() < 0.2:
                del changed[at:]
            case "tail":  # where a zip keeps its directory, and most ends in one line
                end = max(0, len(changed) - chance.randrange(1, 2000))
                changed[end : end + 1] = chance.randbytes(1)
    return bytes(changed)
