"""Mask trees with the native kernels, if they are in use."""
