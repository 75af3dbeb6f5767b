"""Streams of events as browsers and enemies send them, and what must hold of their output.

``python -m tests.fuzz --minutes 2`` looks for faults in the redactor; ``python -m tests.fuzz
--judge 100000`` measures whether the oracle and `find_leaks` see faults that are put in.
"""
