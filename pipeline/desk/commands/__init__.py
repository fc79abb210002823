"""The commands that the office types, each a function of its own."""
