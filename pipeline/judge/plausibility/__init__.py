"""Plausibility (核实性): what adds up and still looks odd, asked about and never refused.

Selective editing (Lawrence and McKenzie 2000, Journal of Official Statistics 16: 243-253): who is asked about
everything answers nothing, so questions stand in the order of their effect on what is published.
"""

from pipeline.judge.plausibility.asking import ask
from pipeline.judge.plausibility.panel import Panel, panel
from pipeline.judge.plausibility.plausibility import questions
from pipeline.judge.plausibility.question import Question

__all__ = ["Panel", "Question", "ask", "panel", "questions"]
