"""Which window of which session an event belongs to."""

from __future__ import annotations

from msgspec import UNSET

from replay_redact.events.kinds import Event

ID_SPELLINGS = {
    "session_id": ("sessionId", "session_id", "$session_id"),
    "window_id": ("windowId", "window_id", "$window_id"),
}
"""How recordings write the ids of an event; the first is the model's own."""

WindowKey = tuple[str | int | None, str | int | None]
"""Which window an event belongs to: the ids of its session and its window, if it has any."""


def window_of(event: Event) -> WindowKey:
    """Return which window of which session an event belongs to.

    >>> from replay_redact.events import Load
    >>> window_of(Load(timestamp=1, window_id="tab 2"))
    (None, 'tab 2')
    """
    session, window = event.session_id, event.window_id
    return None if session is UNSET else session, None if window is UNSET else window
