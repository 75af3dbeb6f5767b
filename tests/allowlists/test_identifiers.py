"""Identifiers: long numbers and code points become zeros, scope names of frameworks stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay_redact._allowlists.identifiers import zeroed, zeroed_words
from replay_redact._runtime.utf16 import utf16_length

NAMES = {
    "order-4711123": "order-0000000",
    "a12345b": "a12345b",
    "a123456b1234567": "a000000b0000000",
    "customer-٤١١١١١١": "customer-0000000",
    "\U0001d7d2\U0001d7cf" * 3: "0" * 12,
    "mjx-c1D44E": "mjx-c00000",
    "mjx-c30": "mjx-c00",
    "mjx-c" + "1" * 40: "mjx-c" + "0" * 40,
    "mjx-container": "mjx-container",
    "mjx-c": "mjx-c",
    "x-mjx-c1D44E": "x-mjx-c1D44E",
    "jsx-4711123": "jsx-4711123",
    "jsx-47111234711": "jsx-00000000000",
    "jsx-4711123-jane": "jsx-0000000-jane",
    "data-v-12345678": "data-v-12345678",
    "data-v-123456789": "data-v-000000000",
    "_ngcontent-abc-c1234567": "_ngcontent-abc-c1234567",
    "_nghost-ng-c1234567890": "_nghost-ng-c1234567890",
    "ng-tns-c1234567-0": "ng-tns-c1234567-0",
    "css-123456a": "css-123456a",
    "css-123456a-MuiButton-root": "css-123456a-MuiButton-root",
    "css-1234567": "css-0000000",
    "sc-1234567": "sc-0000000",
    "sc-123456a-0": "sc-123456a-0",
    "svelte-123456a": "svelte-123456a",
    "m_21657268": "m_21657268",
    "m_123456789": "m_000000000",
    "astro-123456ab": "astro-123456ab",
    "elementor-element-1234567": "elementor-element-1234567",
    "elementor-element-12345678": "elementor-element-00000000",
    "wp-container-core-group-is-layout-12345678": "wp-container-core-group-is-layout-12345678",
    "vc_custom_1612345678901": "vc_custom_1612345678901",
}


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names(name):
    assert zeroed(name) == NAMES[name]
    assert zeroed(zeroed(name)) == zeroed(name)


def test_each_name_of_a_list_is_judged_by_itself():
    assert zeroed_words(" a-4711123\tjsx-4711123\nmjx-c1D44E  b ") == (
        " a-0000000\tjsx-4711123\nmjx-c00000  b "
    )
    assert zeroed_words("") == ""
    assert zeroed_words("a b-12345") == "a b-12345"


PIECES = st.sampled_from(
    ["jsx-", "data-v-", "mjx-c", "css-", "sc-", "1", "2", "12345", "٤", "\U0001d7d2", "a", "-", " ", "\n"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_zeroing_is_idempotent_and_keeps_lengths_and_white_space(value):
    once = zeroed_words(value)
    assert zeroed_words(once) == once
    assert utf16_length(once) == utf16_length(value)
    assert [c.isspace() for c in once if c.isspace()] == [c.isspace() for c in value if c.isspace()]
    for one, other in zip(once.split(), value.split(), strict=True):
        assert zeroed(other) == one
