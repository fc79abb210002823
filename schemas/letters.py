"""The words of the reminders: to a unit, one sentence each, and to the chat group of all of them."""

from functools import cache
from pathlib import Path
from string import Formatter

from schemas.document import read_document, validated
from schemas.mistake import nearest
from schemas.reading import Frozen

LETTERS = Path(__file__).parent / "letters.toml"
PLACES = (
    "unit",
    "month",
    "form",
    "due",
    "days",
    "spots",
    "contact",
    "problem",
    "name",
    "other",
    "units",
    "count",
    "day",
)


class Letters(Frozen):
    """A sentence for each reason to remind; what stands in braces is filled in.

    ``missing``, ``unread``, ``misnamed``, ``beside``, ``returned`` and ``paper``: the return is not there, cannot be
    read, is called as this month's and is another's, is a scan or a text alone, waits to be mended, lacks its copy on
    paper.
    """

    missing: str
    unread: str
    misnamed: str
    beside: str
    returned: str
    paper: str
    group: str
    group_missing: str
    group_returned: str
    group_paper: str
    group_asked: str
    group_end: str


@cache
def letters(path: Path = LETTERS) -> Letters:
    """The sentences. Raises Mistake where one is missing or holds a place that nothing fills in."""
    document = read_document(path)
    read = validated(document, Letters)
    for name, sentence in read:
        try:
            unknown = [place for place in _places(sentence) if place not in PLACES]
        except ValueError:
            raise document.mistake((name,), f"“{name}”里的花括号不成对。") from None
        if unknown:
            raise document.mistake((name,), f"“{name}”里的“{unknown[0]}”没有内容可填，{nearest(unknown[0], PLACES)}。")
    return read


def _places(sentence: str) -> list[str]:
    return [place for _, place, _, _ in Formatter().parse(sentence) if place is not None]
