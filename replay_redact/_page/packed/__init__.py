"""The nodes of a page in the form of a state, and mirrors that work on this form."""
