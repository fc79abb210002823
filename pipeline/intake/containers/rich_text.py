"""Texts of which a part is struck out or raised: 12 struck out before 25 is no 1225, and 25 with a note's mark no 251.

A reader joins the parts and tells nothing of their looks.
"""

from io import BytesIO
from xml.etree import ElementTree as ET

_LOOKS = (b"strike", b"vertAlign")
_PLAIN = {"0", "false", "baseline"}


def odd_texts(shared: bytes) -> frozenset[str]:
    """The numbers of the shared texts that are not to be read as they stand."""
    if not any(look in shared for look in _LOOKS):
        return frozenset()
    events = ET.iterparse(BytesIO(shared))  # noqa: S314  # no DTD, no entities
    items = (element for _, element in events if element.tag.rpartition("}")[2] == "si")
    return frozenset(str(n) for n, item in enumerate(items) if has_odd_part(item))


def has_odd_part(text: ET.Element) -> bool:
    """Whether a run of the text is struck out, raised or lowered."""
    looks = (part for part in text.iter() if part.tag.rpartition("}")[2] in {"strike", "vertAlign"})
    return any(look.get("val", "1") not in _PLAIN for look in looks)
