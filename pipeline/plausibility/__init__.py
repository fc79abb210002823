"""Plausibility (核实性): what adds up and still looks odd, asked about and never refused."""

from pipeline.plausibility.asking import ask
from pipeline.plausibility.panel import Panel, panel
from pipeline.plausibility.question import Question

__all__ = ["Panel", "Question", "ask", "panel"]
