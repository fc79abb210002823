"""The demonstration of the levels: units to a county, counties to a city, the city to a province, and a correction."""

from pipeline.desk.cascade.levels import Level, Levels
from pipeline.desk.cascade.plan import Cascade, read_cascade
from pipeline.desk.cascade.story import tell_story

__all__ = ["Cascade", "Level", "Levels", "read_cascade", "tell_story"]
