"""Proof: every figure of a finished yearly report against itself and against the tables.

The text is read as sentences with figures (reading), the figures as totals with their parts (groups, numbered); then
the parts are summed, shares, rates and growth recomputed, what is said twice compared, balances struck, and what the
edition says the report prints is held against the tables. It suggests, and changes nothing.
"""

from pipeline.proof.proof import Proofread, proofread, read_report

__all__ = ["Proofread", "proofread", "read_report"]
