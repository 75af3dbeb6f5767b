"""Seeded events as Sentry's SDKs send them: an error, a transaction, breadcrumbs, a request.

Messages, ids, times, addresses, lines of code and values are drawn anew for each event, so that
remembering strings saves nothing. What comes again is what one application repeats: names of
fields, versions, words of the protocol.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from benchmarks import corpus, words

Event = dict[str, Any]
Random = random.Random

FRAMES = 20
SPANS = 100
BREADCRUMBS = 100
ORDERS = 60
"""Items of the body of a request."""

_BEGAN = 1_795_811_156.0


def events(kind: str, count: int, seed: int) -> list[Event]:
    """Return so many events of a kind of `KINDS`.

    >>> first, second = events("small", 2, seed=1)
    >>> first["message"] == second["message"]
    False
    """
    rng = Random(f"{kind} {seed}")
    return [KINDS[kind](rng) for _ in range(count)]


def _small(rng: Random) -> Event:
    return _event(rng) | {"message": _line(rng), "extra": _facts(rng, 3)}


def _error(rng: Random) -> Event:
    frames = [_frame(rng, number) for number in range(FRAMES)]
    values = [{"type": "KeyError", "value": _line(rng), "stacktrace": {"frames": frames}}]
    return _event(rng) | {
        "logentry": {"message": "failed %s", "formatted": _line(rng)},
        "exception": {"values": values},
        "request": _request(rng, words.sentence(rng)),
        "breadcrumbs": {"values": [_breadcrumb(rng) for _ in range(BREADCRUMBS // 4)]},
        "extra": _facts(rng, 10),
    }


def _transaction(rng: Random) -> Event:
    return _event(rng) | {
        "type": "transaction",
        "transaction": f"/orders/{rng.randrange(10**6)}",
        "start_timestamp": _time(rng),
        "contexts": {"trace": {**_ids(rng), "op": "http.server", "status": "ok"}},
        "spans": [_span(rng) for _ in range(SPANS)],
    }


def _breadcrumbs(rng: Random) -> Event:
    values = [_breadcrumb(rng) for _ in range(BREADCRUMBS)]
    return _event(rng) | {"message": _line(rng), "breadcrumbs": {"values": values}}


def _body(rng: Random) -> Event:
    orders = [
        {
            "id": rng.randrange(10**9),
            "sku": _hex(rng, 10),
            "price": rng.random() * 100,
            "note": words.sentence(rng),
            "to": {"name": words.sentence(rng, 2), "city": words.word(rng) + _hex(rng, 3)},
        }
        for _ in range(ORDERS)
    ]
    return _event(rng) | {"request": _request(rng, {"orders": orders, "token": _hex(rng, 32)})}


KINDS: dict[str, Callable[[Random], Event]] = {
    "small": _small,
    f"error, {FRAMES} frames": _error,
    f"transaction, {SPANS} spans": _transaction,
    f"{BREADCRUMBS} breadcrumbs": _breadcrumbs,
    f"request, {ORDERS} orders": _body,
}
"""What makes an event of each kind."""


def _event(rng: Random) -> Event:
    return {
        "event_id": _hex(rng, 32),
        "timestamp": _time(rng),
        "level": "error",
        "platform": "python",
        "release": f"shop@1.{rng.randrange(10**4)}",
        "environment": "production",
        "server_name": f"web-{_hex(rng, 6)}",
        "user": {
            "id": _hex(rng, 8),
            "email": f"{_hex(rng, 6)}@shop.example",
            "ip_address": _ip(rng),
        },
        "tags": [["customer", words.sentence(rng, 3)], ["shop", _hex(rng, 5)]],
        "contexts": {
            "trace": _ids(rng),
            "runtime": {"name": "CPython", "version": f"3.11.{rng.randrange(99)}"},
        },
        "sdk": {"name": "sentry.python", "version": "2.20.0", "integrations": ["django", "redis"]},
        "modules": {"django": "5.1", "redis": "5.0", words.word(rng): f"1.{rng.randrange(99)}"},
    }


def _frame(rng: Random, number: int) -> Event:
    path = f"shop/{words.word(rng)}/views{number}.py"
    return {
        "filename": path,
        "abs_path": f"/srv/{path}",
        "function": f"get_{words.word(rng)}",
        "module": path.replace("/", "."),
        "lineno": rng.randrange(2_000),
        "in_app": True,
        "context_line": f"    return {words.word(rng)}_{_hex(rng, 3)}.total(user)",
        "pre_context": [_code(rng) for _ in range(5)],
        "post_context": [_code(rng) for _ in range(5)],
        "vars": {
            "self": f"<Order {_hex(rng, 6)}>",
            "user": f"<User: {_hex(rng, 6)}@shop.example>",
            "password": repr(_hex(rng, 9)),
            "total": rng.randrange(10**5),
            "note": words.sentence(rng),
            "rows": [_hex(rng, 4), {"id": rng.randrange(10**6), "name": words.sentence(rng, 3)}],
        },
    }


def _span(rng: Random) -> Event:
    query = f"SELECT * FROM {words.word(rng)} WHERE id = {rng.randrange(10**6)}"  # noqa: S608 - only read
    return {
        **_ids(rng),
        "parent_span_id": _hex(rng, 16),
        "op": rng.choice(["db.sql.query", "cache.get", "http.client"]),
        "origin": "auto.db",
        "status": "ok",
        "start_timestamp": _time(rng),
        "timestamp": _time(rng),
        "description": query,
        "data": {"db.system": "postgresql", "db.name": words.word(rng), "rows": rng.randrange(99)},
    }


def _breadcrumb(rng: Random) -> Event:
    return {
        "timestamp": _time(rng),
        "type": "default",
        "category": rng.choice(["query", "httplib", "auth"]),
        "level": "info",
        "message": _line(rng),
        "data": {"url": f"https://shop.example/{_hex(rng, 6)}", "status_code": 200},
    }


def _request(rng: Random, data: Any) -> Event:
    return {
        "url": f"https://shop.example/orders/{rng.randrange(10**6)}",
        "method": "POST",
        "query_string": f"page={rng.randrange(99)}&token={_hex(rng, 20)}",
        "headers": [
            ["Authorization", f"Bearer {_hex(rng, 20)}"],
            ["User-Agent", f"Mozilla/5.0 (X11; Linux x86_64) Firefox/{rng.randrange(200)}.0"],
            ["Cookie", f"theme=dark; session={_hex(rng, 20)}"],
            ["X-Request-Id", _hex(rng, 32)],
        ],
        "env": {"REMOTE_ADDR": _ip(rng), "SERVER_PORT": "443"},
        "data": data,
    }


def _facts(rng: Random, count: int) -> dict[str, str]:
    return {f"{words.word(rng)}_{number}": words.sentence(rng) for number in range(count)}


def _line(rng: Random) -> str:
    """Return a line of a log; one in forty holds a secret, as in the corpus."""
    if rng.randrange(40) == 0:
        return f"card {corpus.card(rng)} of {_hex(rng, 6)}@shop.example"
    return f"{words.sentence(rng)} {_hex(rng, 4)}"


def _code(rng: Random) -> str:
    return f"    {words.word(rng)}_{_hex(rng, 3)} = {words.word(rng)}({rng.randrange(99)})"


def _ids(rng: Random) -> dict[str, str]:
    return {"trace_id": _hex(rng, 32), "span_id": _hex(rng, 16)}


def _time(rng: Random) -> float:
    return _BEGAN + rng.random()


def _ip(rng: Random) -> str:
    return f"203.0.113.{rng.randrange(1, 255)}"


def _hex(rng: Random, digits: int) -> str:
    return f"{rng.getrandbits(4 * digits):0{digits}x}"
