"""The Word templates that all offices share. An office that wants its own puts one of the same name in its folder."""
