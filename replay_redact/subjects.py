"""Whom senders name as the person whose recording it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

__all__ = ["normal", "subjects_of"]

_NOBODY = frozenset(
    "0 -1 anonymous anonymous_user distinct_id email guest id nan nil none not_authenticated null"
    " undefined unknown user user_id true false".split()
) | {"[object object]"}
"""What programs send where nobody is known. Erasing one of these would erase many persons."""


def normal(subject: str) -> str:
    r"""Return the form in which two spellings of one person are the same.

    Case, width, composition and blanks do not count, nor do characters that nobody sees, which come
    along where a name is copied: a byte order mark, zero-width spaces, soft hyphens.

    >>> normal(" Jane@Shop.Example "), normal("\ufeffJane \u00a0ROE")
    ('jane@shop.example', 'jane roe')
    """
    text = unicodedata.normalize("NFD", subject)
    text = "".join(one for one in text if unicodedata.category(one) != "Cf")
    for _ in range(2):  # as Unicode has it: compatibility forms have cases of their own
        text = unicodedata.normalize("NFKC", text.casefold())
    return " ".join(text.split())


def subjects_of(replay_event: Mapping[str, Any]) -> tuple[str, ...]:
    """Return whom a Sentry ``replay_event`` or the properties of a PostHog event name.

    These are ``user.id``, ``user.email``, ``user.username``, ``distinct_id`` and ``$user_id``, also
    below ``properties``. IP addresses are left out: several persons share one. So are words that
    stand for nobody, such as ``anonymous``.

    >>> subjects_of({"user": {"id": 17, "email": "Jane@Shop.example", "ip_address": "192.0.2.1"}})
    ('17', 'Jane@Shop.example')
    >>> subjects_of({"distinct_id": "null", "user": None})
    ()
    """
    user, inner = replay_event.get("user"), replay_event.get("properties")
    found = [*_texts(user, ("id", "email", "username"))]
    for properties in (replay_event, inner):
        found += _texts(properties, ("distinct_id", "$user_id"))
    return tuple(dict.fromkeys(found))


def _texts(values: object, names: Iterable[str]) -> Iterator[str]:
    if not isinstance(values, Mapping):
        return
    for name in names:
        value = values.get(name)
        text = str(value) if type(value) in {str, int} else ""
        if normal(text) and normal(text) not in _NOBODY:
            yield text
