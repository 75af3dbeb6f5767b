"""The typed events of a recording: its kinds, and the sources of incremental snapshots.

``type`` tells the kind of an event. In an incremental snapshot, ``source`` inside ``data`` tells
what changed. `KINDS` and `SOURCES` list all of them. An event of any other kind or source cannot
be decoded: it is dropped and counted.

The model covers rrweb 2.x, Sentry's fork, and older releases of both.
"""

from __future__ import annotations

from replay_redact.events import incremental, kinds
from replay_redact.events.ids import ID_SPELLINGS, WindowKey, window_of
from replay_redact.events.incremental import *  # noqa: F403 - its `__all__` lists them
from replay_redact.events.kinds import *  # noqa: F403 - the same

__all__ = ["ID_SPELLINGS", "WindowKey", "window_of"]
__all__ += incremental.__all__
__all__ += kinds.__all__
