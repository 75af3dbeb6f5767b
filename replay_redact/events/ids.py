"""The window and the session that an event belongs to."""

from __future__ import annotations

from msgspec import UNSET

from replay_redact.events.kinds import Event

ID_SPELLINGS = {
    "session_id": ("sessionId", "session_id", "$session_id"),
    "window_id": ("windowId", "window_id", "$window_id"),
}
"""How recordings spell the names of these ids. The first spelling is that of the model."""

WindowKey = tuple[str | int | None, str | int | None]
"""The ids of an event's session and window. Either is ``None`` if the event has none."""


def window_of(event: Event) -> WindowKey:
    """Return the ids of the session and the window that an event belongs to.

    >>> from replay_redact.events import Load
    >>> window_of(Load(timestamp=1, window_id="tab 2"))
    (None, 'tab 2')
    """
    session, window = event.session_id, event.window_id
    return None if session is UNSET else session, None if window is UNSET else window
