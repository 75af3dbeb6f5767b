"""Which custom events say to which address a page went, and where they say it.

Recorders send an address in `Meta`, before each full snapshot. In between, SDKs say where a single
page app goes: Sentry's in breadcrumbs and spans, PostHog's in events of its own. Sentry's spans of
loaded pages (``navigation.navigate``) come late and tell of the past, so they do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple


class _Form(NamedTuple):
    """What such an event looks like: a word that tells it, and where addresses stand."""

    key: str = ""
    word: str = ""
    paths: tuple[tuple[str, ...], ...] = (("href",), ("url",))


_PAGE = _Form()
_FORMS: dict[str, _Form] = {
    "breadcrumb": _Form("category", "navigation", (("data", "to"),)),
    "performanceSpan": _Form("op", "navigation.push", (("description",),)),
    **dict.fromkeys(["$pageview", "$url_changed", "recording-meta", "pageview-meta"], _PAGE),
}
"""By the tag of the custom event."""


class Said(NamedTuple):
    """What one event says: its payload, and the addresses in it."""

    payload: dict[str, Any]
    form: _Form

    def addresses(self) -> list[str]:
        """Return the addresses; there may be none, or several."""
        return [value for _, value in self._found()]

    def _found(self) -> Iterator[tuple[tuple[str, ...], str]]:
        for path in self.form.paths:
            value: Any = self.payload
            for key in path:
                value = value.get(key) if isinstance(value, dict) else None
            if isinstance(value, str):
                yield path, value

    def tell(self, masked: Any, mask: Callable[[str], str]) -> None:
        """Put back into the masked payload what tells that it is such an event, and the page."""
        if self.form.key:
            masked[self.form.key] = self.form.word
        for path, value in self._found():
            at = masked
            for key in path[:-1]:
                at = at[key]
            at[path[-1]] = mask(value)


def said_by(tag: str, payload: Any) -> Said | None:
    """Return what a custom event says about an address, or ``None`` if it is none that does.

    >>> said_by("$pageview", {"href": "https://shop.example/"}).addresses()
    ['https://shop.example/']
    """
    form = _FORMS.get(tag)
    if form is None:
        return None
    read = payload if isinstance(payload, dict) else {}
    is_such = not form.key or read.get(form.key) == form.word
    return Said(read, form) if is_such else None
