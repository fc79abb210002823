"""Blank returns, written from the edition alone."""

from pipeline.templates.draft import Draft, Filling, Prior
from pipeline.templates.layout import Layout
from pipeline.templates.prior import prior_of
from pipeline.templates.template import Templates

__all__ = ["Draft", "Filling", "Layout", "Prior", "Templates", "prior_of"]
