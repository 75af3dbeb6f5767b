"""Envelopes: what is read, what is written, and what is refused."""

import gzip
import json
import zlib

import pytest

from replay_redact._wire import envelopes
from replay_redact._wire.envelopes import (
    Envelope,
    Item,
    may_be_envelope,
    read_envelope,
    write_envelope,
)
from replay_redact.errors import DecodeError, LimitError

EVENT = {"type": "event"}


def items(data: bytes) -> list[tuple[str, bytes]]:
    return [(item.type, item.payload) for item in read_envelope(data).items]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"{}", [], id="headers-only"),
        pytest.param(b"{}\n", [], id="headers-with-line-end"),
        pytest.param(b"{}\n\n \n", [], id="blank-lines-only"),
        pytest.param(b'{}\n{"type":"event"}\n{"a":1}\n', [("event", b'{"a":1}')], id="by-line"),
        pytest.param(
            b'{}\n{"type":"event"}\n{"a":1}', [("event", b'{"a":1}')], id="last-line-without-end"
        ),
        pytest.param(
            b'{}\n{"type":"event","length":null}\nab\n', [("event", b"ab")], id="length-null"
        ),
        pytest.param(
            b'{}\n{"type":"event","length":3}\na\nb', [("event", b"a\nb")], id="payload-of-lines"
        ),
        pytest.param(
            b'{}\n{"type":"event","length":0}\n\n{"type":"log"}\nx',
            [("event", b""), ("log", b"x")],
            id="empty-payload",
        ),
        pytest.param(b'{}\n{"type":"event"}', [("event", b"")], id="payload-missing"),
        pytest.param(
            b'{}\n{"type":"event"}\n\n{"type":"log"}\nx',
            [("event", b""), ("log", b"x")],
            id="empty-line-is-a-payload",
        ),
        pytest.param(
            b'{}\n\n\n{"type":"event","length":1}\nx\n\n\n',
            [("event", b"x")],
            id="blank-lines-between",
        ),
        pytest.param(
            b'{\n "dsn": "x"\n}\n{\n"type":"event"\n}\nx',
            [("event", b"x")],
            id="headers-over-lines",
        ),
        pytest.param(b'{}\r\n{"type":"event"}\r\nx', [("event", b"x")], id="carriage-returns"),
        pytest.param(b'{}\n{"type":"x","length":2}\n\xff\xfe\n', [("x", b"\xff\xfe")], id="binary"),
        pytest.param(
            '{}\n{"type":"\u00e4\u4e2d"}\nx'.encode(), [("\u00e4\u4e2d", b"x")], id="not-ascii"
        ),
    ],
)
def test_reads(data, expected):
    assert items(data) == expected
    again = read_envelope(write_envelope(read_envelope(data)))
    assert [(item.type, item.payload) for item in again.items] == expected


@pytest.mark.parametrize(
    ("data", "error", "complaint"),
    [
        pytest.param(b"", DecodeError, "this is no envelope", id="empty"),
        pytest.param(b"[]\n", DecodeError, "this is no envelope", id="array"),
        pytest.param(b"hello", DecodeError, "this is no envelope", id="text"),
        pytest.param(b"{", DecodeError, "no JSON object", id="cut-off"),
        pytest.param(b'{"a":NaN}\n', DecodeError, "no JSON object", id="not-json"),
        pytest.param(b'{"a":"\xff"}\n', DecodeError, "no JSON object", id="not-utf-8"),
        pytest.param(b"{} x\n", DecodeError, "does not end its line", id="text-after-headers"),
        pytest.param(b"{}\nhello", DecodeError, "no JSON object", id="item-is-text"),
        pytest.param(b"{}\n[]\n", DecodeError, "no JSON object", id="item-is-array"),
        pytest.param(b"{}\n{}\nx", DecodeError, "no type", id="no-type"),
        pytest.param(b'{}\n{"type":1}\nx', DecodeError, "no type", id="type-is-a-number"),
        pytest.param(
            b'{}\n{"type":"a","length":9}\nx', DecodeError, "not that of its payload", id="too-long"
        ),
        pytest.param(
            b'{}\n{"type":"a","length":-1}\nx',
            DecodeError,
            "not that of its payload",
            id="negative",
        ),
        pytest.param(
            b'{}\n{"type":"a","length":true}\nx',
            DecodeError,
            "not that of its payload",
            id="boolean",
        ),
        pytest.param(
            b'{}\n{"type":"a","length":"1"}\nx', DecodeError, "not that of its payload", id="string"
        ),
        pytest.param(
            b'{}\n{"type":"a","length":1}\nxyz\n', DecodeError, "does not end where", id="too-short"
        ),
        pytest.param(b"{" + b'"a":{' * 200_000, LimitError, "header", id="too-deep-or-long"),
        pytest.param(
            b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
            LimitError,
            "too deep",
            id="too-deep",
        ),
        pytest.param(
            b'{"a":"' + b"x" * 300_000 + b'"}\n', LimitError, "longer than", id="too-long-header"
        ),
        pytest.param(b"\x1f\x8b\x08", DecodeError, "ends too early|damaged", id="damaged-gzip"),
    ],
)
def test_refuses(data, error, complaint):
    with pytest.raises(error, match=complaint):
        read_envelope(data)


def test_complaints_hold_nothing_of_the_envelope():
    with pytest.raises(DecodeError) as caught:
        read_envelope(b'{"dsn":"jane"}\n{"jane":1}\njane')
    assert "jane" not in str(caught.value)
    assert caught.value.position == 15


def test_too_many_items(monkeypatch):
    monkeypatch.setattr(envelopes, "MAX_ITEMS", 2)
    two = b'{}\n{"type":"a"}\nx\n{"type":"a"}\nx\n'
    assert len(items(two)) == 2
    with pytest.raises(LimitError, match="more than 2 items"):
        read_envelope(two + b'{"type":"a"}\nx\n')


@pytest.mark.parametrize("compress", [gzip.compress, zlib.compress])
def test_compressed_envelopes_stay_compressed(compress):
    envelope = read_envelope(compress(b'{}\n{"type":"event"}\n{}'))
    assert envelope.items == [Item(EVENT, b"{}")]
    written = write_envelope(envelope)
    assert not written.startswith(b"{")
    assert read_envelope(written) == envelope


def test_headers_are_written_anew():
    read = read_envelope(
        b'{"dsn":"a","dsn":"b"}\n{"length":9,"type":"x","n":"\xe4\xb8\xad","length":1}\ny'
    )
    assert write_envelope(read) == b'{"dsn":"b"}\n{"type":"x","n":"\\u4e2d","length":1}\ny\n'


def test_lone_surrogates_in_headers():
    read = read_envelope(b'{}\n{"type":"\\ud800"}\n')
    assert read_envelope(write_envelope(read)) == read


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"dsn":"x"}\n{"type":"event"}\n{}', True),
        (b'{"event_id":"x"}\n\n{"type":"event","length":2}\n{}', True),
        (b'{"new":"x"}\n{"type":"replay_event","length":2}\n{}', True),
        (b'{"new":"x"}\n{"type":"event","length":9}\n{}', True),  # and an error, not lines
        (b'{\n"new":"x"\n}\n{"type":"attachment","length":2}\n{}', True),
        (b'{"new":"x","dsn":"x"}\n{"type":"event"}\n{}', True),
        (b'{"new":"x"}\n{"type":"event"}\n{}', False),
        (b'{"new":"x"}\n{"type":"new","length":2}\n{}', False),
        (b'{"new":"x"}\n{"type":"event","length":true}\n{}', False),
        (b'{"type":4,"timestamp":1}\n{"type":"event","length":2}\n{}', False),
        (b'{"new":"x"}', False),
        (b'{"type":"a"}\n{"type":"b"}', False),
        (b'{"segment_id":0}\n[]', False),
        (b'{"dsn":"x"}\n{"type":3}', False),
        (b'{"dsn":"x"}', False),
        (b"hello", False),
    ],
)
def test_may_be_envelope(data, expected):
    assert may_be_envelope(data) is expected


def test_sentry_sdk_reads_what_is_written():
    sdk = pytest.importorskip("sentry_sdk.envelope")
    written = write_envelope(
        Envelope({"event_id": "a"}, [Item(EVENT, b'{"a":1}'), Item({"type": "x"}, b"1\n2")])
    )
    read = sdk.Envelope.deserialize(written)
    assert read.headers == {"event_id": "a"}
    assert [item.headers["type"] for item in read.items] == ["event", "x"]
    assert read.items[0].payload.json == {"a": 1}
    assert json.loads(read.items[0].get_bytes()) == {"a": 1}
