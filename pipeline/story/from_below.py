"""Which numbers of forwarded returns lack a part, for all that is counted from them."""

from pipeline.story.judged import Judged


def partial_of(judged: Judged) -> frozenset[tuple[str, str, str]]:
    """By period, unit and line (its Ref), of the returns in force."""
    below = judged.taken.below
    if not below:
        return frozenset()
    own = judged.returns[judged.returns["in_force"]]
    keys = zip(own["ret"], own["period"], own["unit"], strict=True)
    return frozenset(
        (str(period), str(unit), f"{table}.{code}")
        for ret, period, unit in keys
        for table, code in (below[ret].partial if ret in below else ())
    )
