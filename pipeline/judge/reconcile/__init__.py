"""Hold what is in force against itself: this month against the last, one count against another, print against table.

Nothing here can reject a return: what compares months or tables of different origin is a question (verify).
"""

from pipeline.judge.reconcile.reconcile import InForce, Reconciled, compare, reconcile

__all__ = ["InForce", "Reconciled", "compare", "reconcile"]
