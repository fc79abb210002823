"""Send back what must be mended: a file a return, in which the unit sees at each cell what to do and that it is done.

The folder 退回 of a year is the pipeline's own: every run writes it whole, and removes what no longer applies.
"""

from pipeline.outbox.returned.returned import ENDING, FOLDER, write_returned

WHOLE = (FOLDER, ENDING)

__all__ = ["WHOLE", "write_returned"]
