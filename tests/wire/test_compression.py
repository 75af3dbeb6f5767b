"""Compression of output: what a caller may prefer, with the libraries that are there."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from replay_redact import Policy, Redactor, redact_bytes, redact_stream
from replay_redact._wire import compression
from replay_redact._wire.compression import COMPRESSIONS, LIBRARIES, Budget

EVENTS = (
    b"["
    + b",".join(
        b'{"type":3,"timestamp":%d,"data":{"source":5,"id":%d,"text":"Jane Roe","isChecked":false}}'
        % (at, at % 97)
        for at in range(2000)
    )
    + b"]"
)

PLAIN = redact_bytes(EVENTS)


@pytest.fixture(params=["installed", "none installed"])
def _libraries(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "none installed":
        _pretend(monkeypatch, set())
    yield
    compression._deflater.cache_clear()


def _pretend(monkeypatch: pytest.MonkeyPatch, there: set[str]) -> None:
    """Pretend that of the libraries only these and the standard one are installed."""
    known = compression._module

    def module(name: str) -> Any:
        return known(name) if name in there | {"zlib"} else None

    monkeypatch.setattr(compression, "_module", module)
    compression._deflater.cache_clear()


@pytest.mark.no_cover  # the same lines as in smaller tests
@pytest.mark.usefixtures("_libraries")
@pytest.mark.parametrize("effort", LIBRARIES)
@pytest.mark.parametrize("form", COMPRESSIONS)
def test_both_inflate_to_the_same(form: str, effort: str) -> None:
    packed = COMPRESSIONS[form].deflate(EVENTS, "small")
    output = redact_bytes(packed, compression=effort)
    end = b"\n" if form == "snappy-blocks" else b""
    assert COMPRESSIONS[form].inflate(output, Budget()) == PLAIN + end


@pytest.mark.usefixtures("_libraries")
@pytest.mark.parametrize("form", ["gzip", "zlib"])
def test_streams_too(form: str) -> None:
    packed = COMPRESSIONS[form].deflate(EVENTS, "small")
    sizes = {}
    for effort in LIBRARIES:
        output = b"".join(redact_stream(io.BytesIO(packed), compression=effort))
        assert zlib.decompress(output, wbits=47) == PLAIN
        sizes[effort] = len(output)
    assert sizes["small"] < sizes["fast"]


@pytest.mark.usefixtures("_libraries")
def test_small_is_smaller_than_fast() -> None:
    packed = gzip.compress(EVENTS)
    small, fast = (redact_bytes(packed, compression=effort) for effort in ("small", "fast"))
    assert len(small) < len(fast) < len(PLAIN) / 5
    assert redact_bytes(packed) == small


@pytest.fixture
def _fresh() -> Iterator[None]:
    yield
    compression._deflater.cache_clear()


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize(
    ("there", "small", "fast"),
    [
        ({"isal.isal_zlib", "zlib_ng.zlib_ng"}, "zlib_ng.zlib_ng", "isal.isal_zlib"),
        ({"zlib_ng.zlib_ng"}, "zlib_ng.zlib_ng", "zlib_ng.zlib_ng"),
        ({"isal.isal_zlib"}, "zlib", "isal.isal_zlib"),
        (set(), "zlib", "zlib"),
    ],
)
def test_which_library_writes(
    there: set[str], small: str, fast: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pretend(monkeypatch, there)
    found = {effort: compression._deflater(effort).library.__name__ for effort in LIBRARIES}
    assert found == {"small": small, "fast": fast}


def test_a_redactor_keeps_its_choice() -> None:
    packed = gzip.compress(EVENTS)
    first = Redactor(compression="fast")
    again = Redactor.from_state(Policy(), first.state(), compression="fast")
    assert first.process_bytes(packed) == redact_bytes(packed, compression="fast")
    assert again.process_bytes(packed) == redact_bytes(packed, compression="fast")


def test_segments_and_lines_within_compression() -> None:
    segment = b'{"segment_id":0}\n' + zlib.compress(EVENTS)
    output = redact_bytes(segment, compression="fast")
    assert zlib.decompress(output.partition(b"\n")[2]) == PLAIN
    assert len(output) > len(redact_bytes(segment))


@pytest.mark.parametrize("call", [redact_bytes, redact_stream])
def test_an_unknown_choice_is_refused(call: Any) -> None:
    with pytest.raises(
        ValueError, match="unknown compression 'best'; expected one of 'small', 'fa"
    ):
        call([EVENTS] if call is redact_stream else EVENTS, compression="best")


def test_a_library_that_is_missing_is_none() -> None:
    assert compression._module("replay_redact_has_no_such_module") is None


@pytest.mark.parametrize("zeros", [b"\0", b"\0\0\0"])
def test_zeros_behind_a_member_wherever_the_stream_is_cut(zeros):
    member = gzip.compress(b"Jane", mtime=0)
    for pieces in ([member, zeros], [member, zeros, zeros + member], [member + zeros, member]):
        found = b"".join(compression.inflate_pieces(pieces, 31))
        assert found == b"Jane" * sum(member in piece for piece in pieces)
