"""Long strings that are slow for careless code, each as a function of its length.

`test_growth.py` counts the lines of Python that they take, `instructions/` counts instructions of
the processor. Each function also checks that nothing private is in the output.
"""

import gzip
import json
import zlib
from functools import partial

from helpers import Page, add, change

from replay_redact import Policy, RedactError, Scrub, redact_bytes
from replay_redact._allowlists.attributes import is_structural
from replay_redact._css.sheets import mask_declarations, mask_sheet
from replay_redact._css.tokens import is_balanced
from replay_redact._masks.text import mask_text
from replay_redact._masks.urls import mask_url
from replay_redact._metadata import breadcrumbs
from replay_redact._rules.strict import compile_rules
from replay_redact._wire.array_splitter import ArraySplitter
from replay_redact.scrub import finders
from replay_redact.scrub.scanner import scanner_of

CSS = ['"', "\\", "a{", "(", "[", "/*", "/", "url(", "@a ", ";", "a:b", "--x:{", '"\n', "1.", "[a=",
       "<!--", "a", '@import "', "}", " ", "\\41 ", "url(\\", "a{b:c;", "f(", "a{b:'", "[a='b", "@media f("]  # fmt: skip
URLS = ["a", "/", "&", "@", ":", "http://", "%41", " ", "\\", ";", "=", ";/&@"]
STRINGS = ["password=x ", "7", "4111 ", "4111111111111111 ", "a@", "a@a.bb ", "eyJ", "eyJa.", "1.2.3.4.",
           "1.2.3.4 ", "::1", "aa:", "%41", "\\u0041", "\\", "-----BEGIN PRIVATE KEY-----", "://a:b@", "{", "[",
           "token=", '"token":"', "Bearer ", "DE89 ", "DE893704004405320130", "\uff14", "a\u200b", "cookie: ",
           '{"password":"x"},', "123-45-6789 ", "ghp_", "SG.aaaaaaaaaaaaaaaaaaaaaa", "/home/a", "<token>", "a\0", "basic+", "xtoken=", "apin:", "-keypin:",
           "passwordtoken=", "x='", "-a+x;", "basic+a;--"]  # fmt: skip
IN_QUOTES = ["%/home/", "/home/a", "a@b.cc ", '", ']
NAMES = ["type", "width", "d", "lang", "transform", "coords"]
VALUES = ["1", "a", "1 ", "a1", "-", "1e1", "M1", "(", " ", ".", "1,"]
ARRAYS = [
    b"[",
    b"[{",
    b'{"a":',
    b'{"a":[1,"b",{"c":',
    b'"',
    b'\\"',
    b'"a",',
    b'{"a":"',
    b"}",
    b'[[],[[[["',
]
TEXTS = ["a", "\u2003", "\U0001f600", "\u2003\U0001f600"]

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


def repeated(piece, length):
    return piece * (length // len(piece))


def css(piece, length):
    text = repeated(piece, length)
    assert "Jane" not in mask_sheet(text) + mask_declarations(text)
    assert is_balanced(text) in {True, False}


def declarations(length):
    assert "Jane" not in mask_declarations("--x:{a(" * (length // 7))


def address(piece, length):
    assert mask_url("https://a.example/" + repeated(piece, length)).startswith("https:")
    assert len(mask_url(repeated(piece, length))) == len(repeated(piece, length))


def scanned(piece, length, before=""):
    clean = scanner_of(Scrub.default()).string(before + repeated(piece, length))
    assert "4111111111111111" not in clean


def blanks(count):
    scanner_of(Scrub.default()).string('["' + "a@b.de " * count + '"' + " " * (10 * count) + "]")


def value(name, piece, length):
    assert not is_structural(name, repeated(piece, length) + "!Jane")


def text(piece, length):
    assert set(mask_text(repeated(piece, length))) <= {"*", "\u2003"}


def container(wrapped, piece, length):
    data = WRAPPED[wrapped](repeated(CONTAINERS[piece], length))
    try:
        assert isinstance(redact_bytes(data), bytes)
    except RedactError as error:
        assert len(str(error)) < 500  # noqa: PT017 - either outcome is fine, and a short message


def array(unit, size, length):
    """Split an array that arrives in pieces."""
    text, splitter = repeated(unit, length), ArraySplitter()
    for at in range(0, length, size):
        if splitter.rest is None:
            splitter.feed(text[at : at + size])


def message(length):
    breadcrumbs._MESSAGE.fullmatch("a" + ".a" * (length // 2) + " ")


def changes_of_a_new_node(length):
    """Add a node with a long title, and change it as many times as the title has words."""
    count = max(length // 100, 1)
    page = Page()
    parent, node = page.element("p"), page.element("p", {"title": "x" * 100 * count})
    added = add(parent, node)
    changed = change(node, **{"class": "a"})["data"]["attributes"] * count
    added["data"]["attributes"] = changed
    redact_bytes(json.dumps([page.snapshot(parent), added]).encode())


def members(length):
    """Read many empty members of one compressed stream."""
    data = gzip.compress(b"") * max(length // 20, 1)
    try:
        redact_bytes(data)
    except RedactError:
        return
    raise AssertionError("a recording without events was taken")


def levels_of_a_page(selector, depth):
    """Match a selector at each level of a page."""
    compile_rules.cache_clear()  # rules remember their decisions
    opened = "".join(
        f'{{"type":2,"id":{level + 2},"tagName":"p","attributes":{{"class":"c"}},"childNodes":['
        for level in range(depth)
    )
    root = f'{{"type":0,"id":1,"childNodes":[{opened}{"]}" * depth}]}}'
    page = f'[{{"type":2,"timestamp":1,"data":{{"node":{root}}}}}]'.encode()
    redact_bytes(page, Policy(unmask=selector))


CASES = {
    **{f"css {piece!r}": partial(css, piece) for piece in CSS},
    **{f"address {piece!r}": partial(address, piece) for piece in URLS},
    **{f"scanned {piece!r}": partial(scanned, piece) for piece in STRINGS},
    **{
        f"scanned in quotes {piece!r}": partial(scanned, piece, before='{"a":"')
        for piece in IN_QUOTES
    },
    **{f"text {piece!a}": partial(text, piece) for piece in TEXTS},
    **{
        f"value {name} {piece!r}": partial(value, name, piece) for name in NAMES for piece in VALUES
    },
    **{
        f"container {piece}, {wrapped}": partial(container, wrapped, piece)
        for wrapped in WRAPPED
        for piece in CONTAINERS
    },
    **{
        f"array {unit.decode()}, in pieces of {size}": partial(array, unit, size)
        for unit in ARRAYS
        for size in (100, 1_000)
    },
    "levels": lambda length: levels_of_a_page(".a .b .c", max(length // 20, 1)),
    "blanks in brackets": lambda length: blanks(length // 20),
    "declarations": declarations,
    "message of a breadcrumb": message,
    "changes of a new node": changes_of_a_new_node,
    "members of a compressed stream": members,
}
"""What is tried, by name."""

SHORT = ["a@", "a", ".", "1", "1 ", "1.", "1-", "a.", ":", "1:", "::", "eyJ", "ey.", "/", "//a:", "+1", "(1", "A1",
         "DE12", "-----BEGIN "]  # fmt: skip


def find_in_short_strings(detector):
    """Look for a detector's secrets in strings so short that the faster engine searches them.

    That engine may take the square of their length, so only short strings go to it.
    """
    find = finders.of_detector(detector)
    for unit in SHORT:
        for string in (unit * 256, unit * 256 + "@", "x" + unit * 256 + "!"):
            list(find(string.encode()[-finders.SHORT :]))
