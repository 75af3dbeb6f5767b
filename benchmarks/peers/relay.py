"""Sentry's Relay, from its package ``sentry_relay``; absent where that is not installed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import msgspec


def relay() -> Callable[[Any], Any] | None:
    """Return Sentry's Relay with its default settings, over any JSON value, if it is here."""
    scrub = relay_of_events(project_config())
    return None if scrub is None else lambda value: scrub({"extra": {"a": value}})["extra"]["a"]


def project_config(**settings: Any) -> dict[str, Any]:
    """Return the rules of a project with its settings, as Relay writes them."""
    processing = _processing()
    given = {"scrubData": True, "scrubDefaults": True, "scrubIpAddresses": False}
    lists: dict[str, Any] = {"sensitiveFields": [], "excludeFields": []}
    config: dict[str, Any] = (
        processing.convert_datascrubbing_config(given | lists | settings) if processing else {}
    )
    return config


def relay_of_events(config: dict[str, Any]) -> Callable[[Any], Any] | None:
    """Return Sentry's Relay over events, if it is here; a fast JSON codec leads to it and back."""
    processing = _processing()
    if processing is None:
        return None
    return functools.partial(
        processing.pii_strip_event,
        config,
        json_dumps=msgspec.json.encode,
        json_loads=msgspec.json.decode,
    )


def _processing() -> Any:
    try:
        from sentry_relay import processing  # noqa: PLC0415 - a peer, not a dependency
    except ImportError:
        return None
    return processing
