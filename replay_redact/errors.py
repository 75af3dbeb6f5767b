"""Every exception this package raises on purpose.

They stand in a file of their own so that any module may import them without a
cycle. A message names a position and a kind; it never holds recorded content,
because tracebacks end up in logs.
"""

from __future__ import annotations

__all__ = ["DecodeError", "LimitError", "PolicyError", "RedactError", "StateError"]


class RedactError(Exception):
    """Base of every error that replay_redact raises on purpose.

    Anything else that comes out of this package is a bug.
    """


class DecodeError(RedactError):
    """The input is not a recording: the input's fault.

    ``position`` is a byte offset into the (inflated) input, or ``None`` where
    the decoder could not name one.
    """

    def __init__(self, message: str, *, position: int | None = None) -> None:
        super().__init__(message if position is None else f"{message} (byte {position})")
        self.position = position


class LimitError(RedactError):
    """The input is larger or deeper than the limits allow: the input's fault."""


class PolicyError(RedactError):
    """A policy or a selector makes no sense: the caller's fault."""


class StateError(RedactError):
    """Bytes that are not the state of a recording under this policy: the store's fault.

    Begin with a new redactor: what it does not know it masks.
    """
