"""The page at the current moment: the mirror of its nodes, and the walk that masks them."""
