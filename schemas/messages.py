"""The catalogue of messages: every kind of finding that is not a rule of an edition, with its words."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from schemas.document import read_toml
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
    read = read_toml(Path(__file__).parent / "messages.toml", _Catalogue)
    return {message.id: message for message in read.messages}
