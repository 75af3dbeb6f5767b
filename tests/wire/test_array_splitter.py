"""Elements of an array that arrives in pieces."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay_redact import LimitError
from replay_redact._wire import array_splitter
from replay_redact._wire.array_splitter import ArraySplitter

values = st.recursive(
    st.none() | st.integers() | st.text(alphabet='ab"\\[]{},\n é', max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(alphabet='a"\\]{', max_size=3), inner, max_size=3)
    ),
    max_leaves=30,
)


def split(text, *sizes):
    """Feed what follows the first bracket in pieces; return the elements and the rest."""
    splitter, found, at = ArraySplitter(), [], 1
    sizes = [*sizes, len(text)]
    while splitter.rest is None and at < len(text):
        size = sizes.pop(0) if len(sizes) > 1 else sizes[0]
        found += splitter.feed(text[at : at + size])
        at += size
    return found, splitter.rest if splitter.rest is None else splitter.rest + text[at:]


@given(st.lists(values, max_size=6), st.lists(st.integers(1, 9), max_size=60), st.booleans(), st.booleans())  # fmt: skip
def test_elements_are_those_of_the_array(array, sizes, pretty, plain):
    text = json.dumps(array, indent=1 if pretty else None, ensure_ascii=plain).encode() + b" x"
    found, rest = split(text, *sizes)
    assert [json.loads(element) for element in found] == array
    assert rest == b" x"


@given(values)
def test_deep_elements_come_whole(value):
    deep = value
    for _ in range(30):
        deep = [{"a": deep, "b": "]"}, 1]
    text = json.dumps([deep, deep]).encode()
    for size in (1, 7, 10_000):
        found, rest = split(text, *[size] * len(text))
        assert [json.loads(element) for element in found] == [deep, deep]
        assert rest == b""


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        (b"[]", []),
        (b"[ \n]", []),
        (b"[1]", [b"1"]),
        (b"[,]", [b"", b""]),
        (b"[1,]", [b"1", b""]),
        (b"[1 2]", [b"1 2"]),
        (b"[}]", [b"}"]),
        (b"[{]]", [b"{]"]),
        (b'["\\"]"]', [b'"\\"]"']),
        (b'["\\\\"]', [b'"\\\\"']),
    ],
)
def test_nothing_is_lost_or_repaired(text, elements):
    for size in range(1, len(text) + 1):
        assert split(text, *[size] * len(text)) == (elements, b"")


def test_an_array_that_does_not_end_has_no_rest():
    assert split(b'[1, "a]') == ([b"1"], None)


def test_lines_are_noticed():
    for text, noticed in ((b"[1,2]\n", False), (b"[1,\n2]", True)):
        splitter = ArraySplitter()
        for at in range(1, len(text)):
            splitter.feed(text[at : at + 1]) if splitter.rest is None else None
        assert splitter.has_newline is noticed


def test_an_element_may_not_be_too_large(monkeypatch):
    monkeypatch.setattr(array_splitter, "MAX_EVENT_BYTES", 10)
    assert split(b"[1234567890,1]")[0] == [b"1234567890", b"1"]
    for text in (b"[12345678901,1]", b'["' + b"a" * 20):
        with pytest.raises(LimitError):
            split(text, *[3] * 20)
