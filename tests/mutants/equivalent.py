"""Faults that change nothing that anybody could see, by module, line before and line after.

Each has its reason. A line that the source no longer has is reported when the tool runs.
"""

EQUIVALENT: dict[str, dict[tuple[str, str], str]] = {}
