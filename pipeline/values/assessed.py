"""How a unit did, in figures. None is what cannot be said: there is too little of it, or nothing to hold it against."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Peers:
    """The medians of a unit's kind, over the units of it that can be assessed; rates as shares of 1, days whole.

    Who is behind is told by the quartiles: below the lower one in a rate or in breadth, above the upper one in days.
    """

    units: int
    on_time_rate: float | None
    first_right_rate: float | None
    breadth: float | None
    days: float | None
    on_time_low: float | None = None
    first_right_low: float | None = None
    breadth_low: float | None = None
    days_high: float | None = None


@dataclass(frozen=True)
class Assessed:
    """One unit over the months that are due.

    owed, sent, counted (in force): returns. on_time: the first version came in time, and one was accepted; late and
    days_late are of first versions; sent_back: returns of which a version was rejected. first_right: the first version
    was accepted; most_rounds: the versions that the slowest return took until one was (0: none was). The halves are the
    first and the last months owed, as many each. open_questions waits for the unit, the oldest for oldest_days since
    that return came. breadth of breadth_of: the lines of the edition's breadth that it used. items have both days of
    the edition's delay, and days is their median (of an even number the smaller of the middle ones).
    """

    unit: str
    kind: str
    owed: int
    sent: int
    counted: int
    on_time: int
    late: int
    missing: int
    days_late: int
    first_right: int
    sent_back: int
    most_rounds: int
    on_time_rate: float | None
    first_right_rate: float | None
    on_time_earlier: int | None
    on_time_later: int | None
    first_right_earlier: int | None
    first_right_later: int | None
    open_questions: int
    oldest_days: int | None
    breadth: int
    breadth_of: int
    items: int
    days: int | None
    peers: Peers

    @property
    def on_time_change(self) -> int | None:
        """How many more of the later half were in time than of the earlier."""
        return _less(self.on_time_later, self.on_time_earlier)

    @property
    def first_right_change(self) -> int | None:
        """How many more of the later half were right at first than of the earlier."""
        return _less(self.first_right_later, self.first_right_earlier)


def _less(later: int | None, earlier: int | None) -> int | None:
    return None if later is None or earlier is None else later - earlier
