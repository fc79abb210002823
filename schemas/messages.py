"""The catalogue of messages: every kind of finding that is not a rule of an edition, with its words."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool

from schemas.document import read_toml
from schemas.mistake import Mistake
from schemas.reading import Frozen, one_or_several

Need = Literal[
    "cover", "choices", "zero_report", "register", "decimals", "owner", "months", "printed", "stock", "forms"
]  # what a form must have for a message to arise
Remedies = Annotated[tuple[str, ...], BeforeValidator(one_or_several)]


class Message(Frozen):
    """One kind of finding: ``says`` and ``remedy`` are filled in with what was found.

    What ``withholds`` keeps everything from being forwarded as long as it is open, whatever reservations are made.
    ``asks`` is who knows the answer: the unit that sent the return, or the office alone.
    Of several remedies the first is said for which everything is there: a form need not have what the others speak of.
    """

    id: str
    level: Literal["must", "verify", "note", "ask"]
    title: str
    says: str
    remedy: Remedies
    needs: Need | None = None
    withholds: StrictBool = False
    asks: Literal["unit", "office"] = "unit"

    def advice(self, facts: Mapping[str, object]) -> str:
        """What to do, filled in."""
        return self.wording(facts).format_map(facts)

    def wording(self, known: Mapping[str, object]) -> str:
        """The remedy of which everything is known, else the last."""
        return next((own for own in self.remedy if _places(own) <= known.keys()), self.remedy[-1])


def _places(text: str) -> set[str]:
    return {place for _, place, _, _ in Formatter().parse(text) if place is not None}


class _Catalogue(Frozen):
    messages: tuple[Message, ...] = Field(alias="message")


@cache
def catalogue() -> Mapping[str, Message]:
    """The messages by id. Raises Mistake where messages.toml is not as it should be."""
    path = Path(__file__).parent / "messages.toml"
    found: dict[str, Message] = {}
    for message in read_toml(path, _Catalogue).messages:
        if message.id in found:
            raise Mistake(path, None, f"编号“{message.id}”用了两次。")
        found[message.id] = message
    return found
