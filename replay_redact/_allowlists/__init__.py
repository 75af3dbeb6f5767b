"""Which names, words and forms are public. Data and tests of a form; nothing here masks."""
