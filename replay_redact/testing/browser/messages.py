"""The message of a failed browser test: which elements leak, and what to do about each channel.

Places that differ only in their event, such as the keys of a typed word, share one line with a
count. A message never holds what leaked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from replay_redact._masks.differences import CHANNELS
from replay_redact._runtime.plural import counted
from replay_redact.events import Event, FullSnapshot, IncrementalSnapshot, Mutation, window_of
from replay_redact.nodes import Document, Element, Node
from replay_redact.testing.leaks import Leak
from replay_redact.testing.planted import Pattern, holds_any, patterns

EXAMPLES = 5
"""Most elements that are shown for each channel."""

TEST_IDS = ("data-testid", "data-test-id", "data-test", "data-cy", "data-qa")
"""Attributes by which tests find elements."""

_TEST_ID = re.compile(r"(?!.*\d{6})[A-Za-z][\w.:-]{0,39}")  # no numbers of accounts
_MAX_HOPS = 100

_SENTRY = {
    "text": "maskAllText: true (the default), or the class sentry-mask on the element",
    "input": "maskAllInputs: true (the default), or the class sentry-mask on the field;"
    " sentry-ignore leaves its events out",
    "attribute": "name it in maskAttributes of replayIntegration",
    "media": "blockAllMedia: true (the default), or the class sentry-block on the element",
    "url": "change it in beforeAddRecordingEvent, or send no private addresses",
    "metadata": "change it in beforeSend, beforeBreadcrumb or beforeAddRecordingEvent; turn off"
    " networkCaptureBodies and sendDefaultPii",
    "event": "the class sentry-block on the element",
}
_POSTHOG = {
    "text": 'session_recording: {maskTextSelector: "*"}, or the class ph-mask on the element',
    "input": "session_recording: {maskAllInputs: true} (the default), or the class ph-no-capture"
    " on the field",
    "attribute": "the class ph-no-capture on the element",
    "media": "the class ph-no-capture on the element",
    "url": "change it in before_send",
    "metadata": "change it in before_send, name it in property_denylist, or mask requests in"
    " session_recording.maskCapturedNetworkRequestFn",
    "event": "the class ph-no-capture on the element",
}
_RRWEB = {
    "text": 'maskTextSelector: "*", or the class rr-mask on the element',
    "input": "maskAllInputs: true; the class rr-ignore leaves the field's events out",
    "attribute": "the class rr-block on the element",
    "media": "the class rr-block on the element, or blockSelector",
}
ADVICE: dict[str, Mapping[str, str]] = {
    "@sentry/browser": _SENTRY,
    "posthog-js": _POSTHOG,
    "rrweb": _RRWEB,
}
"""What to do in the browser, by who records and by channel."""


def message(
    leaks: list[Leak], events: Iterable[Event], senders: list[str], secrets: Mapping[str, str]
) -> str:
    """Return leaks as text for people: by channel, with elements and advice; secrets first."""
    test_ids = _TestIds(events, leaks, patterns(secrets))
    named = Counter(leak.secret for leak in leaks if leak.secret is not None)
    lines = [f"{counted(len(leaks), 'leak')} in what {' and '.join(senders)} recorded:"]
    lines += [f"  {name} can be read in {counted(count, 'place')}" for name, count in named.items()]
    by_channel: dict[str, Counter[str]] = {}
    for leak in sorted(leaks, key=lambda leak: leak.secret is None):
        by_channel.setdefault(leak.channel, Counter())[_place(leak, test_ids)] += 1
    for channel, places in by_channel.items():
        lines += [f"  {channel}: {places.total()}", *_advice(senders, channel)]
        lines += [f"    {place}{_times(count)}" for place, count in [*places.items()][:EXAMPLES]]
        if len(places) > EXAMPLES:
            lines.append(f"    and {counted(len(places) - EXAMPLES, 'place')} more")
    return "\n".join(lines)


def _advice(senders: list[str], channel: str) -> list[str]:
    own = {sender: ADVICE[sender].get(channel) for sender in senders}
    in_browser = [
        f"    in the browser{f' ({sender})' if len(senders) > 1 else ''}: {advice}"
        for sender, advice in own.items()
        if advice
    ]
    return [*in_browser, f"    where it is stored: {CHANNELS[channel]}"]


def _place(leak: Leak, test_ids: _TestIds) -> str:
    where = f"{leak.path or leak.kind}{test_ids.of(leak)} {leak.field}"
    holds = f" holds {leak.secret}" if leak.secret else ""
    return f"{where}{holds} ({leak.rule})"


def _times(count: int) -> str:
    return f", {count} times" if count > 1 else ""


class _TestIds:
    """The test ids of elements that leak, or of the nearest elements around them."""

    def __init__(self, events: Iterable[Event], leaks: list[Leak], secrets: list[Pattern]) -> None:
        self._secrets = secrets
        self._found: dict[tuple[int, int | None], str] = {}
        self._parents: dict[Any, int] = {}
        self._own: dict[Any, str] = {}
        wanted: dict[int, list[int]] = {}
        for leak in leaks:
            if leak.node is not None:
                wanted.setdefault(leak.event, []).append(leak.node)
        for index, event in enumerate(events):
            window = window_of(event)
            self._learn(event, window)
            for node in wanted.get(index, ()):
                self._found[index, node] = self._nearest(window, node)

    def of(self, leak: Leak) -> str:
        """Return the test id of an element in the form of a selector, or an empty string."""
        return self._found.get((leak.event, leak.node), "")

    def _learn(self, event: Event, window: Any) -> None:
        if isinstance(event, FullSnapshot):
            self._enter(event.data.node, window)
        elif isinstance(event, IncrementalSnapshot) and isinstance(event.data, Mutation):
            for addition in event.data.adds:
                self._parents[window, addition.node.id] = addition.parent_id
                self._enter(addition.node, window)

    def _enter(self, root: Node, window: Any) -> None:
        todo = [root]
        while todo:
            node = todo.pop()
            if not isinstance(node, Element | Document):
                continue
            if isinstance(node, Element):
                self._own[window, node.id] = self._test_id(node.attributes)
            for child in node.child_nodes:
                self._parents[window, child.id] = node.id
            todo += node.child_nodes

    def _nearest(self, window: Any, node: int) -> str:
        is_element = (window, node) in self._own
        element = node if is_element else self._parents.get((window, node))  # of a text
        at = element
        for _ in range(_MAX_HOPS):  # a broken recording may put a node below itself
            if found := self._own.get((window, at)):
                return found if at == element else f" in {found}"
            at = self._parents.get((window, at))
        return ""

    def _test_id(self, attributes: Mapping[str, Any]) -> str:
        """Return the test id of an element, if it has the form of a name and is no secret."""
        for name in TEST_IDS:
            value = attributes.get(name)
            if isinstance(value, str) and _TEST_ID.fullmatch(value) and not self._is_secret(value):
                return f'[{name}="{value}"]'
        return ""

    def _is_secret(self, text: str) -> bool:
        return holds_any(text, self._secrets)
