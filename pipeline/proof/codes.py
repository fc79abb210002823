"""What an office and its form add to the vocabulary of proof: the names of codes, and lists with their reading."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.form import Form


@dataclass(frozen=True)
class Codes:
    """The names of each code, and the codes of each list with whether an item may count under several of them."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lists: tuple[tuple[frozenset[str], bool], ...] = ()


def codes_of(form: Form) -> Codes:
    """The code lists of the form's blocks, which the report gives as totals and parts."""
    blocks = [block for table in form.edition.tables for block in table.blocks]
    codes = [code for block in blocks for code in form.codes[block.codes]]
    return Codes(
        {code.code: tuple(dict.fromkeys((code.name, code.short, *code.aliases))) for code in codes},
        tuple((frozenset(c.code for c in form.codes[b.codes]), b.reading == "overlap") for b in blocks),
    )
