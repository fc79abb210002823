"""What was found in texts that would travel upward, and must not leave unnoticed; with what the office let pass."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

SLOW = 5_000  # rounds; who sees the id and guesses at a telephone number shall take years


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found in a text, from ``start`` to ``end`` of it; ``whole`` where it is said of the whole text.

    ``secret`` is what it comes to, however it was written.
    """

    kind: str
    name: str
    secret: str
    start: int
    end: int
    shown: tuple[int, int]
    whole: bool = False

    @property
    def id(self) -> str:
        """The number of the question about it: the same wherever it stands, and no way back to it."""
        return id_of(self.kind, self.secret)

    @property
    def partly(self) -> str:
        """As the office is shown it in its own papers; "" of what is said of a whole text."""
        first, last = self.shown
        if self.whole:
            return ""
        hidden = max(len(self.secret) - first - last, 1)
        return f"{self.secret[:first]}{'*' * hidden}{self.secret[len(self.secret) - last :] if last else ''}"

    @property
    def cover(self) -> str:
        """What stands in its place."""
        return f"〔{self.name}已遮盖〕"


@lru_cache(maxsize=10_000)
def id_of(kind: str, secret: str) -> str:
    """The number of a question: it falls when what was found changes."""
    digest = hashlib.pbkdf2_hmac("sha256", secret.encode(), kind.encode(), SLOW)
    return f"h{digest.hex()[:12]}"


@dataclass(frozen=True)
class Leaks:
    """The texts in which something was found, and the ids of what the office let pass; all else is covered."""

    hits: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
