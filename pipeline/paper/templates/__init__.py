"""Blank returns, written from the edition alone."""

from pipeline.paper.templates.draft import Draft, Filling, Prior
from pipeline.paper.templates.layout import Layout
from pipeline.paper.templates.prior import prior_known, prior_of
from pipeline.paper.templates.template import Templates

__all__ = ["Draft", "Filling", "Layout", "Prior", "Templates", "prior_known", "prior_of"]
