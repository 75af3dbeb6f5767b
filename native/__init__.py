"""The native kernels: their sources, and what writes the tables that they share with Python."""
