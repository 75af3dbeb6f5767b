"""Faults put into the package one at a time, to see whether the tests notice.

``python -m tests.mutants --help`` says how. mutmut and cosmic-ray do not fit: mutmut changes only
functions, cosmic-ray changes neither strings nor sets, and most decisions here are in patterns and
tables at the top of modules.
"""
