"""The forms in which events are written, one module for each family."""
