"""A year that is closed, as it was forwarded: read from its last version, whatever lies in the inbox today."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipeline.judge.block import Block
from pipeline.ledger.coverage import Coverage
from pipeline.ledger.published import Published
from pipeline.tables.brought import returned
from pipeline.values.differences import Difference
from pipeline.values.findings import Finding, Place, tell
from schemas.form import Form

if TYPE_CHECKING:
    import pandas as pd
    from pandera.typing.pandas import DataFrame

    from pipeline.story.settled import Settled
    from schemas.frames import Facts, Returns

Key = tuple[str, str]  # unit, period


class Reported(NamedTuple):
    """What a year's tables are made from: facts, the book of returns, how many of them count, what does not meet."""

    facts: "DataFrame[Facts]"
    book: "DataFrame[Returns]"
    coverage: Coverage
    differences: Sequence[Difference]
    blocks: Sequence[Block]


def as_closed(closing: Published, forms: Sequence[Form]) -> Reported:
    """What the version that closed a year was made from. Raises Mistake where it is not as its manifest says."""
    blocks = blocks_of(closing.facts, forms)
    return Reported(closing.facts, closing.returns, closing.coverage, closing.differences, blocks)


def blocks_of(facts: "pd.DataFrame", forms: Sequence[Form], *, adjusted: bool = True) -> tuple[Block, ...]:
    """The returns behind facts (schemas.frames.Facts) by form, in the order of their months.

    Their numbers are below 0: those that were taken in have the others.
    ``adjusted``: with the office's adjustments. Facts of an edition that is not known any more are taken for the last
    form's.
    """
    known = [form.edition.id for form in forms]
    own = facts if adjusted else facts[facts["role"] != "adjustment"]
    editions = own["edition"].where(own["edition"].isin(known), known[-1])
    blocks, count = [], 0
    for form in forms:
        wide = returned(own[editions == form.edition.id], form)
        blocks.append(Block(form, wide.set_axis([-1 - n for n in range(count, count + len(wide))])))
        count += len(wide)
    return tuple(blocks)


def gone(closing: Published, there: Sequence[str]) -> dict[Key, tuple[str, str]]:
    """The returns that a closed year counts and that lie in the inbox no more: by unit and month, file and content."""
    returns = closing.facts.loc[closing.facts["role"] != "adjustment", ["unit", "period", "file", "return_sha256"]]
    known = set(there)
    own = returns.drop_duplicates(["unit", "period"]).itertuples(index=False, name=None)
    return {(unit, period): (file, sha) for unit, period, file, sha in own if sha not in known}


def told(settled: "Settled", closing: Published, there: Sequence[str]) -> "Settled":
    """What was settled over the inbox as it is told of a closed year.

    Where returns left the inbox, what is left of it may look wrong beside them: nobody is asked anything new.
    """
    lost = gone(closing, there)
    known = closing.findings if lost else {f.id for f in settled.findings}
    kept = [f for f in settled.findings if f.id in known or f.level == "note" or not f.unit]
    return settled._replace(findings=[*kept, *_missed(lost, closing)])


def _missed(lost: dict[Key, tuple[str, str]], closing: Published) -> Iterator[Finding]:
    for (unit, period), (file, sha) in lost.items():
        place = Place(unit, period, "", content=sha)
        yield tell("N-CLO-02", place, value=file, name=file, closed=closing.words, year=closing.through.year)
