"""The vocabulary of stocks: what was there and came, what went and is left."""

from pydantic import StrictBool

from schemas.reading import Frozen

Words = tuple[str, ...]


class Balance(Frozen):
    """Two sums that meet: each term by a regular expression; ``near`` those told in one sentence only.

    ``of`` is what those told in several paragraphs say that they count.
    """

    left: Words
    right: Words
    near: StrictBool = False
    of: Words = ()


class Flow(Frozen):
    """The parts of a stock told in one sentence, each by a regular expression: in the order in which they are tried."""

    there: str
    left: str
    both: str
    gone: str
    came: str
