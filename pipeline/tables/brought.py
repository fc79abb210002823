"""Facts of several forms in the lines of one: the door by which they come to tables, revisions and blank forms."""

from typing import TYPE_CHECKING, Any

from schemas.crosswalk import Crosswalk
from schemas.entry import Entry
from schemas.form import Form
from schemas.lineage import Key
from schemas.quantity import Quantity
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd

Place = tuple[str, str, str]  # table, line and column, as facts name a number


def brought(facts: "pd.DataFrame", walk: Crosswalk) -> "pd.DataFrame":
    """The facts (schemas.frames.Facts) of which ``walk.form`` has the line, named as it names them.

    ``code`` is the line's code and ``steps`` the value in steps of that line; ``value`` stays as it was given. A fact
    of an edition that is not known any more is taken for one of the form itself.
    """
    import pandas as pd

    parts = []
    for edition, own in facts.groupby("edition", sort=False):
        entries = _targets(walk, walk.named(str(edition)))
        places = list(zip(own["table"], own["line"], own["column"], strict=True))
        found = own.loc[[place in entries for place in places]]
        targets = [entries[place] for place in places if place in entries]
        parts.append(_renamed(found, targets))
    whole = pd.concat(parts) if parts else _renamed(facts, [])
    return whole.sort_index(kind="stable")


def _renamed(facts: "pd.DataFrame", targets: list[Entry]) -> "pd.DataFrame":
    quantities = {Ref(entry.table, entry.code): entry.quantity for entry in targets}
    named = facts.assign(
        table=[entry.table for entry in targets],
        line=[entry.line for entry in targets],
        column=[entry.column for entry in targets],
        code=[entry.code for entry in targets],
    )
    named = named.astype({"table": "str", "line": "str", "column": "str", "code": "str"})
    return named.assign(steps=_in_steps(named, {(ref.table, ref.line): q for ref, q in quantities.items()}))


def _targets(walk: Crosswalk, form: Form | None) -> dict[Place, Entry]:
    """By place in a form the line of ``walk.form`` that it belongs to."""
    own = walk.form.entries
    if form is None:
        return {_place(entry): entry for entry in own.values()}
    sources: dict[Key, Entry] = {}
    for key, terms in walk.sources(form).items():
        sources |= {source: own[key] for _, source in terms}
    return {_place(entry): sources[key] for key, entry in form.entries.items() if key in sources}


def _place(entry: Entry) -> Place:
    return entry.table, entry.line, entry.column


def _in_steps(facts: "pd.DataFrame", quantities: dict[Key, Quantity]) -> "pd.Series[Any]":
    """The values of facts in steps of what the form counts their line in.

    A version that was forwarded before a line changed its unit or decimals tells it in what it had then.
    """
    import pandas as pd

    told = list(zip(facts["table"], facts["code"], facts["unit_of_measure"], facts["decimals"], strict=True))
    factors = {one: quantities[one[:2]].steps_of(Quantity(one[2], one[3])) for one in dict.fromkeys(told)}
    if set(factors.values()) <= {1}:
        return facts["value"]
    return facts["value"] * pd.Series([factors[one] for one in told], index=facts.index, dtype="Int64")
