"""Explaining which rules decided about a node of a recording."""

from __future__ import annotations

from typing import NamedTuple

from replay_redact import events as ev
from replay_redact._engine.engine import Engine
from replay_redact._wire.codec import copy_event, decode
from replay_redact.policy import Level, Policy
from replay_redact.testing.node_paths import Names, WindowNames
from replay_redact.testing.recordings import Recording, to_bytes

DEFAULT_POLICY = Policy()


class Step(NamedTuple):
    """The decision about one node on the path: its id, name, level and rule."""

    node: int
    name: str
    level: Level
    rule: str


def explain(
    recording: Recording, node: int, policy: Policy = DEFAULT_POLICY, *, window: int | None = None
) -> list[Step]:
    """Return which rules decided about a node and each of its ancestors, the outermost first.

    Decisions are those at the end of the recording, or at the moment when the node was last there.
    The list is empty if the node never was there. Such a node is masked.

    Every window (tab) numbers its nodes anew. ``window`` is the number of the window, from 1 in
    order of appearance. Raises ``LookupError`` if it is not given and several windows have a node
    with this id.

    >>> from replay_redact.testing import recording_from_html
    >>> page = recording_from_html("<nav class='sentry-unmask'><b>Shop</b></nav>")
    >>> for step in explain(page, 6):
    ...     print(step.name, step.level.name, step.rule)
    html DEFAULT defaults of the policy
    body DEFAULT defaults of the policy
    nav.sentry-unmask UNMASK unmask .sentry-unmask
    b UNMASK unmask .sentry-unmask
    """
    engine, names = Engine(policy), WindowNames()
    steps: dict[ev.WindowKey, list[Step]] = {}
    for event in decode(to_bytes(recording)):
        names.learn(event)
        engine.redact(copy_event(event))
        key = ev.window_of(event)
        path = engine.ancestors(node, key)
        if path:
            steps[key] = _steps(engine, names.of(key), path, key)
        else:
            steps.setdefault(key, [])
    return _of_window(list(steps.values()), node, window)


def _steps(engine: Engine, names: Names, path: list[int], key: ev.WindowKey) -> list[Step]:
    decisions = [(at, engine.decision(at, key)) for at in reversed(path)]
    return [
        Step(at, names.label(at), context.level, context.rule)
        for at, context in decisions
        if names.label(at)
    ]


def _of_window(found: list[list[Step]], node: int, window: int | None) -> list[Step]:
    """Return the steps of one window, or those of the only window that has any."""
    if window is not None:
        return found[window - 1] if 0 < window <= len(found) else []
    there = [number for number, steps in enumerate(found, 1) if steps]
    if len(there) > 1:
        numbers = ", ".join(map(str, there))
        raise LookupError(f"windows {numbers} have a node {node}: say which one is meant")
    return found[there[0] - 1] if there else []
