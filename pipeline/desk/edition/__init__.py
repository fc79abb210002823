"""A form proved before it is sent out."""

from pipeline.desk.edition.check import check_edition
from pipeline.desk.edition.subject import HEED, MUST, Concern

__all__ = ["HEED", "MUST", "Concern", "check_edition"]
