"""Faults put into the package one at a time, to see whether the tests notice.

``python -m tests.mutants --help`` says how. mutmut and cosmic-ray were tried first: the former
changes functions only, the latter neither strings nor sets, and most of what decides here
stands in patterns and tables at the top of modules.
"""
