"""Allow-lists: which names, words and forms of values are public. Nothing here masks."""
