"""Nouns without behaviour: findings, rulings, table, differences, screen, files."""
