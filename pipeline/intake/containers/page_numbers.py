"""What a web page keeps of a number beside what it shows: the value, and the format that spreadsheets show it in.

Who opens the page in a browser sees the text of a cell, who opens it in a spreadsheet what that makes of the value.
"""

import re
from collections.abc import Mapping

from pipeline.intake.book import Mark
from pipeline.intake.shown import look_of
from pipeline.values.numerals import certain

_KEPT = re.compile(r"sdval|(?:x:|data-)?(?:val|value|num|number|str|bool|err)", re.IGNORECASE)  # an attribute
_NAMED = {
    "general": "General", "fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%", "scientific": "0.00E+00",
    "auto": "General", "none": "General", "inherit": "General", "initial": "General",
}  # fmt: skip


def keeps_another(attributes: Mapping[str, str], seen: str) -> bool:
    """Whether an attribute of a cell holds another value than the number that is seen."""
    shown = certain(seen)
    kept = [told.strip() for name, told in attributes.items() if _KEPT.fullmatch(name)] if shown else []
    return any(told and not _is_same(told, shown) for told in kept)


def formatted(attributes: Mapping[str, str], says: str, seen: str) -> Mark | None:
    """The mark of a number that a spreadsheet shows otherwise by the format in its attributes, or that a style says."""
    shown = certain(seen)
    told = attributes.get("sdnum", "").split(";", 2)[2:]  # behind two languages
    code = (told[0] if told else _code(says) if says else "") if shown else ""
    if not code or code == "@":
        return None
    value, mark = look_of(float(shown), code)
    return mark or (None if isinstance(value, float) else Mark("shown", str(value)))


def _is_same(told: str, shown: str) -> bool:
    try:
        return float(told) == float(shown)
    except ValueError:
        return False


def _code(says: str) -> str:
    """The number format that a style declares, by its name or as it is written."""
    import tinycss2

    parts = tinycss2.parse_component_value_list(says)
    told = "".join(part.value if part.type in {"string", "ident"} else part.serialize() for part in parts)
    return _NAMED.get(told.lower(), told) if told.isascii() and told.isalpha() else told
