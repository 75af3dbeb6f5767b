"""Masks: how private text, addresses, media and JSON values look in the output."""
