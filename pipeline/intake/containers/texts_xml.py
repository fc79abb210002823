"""The texts of a workbook that its cells share, and those of them that are not to be read as they stand.

A part may be struck out or raised: 12 struck out before 25 is no 1225, and 25 with a note's mark no 251.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipeline.intake.letters import WHITE, blends, is_small
from pipeline.intake.palette import PLAIN

_PLAIN = re.compile(r"<si><t(?: xml:space=\"preserve\")?+>([^<]*+)</t>(?:<phoneticPr[^>]*+/>)?+</si>|<si><t/></si>")
_PREFIXED = re.compile(rb"<(\w+):(?:worksheet|sst)[\s>]")
_BETWEEN = ("<!--", "<![CDATA[")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS, _AS_USUAL = {"strike", "vertAlign"}, {"0", "false", "baseline"}
BLANKS = " \t\r\n"  # which are kept around a text only where it says so


class Texts(NamedTuple):
    """The texts by number, and the numbers (as cells write them) of those of which a part looks odd."""

    all: tuple[str, ...] = ()
    odd: frozenset[str] = frozenset()


def texts_of(xml: bytes) -> Texts:
    """The shared texts; a tree is made of them only where they are not written as usual."""
    told = without_prefix(xml).decode()
    plain = _PLAIN.findall(told)
    usual = "<sst" in told and not any(sign in told for sign in _BETWEEN)
    if usual and len(plain) == told.count("<si>") + told.count("<si "):
        coded = any(sign in told for sign in ("&", "\r", "_x"))
        return Texts(tuple(map(written_out, plain) if coded else plain))
    root = ET.fromstring(xml)  # noqa: S314  # no DTD, no entities
    items = [item for item in root if _local(item) == "si"]
    odd = frozenset(str(n) for n, item in enumerate(items) if _has_odd_part(item))
    return Texts(tuple(_joined(item) for item in items), odd)


def without_prefix(xml: bytes) -> bytes:
    """The same part without the prefix of its elements; itself where they have none."""
    prefixed = _PREFIXED.search(xml[:4096])
    if not prefixed:
        return xml
    name = prefixed[1] + b":"
    return xml.replace(b"<" + name, b"<").replace(b"</" + name, b"</")


def written_out(text: str) -> str:
    """A text as it stands in the XML, with what is written by names and numbers there."""
    told = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return without_codes(unescape(told) if "&" in told else told)


def without_codes(text: str) -> str:
    """A text with the characters that spreadsheets write as codes (_x000D_)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _joined(item: ET.Element) -> str:
    """The parts of a text, without what is noted above it (拼音)."""
    direct = [part for part in item if _local(part) == "t"]
    runs = [part for run in item if _local(run) == "r" for part in run if _local(part) == "t"]
    return without_codes("".join(map(_said, (*direct, *runs))))


def _said(part: ET.Element) -> str:
    kept = any(key.endswith("}space") and value == "preserve" for key, value in part.items())
    return (part.text or "") if kept else (part.text or "").strip(BLANKS)


def _has_odd_part(item: ET.Element) -> bool:
    """Whether a run of the text is struck out, raised, lowered or not to be seen."""
    return any(is_odd_look(_local(part), part.attrib) for part in item.iter())


def is_odd_look(name: str, told: Mapping[str, str]) -> bool:
    """Whether by this part of its font a run is struck out, raised, lowered, or not seen on paper."""
    if name in _LOOKS:
        return told.get("val", "1") not in _AS_USUAL
    if name == "color":
        return blends(PLAIN.colour(told), WHITE)
    return name == "sz" and is_small(told.get("val", ""))


def _local(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
