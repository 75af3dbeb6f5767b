"""How messages write a number of things."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Write a number of things.

    >>> counted(1, "leak"), counted(3, "leak")
    ('1 leak', '3 leaks')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
