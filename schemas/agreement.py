"""An agreement as rules about one return, and bound to its lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from schemas.edition import Agreement, Edition, Rule
from schemas.quantity import Quantity
from schemas.rules.terms import Linear


@dataclass(frozen=True)
class Meeting:
    """A part of an agreement bound to its lines: two sums that must meet, and what both are counted in.

    ``tolerance`` is by how many steps of it they may be apart in a return; parts that ``overlap`` may be more.
    """

    agreement: Agreement
    left: Linear
    right: Linear
    quantity: Quantity
    tolerance: int = 0
    overlap: bool = False


def rules_of(agreement: Agreement, edition: Edition) -> Iterator[Rule]:
    """The rules that an agreement within a return makes, by how its parts are to be read.

    A partition adds up to its total; parts that overlap are each at most the total, and together at least. What is held
    against other returns (owners, months) makes none.
    """
    names: dict[str, Any] = {
        "id": agreement.id,
        "level": agreement.level,
        "at": agreement.at,
        "months": agreement.months,
    }
    names |= {"tolerance": agreement.tolerance, "valid": agreement.valid}
    if agreement.mode != "equal":
        return
    if agreement.each:
        yield Rule(holds=f"each part of {agreement.left} = {agreement.right}", **names)
    elif reading_of(agreement, edition) == "partition":
        yield Rule(holds=f"{agreement.left} = sum({agreement.right})", **names)
    else:
        yield Rule(holds=f"{agreement.left} <= sum({agreement.right})", **names)
        yield Rule(holds=f"each part of {agreement.right} <= {agreement.left}", **{**names, "at": ""})


def reading_of(agreement: Agreement, edition: Edition) -> str:
    """How the parts on the right of an agreement are to be read: as it says itself, else as their block does."""
    if agreement.reading:
        return agreement.reading
    blocks = {f"{t.id}.{b.id}": b.reading for t in edition.tables for b in t.blocks}
    return blocks.get(agreement.right, "partition")
