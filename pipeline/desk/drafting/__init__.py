"""An edition drafted from an Excel form: what is found in it is written down, what is not is asked."""

from pipeline.desk.drafting.draft import draft_of

__all__ = ["draft_of"]
