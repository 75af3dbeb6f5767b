"""Streams: the same output as in one call, with little memory."""

import gzip
import io
import itertools
import json
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from helpers import Page, custom, mutation, say
from hypothesis import given
from hypothesis import strategies as st

from replay_redact import (
    DecodeError,
    LimitError,
    Policy,
    RedactError,
    redact_bytes,
    redact_stream,
    stream,
)
from replay_redact._wire import array_splitter, compression
from replay_redact._wire.compression import zstd
from replay_redact.strategies import policies, wild_recordings

SNAPSHOT = Page().snapshot(Page().element("p", {"title": "Jane"}))
EVENTS = [SNAPSHOT, custom("x", "Jane"), {"type": 8, "timestamp": 1}, mutation()]


def pieces(data, sizes):
    """Cut data into pieces of these sizes, over and over."""
    at = 0
    for size in itertools.cycle(sizes):
        if at >= len(data):
            return
        yield data[at : at + size]
        at += size


def streamed(data, policy=None, *, sizes=(7,), **options):
    return b"".join(redact_stream(pieces(data, sizes), policy or Policy(), **options))


def plain(data):
    """Inflate output that is compressed, as a whole or after the header of a segment."""
    if data.startswith(b"\x1f\x8b"):
        return plain(gzip.decompress(data))
    if data.startswith(b"\x78"):
        return plain(zlib.decompress(data))
    if data.startswith(b'{"segment_id"'):
        head, _, rest = data.partition(b"\n")
        return head + plain(rest)
    return data


# --- containers -----------------------------------------------------------------------------------


def _pack(event):
    return zlib.compress(json.dumps({**event, "v": "v1"}).encode()).decode("latin-1")


def _lines(items):
    return b"".join(json.dumps(item).encode() + b"\n" for item in items)


CONTAINERS = {
    "array": lambda events: json.dumps(events).encode(),
    "spaced array": lambda events: b" \n" + json.dumps(events, indent=1).encode() + b"\n\n",
    "array with a mark": lambda events: b"\xef\xbb\xbf" + json.dumps(events).encode(),
    "unescaped array": lambda events: json.dumps(events, ensure_ascii=False).encode("utf-8", "surrogatepass"),
    "strings": lambda events: json.dumps([json.dumps(event) for event in events]).encode(),
    "packed": lambda events: json.dumps([_pack(event) for event in events]).encode(),
    "lines": _lines,
    "blank lines": lambda events: b"\n" + _lines(events).replace(b"\n", b"\r\n\n"),
    "pairs": lambda events: _lines(["window-1", event] for event in events),
    "arrays in lines": lambda events: _lines([event, event] for event in events),
    "object": lambda events: json.dumps({"window_id": "a", "data": events}).encode(),
    "spaced object": lambda events: json.dumps({"events": events}, indent=1).encode(),
    "objects in lines": lambda events: _lines({"events": [event]} for event in events),
    "segment": lambda events: b'{"segment_id": 7}\n' + json.dumps(events).encode(),
    "gzip": lambda events: gzip.compress(json.dumps(events).encode()),
    "zlib": lambda events: zlib.compress(_lines(events)),
    "deflated segment": lambda events: b'{"segment_id":0}\n' + zlib.compress(json.dumps(events).encode()),
    "two layers": lambda events: gzip.compress(zlib.compress(json.dumps(events).encode())),
    "members": lambda events: b"".join(gzip.compress(line + b"\n") for line in _lines(events).splitlines()) + b"\0" * 9,
}  # fmt: skip


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.parametrize("name", CONTAINERS)
@pytest.mark.parametrize("events", [EVENTS, EVENTS[:1], EVENTS[:2], EVENTS[1:3], EVENTS[2:3], EVENTS * 250])  # fmt: skip
def test_every_container_gives_the_same_in_pieces(name, events):
    for size, some in ((1, events[:100]), (1000, events), (10**9, events)):
        data = CONTAINERS[name](some)
        try:
            whole = redact_bytes(data)
        except DecodeError:
            with pytest.raises(DecodeError):
                streamed(data, sizes=[size])
        else:
            assert plain(streamed(data, sizes=[size])) == plain(whole)


@given(
    wild_recordings(), policies(), st.sampled_from(sorted(CONTAINERS)), st.lists(st.integers(1, 99), min_size=1)
)  # fmt: skip
def test_any_recording_gives_the_same_in_pieces(recording, policy, name, sizes):
    data = CONTAINERS[name](recording)
    agrees(data, policy, sizes)


def agrees(data, policy, sizes):
    """Compare with one call: the same output, or else a `RedactError` as well."""
    try:
        whole = redact_bytes(data, policy)
    except RedactError:
        with pytest.raises(RedactError):
            streamed(data, policy, sizes=sizes)
    else:
        assert plain(streamed(data, policy, sizes=sizes)) == plain(whole)


@given(st.sampled_from(sorted(CONTAINERS)), st.data())
def test_damage_gives_the_same_or_an_error(name, data):
    raw = CONTAINERS[name](EVENTS)
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted(data.draw(st.integers(0, len(raw))) for _ in range(2))
        junk = data.draw(st.binary(max_size=3) | st.sampled_from([b"[]", b'"', b"{}", b"\n", b",", b"]", b"null"]))  # fmt: skip
        raw = data.draw(st.sampled_from([raw[:end], raw[:start] + junk + raw[start:], raw[:start] + raw[end:]]))  # fmt: skip
    agrees(raw, Policy(), [data.draw(st.integers(1, 99))])


@given(st.binary())
def test_any_bytes_give_the_same_or_an_error(data):
    agrees(data, Policy(), [3])


@pytest.mark.parametrize(
    "data",
    [
        b"", b" \n", b"[", b"[1", b"[1,", b"[1,]", b"[1 2]", b"[] []", b"[]\n[]", b"[\n]\n[]", b"[]\n",
        b'["w", {"type": 1, "data": {}, "timestamp": 1}]', b'["w", {"type": 1}', b'["w"', b'["w",]',
        b'[ "w" , {"type": 1, "data": {}, "timestamp": 1} ]\n["w", {"type": 1, "data": {}, "timestamp": 2}]',
        b'["w", 1, 2]', b'["\\ud800", {}]', b'["\xff", {}]', b"[1]\n[2]", b'[]\n{"type": 1, "data": {}, "timestamp": 1}',
        b"{}", b"{}\n{}", b"{\n}", b"{", b'{"a": 1}\n[', b'"x"', b"x", b"\xef\xbb\xbf", b"\xef\xbb\xbf[]",
        b'{"segment_id":1}\n', b'{"segment_id":1}\n[]', b'{"segment_id":1}\n{"segment_id":1}\n[]',
        b'{"segment_id":1}\n' * 4 + b"[]", b"\x0c[]", b"[{]", b"[}]", b"[]]", b'[{"type": 5e999}]',
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 2, 1000])
def test_odd_input_gives_the_same_or_an_error(data, size):
    agrees(data, Policy(), [size])


@pytest.mark.parametrize("format_", ["json", "ndjson", "segment", "gzip", "zlib", "zstd"])
@pytest.mark.parametrize("name", CONTAINERS)
def test_formats_that_are_named_are_taken_or_refused_alike(format_, name):
    data = CONTAINERS[name](EVENTS)
    try:
        whole = redact_bytes(data, format=format_)
    except RedactError:
        with pytest.raises(RedactError):
            streamed(data, format=format_)
    else:
        assert plain(streamed(data, format=format_)) == plain(whole)


def test_arrays_in_lines_stay_lines_though_the_first_is_an_array():
    events = [mutation(), custom("x", "Jane")]
    data = CONTAINERS["arrays in lines"](events)
    assert streamed(data).count(b"\n") == 2


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_of_lines_none_of_which_can_be_read_nothing_is_taken():
    data = b"[1]\n" * 10_000
    with pytest.raises(DecodeError, match="no events"):
        streamed(data, sizes=[5000])


def test_zstd_is_refused_with_a_reason():
    with pytest.raises(DecodeError, match="zstd"):
        streamed(b"\x28\xb5\x2f\xfd" + b"Jane")
    assert zstd is None or "zstd" not in compression.STREAMED


# --- sources --------------------------------------------------------------------------------------


@pytest.mark.no_cover  # the same lines as in smaller tests
def test_a_file_is_read_in_pieces(tmp_path):
    data = CONTAINERS["array"](EVENTS * 1000)
    (tmp_path / "recording.json").write_bytes(data)
    with (tmp_path / "recording.json").open("rb") as file:
        assert b"".join(redact_stream(file)) == redact_bytes(data)
    assert b"".join(redact_stream(io.BytesIO(data))) == redact_bytes(data)


def test_other_kinds_of_bytes_are_pieces_too():
    data = CONTAINERS["lines"](EVENTS)
    for kind in (bytearray, memoryview):
        assert b"".join(redact_stream([kind(data[:50]), b"", kind(data[50:])])) == redact_bytes(
            data
        )


@pytest.mark.parametrize("source", [b"[]", bytearray(b"[]"), memoryview(b"[]"), "[]"])
def test_bytes_are_no_stream(source):
    with pytest.raises(TypeError):
        redact_stream(source)


def test_an_unknown_format_is_refused_at_once():
    with pytest.raises(ValueError, match="unknown format"):
        redact_stream([], format="xml")


def test_output_comes_before_the_input_ends():
    taken = []

    def source():
        yield b"["
        for at in range(100):
            taken.append(at)
            yield json.dumps({**custom("x", "Jane" * 1000), "timestamp": at}).encode() + b","
        yield b"1]"

    first = next(redact_stream(source()))
    assert first.startswith(b'[{"type":5')
    assert len(taken) < 40


def test_what_is_known_goes_on_from_batch_to_batch():
    page = Page()
    text = page.text("Jane")
    region = page.element("p", {"class": "sentry-unmask"}, text)
    events = [page.snapshot(region), *[custom("x", "y" * 1000)] * 200, say(text, "Roe")]
    data = json.dumps(events).encode()
    assert b"Roe" in streamed(data, sizes=[10_000])


# --- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b'["' + b"a" * 3000 + b'"]',
        b"[" + b" " * 3000 + b"]",
        b" " * 3000,
        b'{"a": "' + b"a" * 3000 + b'"}\n{}',
        b'{"a":\n"' + b"a" * 3000 + b'"}',
        b'{}\n{"a": "' + b"a" * 200_000 + b'"}',
        b"[]" + b" " * 3000,
        b"x" * 3000,
    ],
)
def test_an_event_may_not_be_too_large(data, monkeypatch):
    for module in (array_splitter, stream):
        monkeypatch.setattr(module, "MAX_EVENT_BYTES", 2000 if len(data) < 100_000 else 100_000)
    with pytest.raises(LimitError):
        streamed(data, sizes=[100])


def test_a_bomb_is_stopped(monkeypatch):
    monkeypatch.setattr(compression, "MAX_STREAM_BYTES", 1_000_000)
    line = json.dumps(custom("x", "y" * 1000)).encode() + b"\n"
    with pytest.raises(LimitError):
        streamed(gzip.compress(line * 2000), sizes=[1000])


def test_layers_are_limited():
    data = b"[]"
    for _ in range(4):
        data = gzip.compress(data)
    with pytest.raises(DecodeError, match="wrapped"):
        streamed(data)


def test_compression_that_ends_too_early_is_an_error():
    data = gzip.compress(json.dumps(EVENTS * 100).encode())
    for end in (5, 20, len(data) - 1):
        with pytest.raises(DecodeError):
            streamed(data[:end])


MEASURE = """
import json, resource, sys, zlib
from helpers import Page, custom, mutation, say
from replay_redact import redact_stream

kind, megabytes = sys.argv[1], int(sys.argv[2])
page = Page()
text = page.text("Jane")
events = [page.snapshot(page.element("p", {}, text)), *[say(text, "Jane Roe %d" % n * 5) for n in range(300)]]
comma = {"array": b",", "lines": b"\\n"}[kind.split()[-1]]
block = comma.join(json.dumps(event).encode() for event in events) + comma
count = megabytes * 1024 * 1024 // len(block)

def plain():
    yield b"[" if comma == b"," else b""
    for _ in range(count):
        yield block
    yield b'{"type": 1, "data": {}, "timestamp": 1}' + (b"]" if comma == b"," else b"")

def deflated():
    deflater = zlib.compressobj(1, zlib.DEFLATED, 31)
    for piece in plain():
        yield deflater.compress(piece)
    yield deflater.flush()

size = 0
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
list(redact_stream([b"[%s1]" % (block.replace(b"\\n", b","))]))
before = peak()
for output in redact_stream(deflated() if "gzip" in kind else plain()):
    size += len(output)
print(size, peak() - before)
"""


@pytest.mark.parametrize("kind", ["array", "lines", "gzip array"])
def test_memory_does_not_grow_with_the_recording(kind):
    here = Path(__file__).parent
    run = subprocess.run([sys.executable, "-c", MEASURE, kind, "16"], capture_output=True, text=True, check=True, cwd=here)  # fmt: skip # noqa: S603
    size, grown = map(int, run.stdout.split())
    assert size > 50_000
    assert grown < 8, "MiB more than after the first 100 KiB"


@pytest.mark.parametrize("source", [io.StringIO("[]"), ["["], [91, 93]])
def test_what_gives_no_bytes_ends_at_once(source):
    with pytest.raises(TypeError, match="the pieces of a recording are bytes, not"):
        list(redact_stream(source))


@pytest.mark.parametrize("source", [None, 7])
def test_what_gives_nothing_is_no_stream(source):
    with pytest.raises(TypeError, match="the source is a binary file or an iterable of bytes"):
        redact_stream(source)
