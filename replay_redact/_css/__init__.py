"""Style sheets without what they say, and the selectors of policies."""
