"""Proof: every figure of a finished yearly report against itself and against the tables.

The file is read as paragraphs and tables (containers, pasted), the text as sentences with figures (reading), the
figures as totals with their parts on a scheme of levels (scheme, totals, lists), the tables as lines under heads
(grids, lines). Then parts are summed, shares, rates and growth recomputed, what is said twice compared, balances
struck, text and tables held against each other (identities, across), against last year's report (since) and the annual
tables (tables). It suggests, and changes nothing.
"""

from pipeline.proof.proof import Proofread, proofread, read_report

__all__ = ["Proofread", "proofread", "read_report"]
