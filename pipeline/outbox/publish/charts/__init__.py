"""The charts worth having: months, parts and units of the headline's figures, drawn natively on a sheet."""

from pipeline.outbox.publish.charts.choose import figures, total_of
from pipeline.outbox.publish.charts.figure import Figure, Point
from pipeline.outbox.publish.charts.sheet import CHARTS, DATA, write_charts

__all__ = ["CHARTS", "DATA", "Figure", "Point", "figures", "total_of", "write_charts"]
