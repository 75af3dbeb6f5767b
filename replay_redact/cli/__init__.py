"""The ``replay-redact`` command."""

from __future__ import annotations

from replay_redact.cli.command import main

__all__ = ["main"]
