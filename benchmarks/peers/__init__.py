"""Other tools that do the same work, for comparison; each is absent where it is not installed."""
