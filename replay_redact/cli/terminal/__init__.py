"""How the command behaves in a terminal: its arguments, its messages, its progress."""
