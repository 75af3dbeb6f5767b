"""Sentry's Relay, from its package ``sentry_relay``; absent where that is not installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec


def relay() -> Callable[[Any], Any] | None:
    """Return Sentry's Relay with its default settings, over any JSON value, if it is here."""
    try:
        from sentry_relay import processing  # noqa: PLC0415 - a peer, not a dependency
    except ImportError:
        return None
    settings = {"scrubData": True, "scrubDefaults": True, "scrubIpAddresses": False}
    config = processing.convert_datascrubbing_config(
        settings | {"sensitiveFields": [], "excludeFields": []}
    )

    def scrub(value: Any) -> Any:
        event = {"extra": {"a": value}}
        clean = processing.pii_strip_event(
            config, event, json_dumps=msgspec.json.encode, json_loads=msgspec.json.decode
        )
        return clean["extra"]["a"]

    return scrub
