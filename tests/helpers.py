"""Builders for small recordings in wire form, so that tests say only what matters."""

import itertools
import json

from replay_redact import Policy, Redactor, redact_bytes

OPEN = Policy(mask_all_text=False, mask_all_inputs=False, block_all_media=False)
"""Shows text, form values and media, so that a test can see what a rule hides."""


_times = [itertools.count(2)]  # each change is a moment of its own; a new page begins anew


class Page:
    """Builds nodes, and numbers them in order."""

    def __init__(self):
        self._ids = itertools.count(1)
        _times[0] = itertools.count(2)

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

    def comment(self, content, **extra):
        return {"type": 5, "id": next(self._ids), "textContent": content, **extra}

    def document(self, *children, **extra):
        return {"type": 0, "id": next(self._ids), "childNodes": list(children), **extra}

    def snapshot(self, *children):
        return {"type": 2, "timestamp": 1, "data": {"node": self.document(*children)}}


def incremental(source, **data):
    return {"type": 3, "timestamp": next(_times[0]), "data": {"source": source, **data}}


def at_once(*events):
    """Give events the same timestamp, so that they are one moment."""
    return [{**event, "timestamp": events[0]["timestamp"]} for event in events]


def mutation(**parts):
    return incremental(0, **{"texts": [], "attributes": [], "removes": [], "adds": [], **parts})


def say(node, value):
    """Change the text of a node."""
    return mutation(texts=[{"id": node["id"], "value": value}])


def change(node, **attributes):
    """Change attributes of an element. ``_`` means a hyphen, or nothing at the end of a name."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return mutation(attributes=[{"id": node["id"], "attributes": named}])


def add(parent, *nodes):
    """Add nodes to a parent, one after the other."""
    return mutation(adds=[{"parentId": parent["id"], "nextId": None, "node": n} for n in nodes])


def remove(parent, *nodes):
    """Remove nodes from their parent."""
    return mutation(removes=[{"parentId": parent["id"], "id": node["id"]} for node in nodes])


def typed(field, text, *, checked=False):
    """Enter text into a form field."""
    return incremental(5, id=field["id"], text=text, isChecked=checked)


def custom(tag, payload):
    return {"type": 5, "timestamp": 1, "data": {"tag": tag, "payload": payload}}


def crumb(category, **payload):
    return custom("breadcrumb", {"category": category, **payload})


def redact(events, policy=None):
    """Redact wire events; return wire events."""
    return json.loads(redact_bytes(json.dumps(events).encode(), policy or Policy()))


def report(events, policy=None):
    """Redact wire events; return the report."""
    redactor = Redactor(policy or Policy())
    redactor.process_bytes(json.dumps(events).encode())
    return redactor.report


def shown(events, policy=None):
    """Redact wire events; return the JSON text of the result."""
    return json.dumps(redact(events, policy), ensure_ascii=False)


def children(event):
    """Return the nodes below the document of a snapshot."""
    return event["data"]["node"]["childNodes"]


def attributes_of(tag, attributes, policy=None):
    """Return the masked attributes of one element in a snapshot."""
    page = Page()
    [event] = redact([page.snapshot(page.element(tag, attributes))], policy)
    return children(event)[0]["attributes"]


def text_in(tag, content, policy=None, **attributes):
    """Return the masked text of one element in a snapshot."""
    page = Page()
    [event] = redact([page.snapshot(page.element(tag, attributes, page.text(content)))], policy)
    [element] = children(event)
    return element["childNodes"][0]["textContent"]


def engine_of(redactor, window=(None, None)):
    """Return the engine of a window, which holds what is known of its page."""
    return redactor._engine._windows.get(window).engine


def deep(levels):
    head = b'{"type":2,"id":1,"tagName":"p","childNodes":['
    tree = head * levels + b'{"type":3,"id":2,"textContent":"Jane"}' + b"]}" * levels
    return b'[{"type":2,"timestamp":1,"data":{"node":' + tree + b"}}]"
