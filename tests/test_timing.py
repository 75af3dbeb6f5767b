"""A long string of anything takes time in proportion to its length, within a generous budget."""

import gzip
import json
import os
import sys
import time
import zlib

import pytest
from helpers import Page, add, change

from replay_redact import RedactError, Scrub, _metadata, redact_bytes
from replay_redact._allowed import is_structural
from replay_redact._css import mask_declarations, mask_sheet
from replay_redact._css_tokens import is_balanced
from replay_redact._masks import mask_text, mask_url
from replay_redact._scanner import scanner_of

TRACED = sys.gettrace() is not None or "COVERAGE_RUN" in os.environ
LENGTH = 50_000 if TRACED else 300_000  # traced lines are slow, and their time means nothing
SECONDS = 30  # one or two on a slow machine; a quadratic pass would take many minutes

CSS = ['"', "\\", "a{", "(", "[", "/*", "/", "url(", "@a ", ";", "a:b", "--x:{", '"\n', "1.", "[a=",
       "<!--", "a", '@import "', "}", " ", "\\41 ", "url(\\", "a{b:c;", "f("]  # fmt: skip
URLS = ["a", "/", "&", "@", ":", "http://", "%41", " ", "\\", ";", "="]
STRINGS = ["password=x ", "7", "4111 ", "4111111111111111 ", "a@", "a@a.bb ", "eyJ", "eyJa.", "1.2.3.4.",
           "1.2.3.4 ", "::1", "aa:", "%41", "\\u0041", "\\", "-----BEGIN PRIVATE KEY-----", "://a:b@", "{", "[",
           "token=", '"token":"', "Bearer ", "DE89 ", "DE893704004405320130", "\uff14", "a\u200b", "cookie: ",
           '{"password":"x"},', "123-45-6789 ", "ghp_", "SG.aaaaaaaaaaaaaaaaaaaaaa", "/home/a", "<token>", "a\0", "basic+"]  # fmt: skip
VALUES = ["1", "a", "1 ", "a1", "-", "1e1", "M1", "(", " ", ".", "1,"]


@pytest.fixture(autouse=True)
def _budget():
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < SECONDS


def repeated(piece):
    return piece * (LENGTH // len(piece))


@pytest.mark.parametrize("piece", CSS)
def test_css(piece):
    text = repeated(piece)
    assert "Jane" not in mask_sheet(text) + mask_declarations(text)
    assert is_balanced(text) in {True, False}


@pytest.mark.parametrize("piece", STRINGS)
def test_scanned_strings(piece):
    clean = scanner_of(Scrub.default()).string(repeated(piece))
    assert "4111111111111111" not in clean


@pytest.mark.parametrize("piece", URLS)
def test_addresses(piece):
    assert mask_url("https://a.example/" + repeated(piece)).startswith("https:")
    assert len(mask_url(repeated(piece))) == len(repeated(piece))


@pytest.mark.parametrize("piece", VALUES)
@pytest.mark.parametrize("name", ["type", "width", "d", "lang", "transform", "coords"])
def test_attribute_values(name, piece):
    assert not is_structural(name, repeated(piece) + "!Jane")


@pytest.mark.parametrize("piece", ["a", "\u2003", "\U0001f600", "\u2003\U0001f600"])
def test_text(piece):
    assert set(mask_text(repeated(piece))) <= {"*", "\u2003"}


EVENT = b'{"type":1,"timestamp":1,"data":{}}'
CONTAINERS = {
    "brackets": b"[",
    "braces": b'{"a":',
    "quotes": b'"',
    "backslashes": b"\\",
    "numbers": b"1",
    "digits and dots": b"1.",
    "lines": b"\n",
    "empty events": b"{}\n",
    "lines of strings": b'""\n',
    "segment headers": b'{"segment_id":0}\n',
    "lines of events": EVENT + b"\n",
    "pairs": b'["w",' + EVENT + b"]\n",
    "windows": b'{"window_id":"w","data":[' + EVENT + b"]}\n",
    "zeros": b"\0",
    "broken text": b"\xff\xfe",
    "byte order marks": b"\xef\xbb\xbf",
}
WRAPPED = {
    "as it is": lambda data: data,
    "in an array": lambda data: b"[" + data + b"]",
    "as strings": lambda data: b'["' + data.replace(b"\\", b"").replace(b'"', b"") + b'"]',
    "after a header": lambda data: b'{"segment_id":1}\n' + data,
    "gzip": gzip.compress,
    "zlib after a header": lambda data: b'{"segment_id":1}\n' + zlib.compress(data),
}


@pytest.mark.parametrize("wrapped", WRAPPED)
@pytest.mark.parametrize("piece", CONTAINERS)
def test_containers(piece, wrapped):
    data = WRAPPED[wrapped](repeated(CONTAINERS[piece]))
    try:
        assert isinstance(redact_bytes(data), bytes)
    except RedactError as error:
        assert len(str(error)) < 500  # noqa: PT017 - either outcome is fine, and a short message


def changes_of_a_new_node(count):
    page = Page()
    parent, node = page.element("p"), page.element("p", {"title": "x" * 100 * count})
    added = add(parent, node)
    changed = change(node, **{"class": "a"})["data"]["attributes"] * count
    added["data"]["attributes"] = changed
    return json.dumps([page.snapshot(parent), added]).encode()


GROWING = {
    "css": lambda size: mask_sheet("a{b:'" * size),
    "attribute selectors": lambda size: mask_sheet("[a='b" * size),
    "conditions": lambda size: mask_sheet("@media " + "f(" * size + "{}"),
    "messages of breadcrumbs": lambda size: _metadata._MESSAGE.fullmatch("a" + ".a" * size + " "),
    "changes of a new node": lambda size: redact_bytes(changes_of_a_new_node(size // 10)),
    "declarations": lambda size: mask_declarations("--x:{a(" * size),
    "addresses": lambda size: mask_url("https://a.example/" + ";/&@" * size),
    "text": lambda size: mask_text("\u2003\U0001f600" * size),
}


@pytest.mark.parametrize("name", GROWING)
def test_four_times_the_length_takes_about_four_times_the_time(name):
    def best(size):
        times = []
        for attempt in range(3):  # another length each time: results are remembered
            start = time.process_time()
            GROWING[name](size + attempt)
            times.append(time.process_time() - start)
        return min(times)

    size = 1_000 if TRACED else 10_000
    assert best(4 * size) < 8 * best(size) + 0.05  # 16 times, if it were the square
