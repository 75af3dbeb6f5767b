"""Records of known leaks, and how to write one.

A record says where the leak was seen and, in one line, what happened there. It builds a recording
of the same kind, in which ``Jane`` is private. The check requires that ``Jane`` can be found before
redaction, and not afterwards. Numbers are those of the list in `docs/rrweb-coverage.md`. A number
is never given to another leak.
"""

import json
from collections.abc import Callable
from typing import NamedTuple

from helpers import Page, redact

from replay_redact import Policy


class Leak(NamedTuple):
    """One leak that a real system had."""

    number: int
    seen: str
    story: str
    build: Callable[[Page], list]
    policy: Policy
    shows: tuple[str, ...]

    def check(self):
        events = self.build(Page())
        assert "Jane" in json.dumps(events)
        once = redact(events, self.policy)
        found = json.dumps(once)
        assert "Jane" not in found
        assert [text for text in self.shows if text not in found] == []
        assert redact(once, self.policy) == once


class Leaks(list):
    """The records of one file, each made by decorating the function that builds its recording."""

    def record(self, number, seen, story, *, policy=None, shows=()):
        def keep(build):
            self.append(Leak(number, seen, story, build, policy or Policy(), tuple(shows)))
            return build

        return keep


def name_of(leak):
    return f"{leak.number:03}-{leak.build.__name__}"
