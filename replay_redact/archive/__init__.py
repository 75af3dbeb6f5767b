"""Stored recordings: kept, found, deleted, and proved to be gone."""
