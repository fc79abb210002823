"""Numbers as people write them: what a text most likely stands for. Suggested, never adopted."""

import re
import unicodedata

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\ufeff\u00ad]")
_PLAIN = re.compile(r"^(\d{1,3}(?:,\d{3})+|\d+)\D{0,3}$")


def visible(text: str) -> str:
    """The text in half-width characters, without white space and characters that do not show."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def likely(written: str) -> str:
    """The number that a text most likely stands for ("14条" → "14"), or "" where that is not plain."""
    found = _PLAIN.match(visible(written))
    return found[1].replace(",", "") if found else ""
