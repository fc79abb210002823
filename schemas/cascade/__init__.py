"""The demonstration of the levels, as data: counties, their city, their province (cascade.toml), and their form."""
