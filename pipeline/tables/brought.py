"""Facts of several forms in the lines of one: the door by which they come to tables, revisions and blank forms."""

from typing import TYPE_CHECKING, Any

from schemas.crosswalk import Crosswalk
from schemas.entry import Entry
from schemas.form import Form
from schemas.lineage import Key
from schemas.period import calendar_month
from schemas.quantity import Quantity
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Wide

Place = tuple[str, str, str]  # table, line and column, as facts name a number
SEP = "\x1f"


def brought(facts: "pd.DataFrame", walk: Crosswalk) -> "pd.DataFrame":
    """The facts (schemas.frames.Facts) of which ``walk.form`` has the line, named as it names them.

    ``code`` is the line's code and ``steps`` the value in steps of that line; ``value`` stays as it was given. A fact
    of an edition that is not known any more is taken for one of the form itself.
    """
    import pandas as pd

    parts = []
    for edition, own in facts.groupby("edition", sort=False):
        parts.append(_renamed(own, _targets(walk, walk.named(str(edition)))))
    whole = pd.concat(parts) if parts else _renamed(facts, {})
    return whole.sort_index(kind="stable")


def returned(facts: "pd.DataFrame", form: Form) -> "DataFrame[Wide]":
    """The returns behind facts of a form, one wide row each (as judge.wide gives them), in the order of their months.

    A flow that was not asked counts 0 in sums; it has no fact in a version that was forwarded before such had one.
    """
    import pandas as pd

    from schemas.frames import Wide

    here = brought(facts, Crosswalk(form, (form,)))
    here = here[(here["role"] != "computed") & (here["cell_state"] != "not_applicable")]
    measures = here["measure"].map({"month": ""}).fillna(":" + here["measure"])
    named = here.assign(key=here["table"] + "." + here["code"] + measures).groupby(["period", "unit", "key"])["steps"]
    names = [str(Ref(*key, m)) for key, entry in form.entries.items() for m in entry.measures]
    flows = [str(Ref(*key, m)) for key, entry in form.entries.items() if entry.kind == "flow" for m in entry.measures]
    sums, told = (frame.unstack().reindex(columns=names) for frame in (named.sum(min_count=1), named.size()))
    numbers = sums.astype("Int64")
    numbers[flows] = numbers[flows].mask(told[flows].isna(), 0)
    about = numbers.index.to_frame(index=False).astype("str")
    wide = numbers.reset_index(drop=True).assign(
        unit=about["unit"], period=about["period"], calendar_month=about["period"].map(calendar_month).astype(int)
    )
    return Wide.validate(wide.rename_axis("ret").pipe(pd.DataFrame))


def _renamed(facts: "pd.DataFrame", targets: dict[Place, Entry]) -> "pd.DataFrame":
    keys = facts["table"] + SEP + facts["line"] + SEP + facts["column"]
    entries = {SEP.join(place): entry for place, entry in targets.items()}
    there = keys.isin(entries)
    keys, own = (keys, facts) if there.all() else (keys[there], facts[there])
    named = own.assign(code=keys.map({key: entry.code for key, entry in entries.items()}).astype("str"))
    if any(_place(entry) != place for place, entry in targets.items()):
        for name in ("table", "line", "column"):
            named[name] = keys.map({key: getattr(entry, name) for key, entry in entries.items()}).astype("str")
    return named.assign(steps=_in_steps(named, {(e.table, e.code): e.quantity for e in targets.values()}))


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

    told = facts[["table", "code", "unit_of_measure", "decimals"]]
    units = told.drop_duplicates().itertuples(index=False, name=None)
    factors = {one: quantities[one[:2]].steps_of(Quantity(one[2], one[3])) for one in units}
    if set(factors.values()) <= {1}:
        return facts["value"]
    every = told.itertuples(index=False, name=None)
    return facts["value"] * pd.Series([factors[one] for one in every], index=facts.index, dtype="Int64")
