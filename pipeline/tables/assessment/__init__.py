"""How units do: in time, right at first, how wide and how quick, against their own past and their peers."""

from pipeline.tables.assessment.assessment import assess

__all__ = ["assess"]
