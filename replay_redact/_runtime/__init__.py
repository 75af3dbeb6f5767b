"""What the interpreter needs: a larger stack, a paused collector, bounded caches."""
