"""Evidence about many recordings: what is not private in them, for people and for programs.

`check` returns a `Checked` for each recording, and `evidence_of` combines them. `REPORTS` holds the
forms in which evidence can be written to a file.
"""

from __future__ import annotations

from collections.abc import Callable

from replay_redact.evidence.checking import Question, check, evidence_of, unread
from replay_redact.evidence.drawing import Wanted, draw, wanted
from replay_redact.evidence.findings import Checked, Drawn, Evidence, Finding, Place
from replay_redact.evidence.html import html_page
from replay_redact.evidence.junit import junit
from replay_redact.evidence.sarif import sarif

__all__ = [
    "REPORTS",
    "Checked",
    "Drawn",
    "Evidence",
    "Finding",
    "Place",
    "Question",
    "Wanted",
    "check",
    "draw",
    "evidence_of",
    "unread",
    "wanted",
]

REPORTS: dict[str, Callable[[Evidence], bytes]] = {
    "sarif": sarif,
    "junit": junit,
    "html": html_page,
}
"""The functions that write evidence to a file, by the name of the form."""
