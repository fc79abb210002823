"""Proof: every figure of a finished yearly report against itself and against the tables."""
