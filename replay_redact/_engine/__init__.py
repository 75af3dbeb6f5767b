"""One event after another: handlers by kind, windows, and the state between two calls."""
