"""Helpers around the interpreter: a larger stack, a paused collector, bounded caches."""
