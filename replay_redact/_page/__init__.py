"""A page as it stands: the mirror of its nodes, and the walk that redacts them."""
