"""How returns are processed: a room a subject, in the order told by story/run.py."""

VERSION = "0.1.0"  # pyproject.toml reads it here
