"""Take in what lies in the inbox: list it, read it, say whose it is, and hand on every cell as filled in."""

from pipeline.intake.intake import take_in
from pipeline.intake.last_year import read_last_year
from pipeline.intake.listing import RECEIPTS, Listing, list_files, list_inbox
from pipeline.intake.own_file import OwnFile, read_own_files
from pipeline.intake.printed import read_printed
from pipeline.intake.receipts import Receipts
from pipeline.intake.received import Received
from pipeline.intake.rulings import read_rulings

__all__ = [
    "RECEIPTS", "Listing", "OwnFile", "Receipts", "Received", "list_files", "list_inbox", "read_last_year",
    "read_own_files", "read_printed", "read_rulings", "take_in",
]  # fmt: skip
