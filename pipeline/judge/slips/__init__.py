"""Which cell is probably wrong, and by what slip of the pen: suggested to a person, never corrected.

After the automatic correction of simple typing errors in balance edits (Scholtus, Statistics Netherlands, 2009; the R
package deductive): where a balance is broken, each line in it has one value that would mend it. A line is named if one
slip turns that value into what is written, and if with that value every rule that speaks of it holds.
"""

from pipeline.judge.slips.kinds import slip
from pipeline.judge.slips.suspects import Suspect, Suspects
from pipeline.judge.slips.telling import hint

__all__ = ["Suspect", "Suspects", "hint", "slip"]
