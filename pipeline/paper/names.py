"""The names that a template plants for the reader of the return: its stamp, and a defined name for every value."""

import re
from functools import cache

from schemas.entry import Entry
from schemas.rules.terms import Ref

STAMP = "_meta"  # the hidden sheet: edition, unit, period, layout
CALLED = ("【必须改】", "【请核实】")  # how the notes begin that a returned file has at its cells: must, verify
REMARKS = "退回说明"  # the sheet of a returned file that lists what is to be mended; no part of a return

_ODD = re.compile(r"[^A-Za-z0-9_]")  # what a defined name cannot hold


@cache
def name_of(ref: Ref) -> str:
    """The defined name of a value's cell."""
    measure = "" if ref.measure == "month" else f"_{ref.measure}"
    return f"f_{ref.table}_{_ODD.sub('_', ref.line)}{measure}"


@cache
def note_name(entry: Entry) -> str:
    """The defined name of a line's 说明 cell."""
    return f"n_{entry.table}_{_ODD.sub('_', entry.code)}"


def register_name(table: str) -> str:
    """The defined name of the first heading of a register."""
    return f"r_{table}"


def cover_name(code: str) -> str:
    """The defined name of a cover field."""
    return f"c_{code}"


def is_ours(name: str) -> bool:
    """Whether a defined name is one that a template plants."""
    return name.startswith(("f_", "n_", "r_", "c_"))
