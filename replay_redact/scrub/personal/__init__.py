"""Finders of what belongs to a person: addresses, cards, home folders."""
