"""The catalogue of messages: every kind of finding that is not a rule of an edition, with its words."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from schemas.document import read_toml
from schemas.mistake import Mistake
from schemas.reading import Frozen


class Message(Frozen):
    """One kind of finding: ``says`` and ``remedy`` are filled in with what was found."""

    id: str
    level: Literal["must", "verify", "note", "ask"]
    title: str
    says: str
    remedy: str


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
