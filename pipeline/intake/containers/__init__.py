"""Every container a return may come in, recognised by its bytes and read into one kind of Book."""

from pipeline.intake.containers.read import read_book

__all__ = ["read_book"]
