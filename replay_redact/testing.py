"""Checks for your own test suite: what of a recording is not private, where, and what to do.

`find_leaks` lists every place that redaction would still change, and every
place where a secret that your test typed can be read. `assert_no_leaks` fails
with a readable list. Neither shows what leaked unless asked to.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from replay_redact import _lint
from replay_redact import events as ev
from replay_redact._codec import decode, encode
from replay_redact._deep import call_deep
from replay_redact._html_page import recording_from_html
from replay_redact._leak_search import Leak, LeakSearch
from replay_redact._leaks import CHANNELS
from replay_redact._names import Names, WindowNames
from replay_redact._pause import paused_collector
from replay_redact._redactor import Redactor
from replay_redact.policy import Level, Policy

__all__ = [
    "Leak",
    "Recording",
    "Step",
    "assert_no_leaks",
    "explain",
    "find_leaks",
    "is_empty",
    "lint",
    "recording_from_html",
    "summary",
]

Recording = bytes | Iterable[Any]
"""A recording: bytes in any form that `decode` reads, events of JSON, or typed events."""

DEFAULT_POLICY = Policy()


def find_leaks(
    recording: Recording,
    policy: Policy = DEFAULT_POLICY,
    *,
    secrets: Iterable[str] | Mapping[str, str] = (),
    reveal: bool = False,
    format: str = "auto",  # noqa: A002 - as in `decode`
) -> list[Leak]:
    """Return every place where a recording is not private under a policy, in recording order.

    A place leaks if redaction would change it, or if a secret can be read there,
    in any of these spellings: plain or in another case, with other white space or
    other forms of its characters, as a number in other groups, percent-encoded once
    or twice, base64 at any alignment, escaped for JSON or HTML, spread over neighbouring
    text nodes or text changes, or typed key by key. ``secrets`` may be named by a mapping;
    else they are called ``secret 1`` and so on. With ``reveal``, leaks hold what leaked.

    Raises `DecodeError` or `LimitError` for what is no recording, ``TypeError`` for text
    in place of bytes, ``ValueError`` for a secret of fewer than 4 characters.

    >>> recording = recording_from_html("<p title='For Jane'>Hello</p>")
    >>> for leak in find_leaks(recording, secrets=["For Jane"]):
    ...     print(leak)
    event 1 FullSnapshot html > body > p attributes.title: *** **** (defaults of the policy)
    event 1 FullSnapshot html > body > p textContent: ***** (defaults of the policy)
    event 1 FullSnapshot html > body > p attributes.title holds secret 1: *** **** (plain)
    """
    named = _named(secrets)
    data = _to_bytes(recording)

    def found() -> list[Leak]:
        search = LeakSearch(policy, data, format, named, reveal=reveal)
        return [*search.changes(), *search.secrets()]

    with paused_collector():
        leaks = call_deep(found)
    if named:  # what redaction would change comes in order
        leaks.sort(key=lambda leak: (leak.event, leak.secret is not None))
    return leaks


def assert_no_leaks(
    recording: Recording,
    policy: Policy = DEFAULT_POLICY,
    *,
    secrets: Iterable[str] | Mapping[str, str] = (),
    reveal: bool = False,
) -> None:
    """Raise ``AssertionError``, with a list by channel, if a recording is not private.

    So it does if the recording holds no event at all: then nothing was recorded, and
    the test that wanted it checked proves nothing.

    >>> assert_no_leaks(recording_from_html("<p>*****</p>"))
    """
    __tracebackhide__ = True  # pytest would print the arguments, so the recording, beside it
    data = _to_bytes(recording)
    leaks = find_leaks(data, policy, secrets=secrets, reveal=reveal)
    if leaks:
        raise AssertionError(summary(leaks))
    if is_empty(data):
        raise AssertionError(NOTHING)


NOTHING = "the recording holds no event: was anything recorded?"


def is_empty(recording: Recording) -> bool:
    """Tell whether a recording holds no event, so that it is private for want of anything.

    >>> is_empty(b"[]"), is_empty(recording_from_html("<p>Jane</p>"))
    (True, False)
    """
    return not decode(_to_bytes(recording))


def summary(leaks: list[Leak], *, examples: int = 3) -> str:
    """Return leaks as text for people: by channel, with examples and what to do.

    Where secrets were looked for and found, these come first.
    """
    events = len({leak.event for leak in leaks})
    lines = [f"{_count(len(leaks), 'leak')} in {_count(events, 'event')}:"]
    named = Counter(leak.secret for leak in leaks if leak.secret is not None)
    lines += [f"  {name} can be read in {_count(count, 'place')}" for name, count in named.items()]
    for channel, count in Counter(leak.channel for leak in leaks).most_common():
        lines.append(f"  {channel}: {count}; {CHANNELS[channel]}")
        own = [leak for leak in leaks if leak.channel == channel]
        shown = sorted(own, key=lambda leak: leak.secret is None)[:examples]
        lines += [f"    {leak}" for leak in shown]
        if count > len(shown):
            lines.append(f"    and {count - len(shown)} more")
    return "\n".join(lines)


class Step(NamedTuple):
    """What was decided about a node on the way to another: its name, level and rule."""

    node: int
    name: str
    level: Level
    rule: str


def explain(
    recording: Recording, node: int, policy: Policy = DEFAULT_POLICY, *, window: int | None = None
) -> list[Step]:
    """Return which rules decided about a node and all above it, the outermost first.

    Decisions are those at the end of the recording, or when the node was last
    there. The list is empty if it never was: such a node is masked.

    Every window (tab) numbers its nodes anew. ``window`` says which is meant, counted from 1 as
    they appear in the recording. Raises ``LookupError`` if it is not given and several have the
    node.

    >>> page = recording_from_html("<nav class='sentry-unmask'><b>Shop</b></nav>")
    >>> for step in explain(page, 6):
    ...     print(step.name, step.level.name, step.rule)
    html DEFAULT defaults of the policy
    body DEFAULT defaults of the policy
    nav.sentry-unmask UNMASK unmask .sentry-unmask
    b UNMASK unmask .sentry-unmask
    """
    redactor, names = Redactor(policy), WindowNames()
    steps: dict[ev.WindowKey, list[Step]] = {}
    for event in decode(_to_bytes(recording)):
        names.learn(event)
        redactor.process(event)
        key = ev.window_of(event)
        path = redactor.ancestors_of(node, key)
        if path:
            steps[key] = _steps(redactor, names.of(key), path, key)
        else:
            steps.setdefault(key, [])
    return _of_window(list(steps.values()), node, window)


def _steps(redactor: Redactor, names: Names, path: list[int], key: ev.WindowKey) -> list[Step]:
    decisions = [(at, redactor.context_of(at, key)) for at in reversed(path)]
    return [
        Step(at, names.label(at), context.level, context.rule)
        for at, context in decisions
        if names.label(at)
    ]


def _of_window(found: list[list[Step]], node: int, window: int | None) -> list[Step]:
    """Choose the steps of one window, or those of the only one that has any."""
    if window is not None:
        return found[window - 1] if 0 < window <= len(found) else []
    there = [number for number, steps in enumerate(found, 1) if steps]
    if len(there) > 1:
        numbers = ", ".join(map(str, there))
        raise LookupError(f"windows {numbers} have a node {node}: say which one is meant")
    return found[there[0] - 1] if there else []


def lint(recording: Recording, policy: Policy) -> list[str]:
    """Return warnings about a policy, seen beside a recording of the page that it is for.

    Warns of options without effect, selectors that decide about no node, and
    unmask rules that show form fields, editable regions or text that changes.

    >>> page = recording_from_html("<form><input name='q'></form>")
    >>> for warning in lint(page, Policy(unmask=["form", "nav"])):
    ...     print(warning)
    unmask 'nav' matches no node of this recording
    unmask form shows form fields, such as html > body > form > input
    """
    return _lint.lint(policy, decode(_to_bytes(recording)))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _named(secrets: Iterable[str] | Mapping[str, str]) -> dict[str, str]:
    listed = [secrets] if isinstance(secrets, str) else secrets
    named = listed if isinstance(listed, Mapping) else _numbered(listed)
    for name, secret in named.items():
        if not isinstance(secret, str):
            raise TypeError(f"{name} is no string but of type {type(secret).__name__}")
    return dict(named)


def _numbered(secrets: Iterable[str]) -> dict[str, str]:
    return {f"secret {number}": secret for number, secret in enumerate(secrets, 1)}


def _to_bytes(recording: Recording) -> bytes:
    if isinstance(recording, bytes | bytearray | memoryview):
        return bytes(recording)
    if isinstance(recording, str | Mapping) or not isinstance(recording, Iterable):
        raise TypeError(f"a recording is bytes or events, not {type(recording).__name__}")
    events = list(recording)
    if any(isinstance(event, str | bytes) for event in events):
        raise TypeError("a recording is bytes or events, not several strings")
    if events and isinstance(events[0], msgspec.Struct):
        return encode(events)
    return json.dumps(events).encode()
