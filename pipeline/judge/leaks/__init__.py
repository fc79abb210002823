"""What a text gives away: numbers that lead to a person, an applicant's name, a mark of secrecy."""

from pipeline.judge.leaks.search import search

__all__ = ["search"]
