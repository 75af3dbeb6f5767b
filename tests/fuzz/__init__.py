"""Streams of events as honest and hostile pages send them, and what must hold for their output.

``python -m tests.fuzz --minutes 2`` looks for faults in the redactor. ``python -m tests.fuzz
--judge 100000`` measures how often the oracle and `find_leaks` notice planted faults.
"""
