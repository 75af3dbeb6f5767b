"""Checks for your own test suite: what in a recording is not private, where, and what to do.

* `find_leaks` lists every place that redaction would still change, and every place where a secret
  that your test typed can be read.
* `find_secrets` looks for secrets alone, in many recordings.
* `assert_no_leaks` fails with a readable list of them.
* `explain` says what is kept and masked of a node, a selector's elements or a text, and why.
* `lint` warns of rules that do nothing, or that show what users write.

None of them shows what leaked, unless you ask for it with ``reveal``.
"""

from __future__ import annotations

from replay_redact.testing.checks import (
    assert_no_leaks,
    find_leaks,
    find_secrets,
    is_empty,
    summary,
)
from replay_redact.testing.explanations import Explanation, Match, Near, Step, Verdict, explain
from replay_redact.testing.html import recording_from_html
from replay_redact.testing.leaks import Leak
from replay_redact.testing.policy_warnings import lint
from replay_redact.testing.recordings import Recording

__all__ = [
    "Explanation",
    "Leak",
    "Match",
    "Near",
    "Recording",
    "Step",
    "Verdict",
    "assert_no_leaks",
    "explain",
    "find_leaks",
    "find_secrets",
    "is_empty",
    "lint",
    "recording_from_html",
    "summary",
]
