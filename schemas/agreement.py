"""An agreement as rules about one return."""

from collections.abc import Iterator

from schemas.edition import Agreement, Edition, Rule


def rules_of(agreement: Agreement, edition: Edition) -> Iterator[Rule]:
    """The rules that an agreement within a return makes, by how the block it names is to be read.

    A partition adds up to its total; parts that overlap are each at most the total, and together at least. What is held
    against other returns (owners, months) makes none.
    """
    names = {"id": agreement.id, "level": agreement.level, "at": agreement.at, "months": agreement.months}
    if agreement.mode != "equal":
        return
    if agreement.each:
        yield Rule(holds=f"each part of {agreement.left} = {agreement.right}", **names)
    elif _reading(agreement, edition) == "partition":
        yield Rule(holds=f"{agreement.left} = sum({agreement.right})", **names)
    else:
        yield Rule(holds=f"{agreement.left} <= sum({agreement.right})", **names)
        yield Rule(holds=f"each part of {agreement.right} <= {agreement.left}", **{**names, "at": ""})


def _reading(agreement: Agreement, edition: Edition) -> str:
    blocks = {f"{t.id}.{b.id}": b.reading for t in edition.tables for b in t.blocks}
    return blocks.get(agreement.right, "partition")
