"""The vocabulary of a report's own tables, and of what it gives in its text and in a table."""

from schemas.reading import Frozen

Words = tuple[str, ...]


class Tabular(Frozen):
    """How a report's table says what is a total, how lines are numbered, and which columns do not add up."""

    totals: Words
    perhaps: str
    styles: Words
    ratios: Words
    moved: Words
    growing: Words
    this_year: str
    last_year: str
    serial: Words
    relation: str
    least: int


class Both(Frozen):
    """A thing that a report gives in its text and in a table, by regular expressions.

    ``text`` is what the words before its count say, ``never`` what they do not; ``line`` the labels of its line from
    the outermost on (parted by >), ``column`` its head, ``nth`` which of several columns with that head, ``title``
    what the table says anywhere; with ``slip`` only a slip of the pen is told.
    """

    name: str
    text: str
    never: str = ""
    title: str = ""
    line: str = ""
    column: str = ""
    nth: int = 0
    slip: bool = False
