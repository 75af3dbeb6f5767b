"""Explaining what a policy does to a node, to the elements of a selector, or to a text.

* `search` has `explain`: it tells what was asked for.
* `reading` finds nodes, `gathering` what redaction does to them.
* `pages` remembers the page of each window, so that a selector can be asked for.
* `places` pairs each value of an event with what becomes of it.
* `reasons` says what was done to a value, and why.
* `texts` looks for a text, and for where it nearly is.
* `answers` are the classes that users get, and the page that they print.
"""

from __future__ import annotations

from replay_redact.testing.explanations.answers import Explanation, Match, Near, Step, Verdict
from replay_redact.testing.explanations.search import explain

__all__ = ["Explanation", "Match", "Near", "Step", "Verdict", "explain"]
