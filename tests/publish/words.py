"""Search texts for what no reader should meet."""

import re

_CHINESE = r"[\u3400-\u9fff]"
_MARK = r"[,:;!?()]"
_BESIDE = re.compile(f"(?<={_CHINESE}){_MARK}|{_MARK}(?={_CHINESE})")
_ADDRESS = re.compile(r"('[^']+'|[\w×（）—]+)!(?=\$?[A-Z]{1,3}\$?\d)")
_NUMBERING = re.compile(r"\(\d+\)")  # as the province's form numbers its lines: (1)、(2)
_MACHINE = re.compile(r"\bnan\b|None|<NA>|\bNaT\b|#(REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?|###")


def half_width_beside_chinese(text: str) -> list[str]:
    """Half-width punctuation beside a Chinese character; the ! of a cell's address is none, nor is numbering."""
    return _BESIDE.findall(_NUMBERING.sub(" ", _ADDRESS.sub(" ", text)))


def machine_words(text: str) -> bool:
    """Whether the text holds a missing value, an error or a column too narrow, as a program writes them."""
    return bool(_MACHINE.search(text))
