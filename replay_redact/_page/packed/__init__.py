"""The nodes of a page as a state holds them, and how a mirror goes on from there."""
