"""Handling one event after another: handlers by kind, windows, and states between calls."""
