"""Returns of one form as a wide frame, and the one door by which those of other forms and periods come to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.judge.last_year import LastFile
from pipeline.judge.wide import widen
from pipeline.values.taken import Taken
from schemas.crosswalk import Crosswalk
from schemas.form import Form
from schemas.rules.terms import Ref

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from schemas.frames import Wide

ABOUT = ("unit", "period", "calendar_month")


@dataclass(frozen=True)
class Block:
    """Returns of one form, one wide row each (pipeline.judge.wide), their numbers as that form calls them."""

    form: Form
    wide: "DataFrame[Wide]"


def block_of(taken: Taken, returns: "pd.DataFrame", form: Form) -> Block:
    """The ``returns`` (with columns ret, unit, period) of a form as its block."""
    rows, items = taken.rows, taken.items
    if len(returns) < len(taken.returns):
        rows, items = rows[rows["ret"].isin(returns["ret"])], items[items["ret"].isin(returns["ret"])]
    return Block(form, widen(rows, items, returns, form))


def onto(blocks: Sequence[Block], walk: Crosswalk) -> "DataFrame[Wide]":
    """The returns of all blocks as the lines of ``walk.form``, in the order of the blocks.

    A line that a return's own form has nothing of is NA there: it is not known, which is not 0.
    """
    import pandas as pd

    from schemas.frames import Wide

    if len(blocks) == 1 and blocks[0].form is walk.form:
        return blocks[0].wide
    frames = [block.wide if block.form is walk.form else _brought(block, walk) for block in blocks]
    return Wide.validate(pd.concat(frames))


def in_own_steps(wide: "DataFrame[Wide]", walk: Crosswalk) -> "DataFrame[Wide]":
    """Returns in the lines of ``walk.form``, in the steps of its own edition; NA where those may be too coarse."""
    import pandas as pd

    entries = walk.form.entries.items()
    coarse = [str(Ref(*key, measure)) for key, e in entries for measure in e.measures if walk.rounding(key) > 1]
    return wide.assign(**dict.fromkeys(coarse, pd.Series(pd.NA, index=wide.index, dtype="Int64"))) if coarse else wide


def figures_onto(file: LastFile, walk: Crosswalk) -> LastFile:
    """The office's own figures of the year before as the lines of ``walk.form``: those that it has, in its steps."""
    by_place = {(f.edition, f.unit, f.period, f.ref): f for f in file.figures}
    found = list(file.figures)
    for edition in dict.fromkeys(figure.edition for figure in file.figures):
        form = walk.named(edition)
        if form is None or form is walk.form:
            continue
        own = [figure for figure in file.figures if figure.edition == edition]
        found = [figure for figure in found if figure.edition != edition]
        for key, terms in walk.sources(form).items():
            for first in (figure for figure in own if figure.ref == Ref(*terms[0][1])):
                parts = [(n, by_place.get((edition, first.unit, first.period, Ref(*one)))) for n, one in terms]
                if all(part for _, part in parts):
                    value = sum(times * part.value for times, part in parts if part)
                    found.append(replace(first, ref=Ref(*key), value=value))
    return replace(file, figures=tuple(found))


def lines_today(form: Form, then: Form) -> dict[Ref, Ref]:
    """The lines of another form that one line of ``form`` continues alone, each with that line."""
    lines = Crosswalk(form, (then,)).sources(then).items()
    return {Ref(*terms[0][1]): Ref(*key) for key, terms in lines if len(terms) == 1}


def items_onto(items: "pd.DataFrame", form: Form, table: str, walk: Crosswalk) -> "pd.DataFrame":
    """The items of a form's returns that belong to a register of ``walk.form``, their fields as it names them."""
    import pandas as pd

    parts = []
    for own in form.edition.tables:
        fields = {field.code: walk.field(form, own.id, field.code) for field in own.fields}
        names = {code: key[1] for code, key in fields.items() if key and key[0] == table}
        there = items[(items["table"] == own.id) & items["field"].isin(names)]
        parts.append(there.assign(table=table, field=there["field"].map(names)))
    return pd.concat(parts) if parts else items[:0]


def _brought(block: Block, walk: Crosswalk) -> "pd.DataFrame":
    import pandas as pd

    wide = block.wide
    columns = dict(_columns(block, walk))
    return pd.DataFrame({**columns, **{name: wide[name] for name in ABOUT}}, index=wide.index)


def _columns(block: Block, walk: Crosswalk) -> "Iterator[tuple[str, pd.Series[int]]]":
    """By line and measure of ``walk.form`` what the block has of it, in its steps."""
    import pandas as pd

    nothing = pd.Series(pd.NA, index=block.wide.index, dtype="Int64")
    sources = walk.sources(block.form)
    for key, entry in walk.form.entries.items():
        for measure in entry.measures:
            terms = [(times, str(Ref(*own, measure))) for times, own in sources.get(key, ())]
            there = bool(terms) and all(name in block.wide for _, name in terms)
            parts = [block.wide[name] * times for times, name in terms] if there else [nothing]
            yield str(Ref(*key, measure)), sum(parts[1:], parts[0])
