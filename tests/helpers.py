"""Builders for small recordings in wire form, so that tests say only what matters."""

import itertools
import json

from replay_redact import Policy, redact_bytes


class Page:
    """Builds nodes with ids of their own, in the order in which they are made."""

    def __init__(self):
        self._ids = itertools.count(1)

    def element(self, tag, attributes=None, *children, **extra):
        return {
            "type": 2,
            "id": next(self._ids),
            "tagName": tag,
            "attributes": attributes or {},
            "childNodes": list(children),
            **extra,
        }

    def text(self, content, **extra):
        return {"type": 3, "id": next(self._ids), "textContent": content, **extra}

    def comment(self, content):
        return {"type": 5, "id": next(self._ids), "textContent": content}

    def document(self, *children):
        return {"type": 0, "id": next(self._ids), "childNodes": list(children)}

    def snapshot(self, *children):
        return {"type": 2, "timestamp": 1, "data": {"node": self.document(*children)}}


def incremental(source, **data):
    return {"type": 3, "timestamp": 2, "data": {"source": source, **data}}


def mutation(**parts):
    return incremental(0, **{"texts": [], "attributes": [], "removes": [], "adds": [], **parts})


def redact(events, policy=None):
    """Redact wire events; return wire events."""
    return json.loads(redact_bytes(json.dumps(events).encode(), policy or Policy()))


def shown(events, policy=None):
    """Redact wire events; return the JSON text of the result."""
    return json.dumps(redact(events, policy), ensure_ascii=False)
