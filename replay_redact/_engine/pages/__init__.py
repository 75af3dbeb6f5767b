"""Rules by page: which page a window shows, and the rules that hold there."""
