"""Every exception this package raises on purpose.

They have a file of their own so that any module can import them without a cycle. A message names
a position and a kind, and what to do. It never holds recorded content, because tracebacks end up in
logs.
"""

from __future__ import annotations

__all__ = [
    "ArchiveError",
    "DecodeError",
    "Deleted",
    "LimitError",
    "PolicyError",
    "RedactError",
    "StateError",
]


class RedactError(Exception):
    """Base of every error that replay_redact raises on purpose.

    Catch it where one bad recording must not stop the others. Anything else that comes out of this
    package is a bug: please report it.
    """


class DecodeError(RedactError):
    """The input is not a recording, or a damaged one. Fix or fetch the input again.

    ``position`` is a byte offset into the (inflated) input, or ``None`` if the decoder could not
    name one.
    """

    def __init__(self, message: str, *, position: int | None = None) -> None:
        super().__init__(message if position is None else f"{message} (byte {position})")
        self.position = position


class LimitError(RedactError):
    """The input is larger or deeper than the limits allow. Cut it into segments, or refuse it.

    The limits keep a hostile input from taking all memory or time.
    """


class PolicyError(RedactError):
    """An option of a policy, or a selector in it, makes no sense. Fix the policy."""


class StateError(RedactError):
    """The stored bytes are not a state of this policy: damaged, or made by another one.

    Start a new redactor. It masks every node that it does not know.
    """


class ArchiveError(RedactError):
    """An archive cannot do what it is asked for. The message says why."""


class Deleted(ArchiveError):  # noqa: N818 - it reads as what it says: the recording is deleted
    """The recording was deleted, and nothing more of it is taken. Answer 410 to whoever asks.

    ``session`` is its name.
    """

    def __init__(self, session: str) -> None:
        super().__init__("the recording is deleted")
        self.session = session


# Tracebacks show the name by which users import an error.
for _error in (RedactError, DecodeError, LimitError, PolicyError, StateError):
    _error.__module__ = "replay_redact"
ArchiveError.__module__ = Deleted.__module__ = "replay_redact.archive"
