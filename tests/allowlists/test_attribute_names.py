"""Attribute names: published ones stay, and words that a browser took for names are dropped."""

import hashlib

import pytest
from helpers import attributes_of
from hypothesis import given
from hypothesis import strategies as st

from replay_redact import policy
from replay_redact._allowlists.attribute_names import ATTRIBUTE_NAMES, PREFIXES, is_public_name
from replay_redact._allowlists.attributes import ATTRIBUTES

PUBLIC = """
class id viewBox viewbox preserveAspectRatio xlink:href xml:lang xmlns xmlns:xlink aria-label aria-braillelabel role
itemprop typeof property vocab mathvariant displaystyle columnalign onclick _onclick ONCLICK onpointerdown rr_width
rr_scrollTop _cssText data-rr-is-password data-user DATA-USER data-user_id data-a.b:c-d allowtransparency
v-if v-on:click.once v-bind:href x-data x-on:click.outside x-transition.opacity x-cloak @click @click.prevent.stop @keydown.enter
@input.debounce.500ms :class :data-x [class] (click) on-focus ng-click ng-reflect-name ngmodel formcontrolname
_ngcontent-abc-c12 _ngcontent-ng-c1234567 _nghost-abc-1 mat-button hx-get wire:click q:key on:click uk-grid jsaction
data-v-12345678 data-v-1a2b3c4d data-astro-cid-123456ab b-1k2j3h4g5f amp-fx i-amphtml-layout fb:like client:load lwc-12ab34cd
""".split()
PRIVATE = """
jane roe's diabetes positive" " '' = superbugs, health. jane@a.example @jane @janeroe #hashtag :smile: x-ray
x-ray-shows-tumor v-neck v-jane onjane one oncology _onjane aria-jane data- data-4711123 data-order-4711123 data-0rz-url
data-jané data_jane rel:gt_act wotshield x-unheard-of ng- (jane) [jane] (click] [class) @click.jane :jane xmlns:jane
xlink:jane é jane\u212a \u212aey rr_4711123 hx-4711123 lwc-4711123
""".split()


@pytest.mark.parametrize("name", PUBLIC)
def test_published_names_stay(name):
    assert is_public_name(name)


@pytest.mark.parametrize("name", PRIVATE)
def test_others_are_dropped(name):
    assert not is_public_name(name)
    assert attributes_of("p", {name: "", "title": ""}) == {"title": ""}


def test_a_name_of_a_prefix_is_not_long():
    assert is_public_name("data-" + "a" * 40)
    assert not is_public_name("data-" + "a" * 41)
    assert not is_public_name("data-" + "a" * 100_000)
    assert not is_public_name("@" + "a-" * 100_000)


def test_the_list_holds_all_that_has_a_kind_and_is_published():
    assert {name.lower() for name in ATTRIBUTES} <= ATTRIBUTE_NAMES
    assert policy.ATTRIBUTE_NAMES is ATTRIBUTE_NAMES
    assert [name for name in ATTRIBUTE_NAMES if name != name.lower() or not name.strip()] == []
    assert [prefix for prefix in PREFIXES if is_public_name(prefix)] == []


def test_the_list_is_pinned():
    """Each name is a promise to users: change the digest only if you mean the change."""
    assert len(ATTRIBUTE_NAMES) == 1088
    digest = hashlib.sha256("\n".join(sorted(ATTRIBUTE_NAMES)).encode()).hexdigest()
    assert digest[:16] == "ea6e004bc2f88ed7"


@given(st.text(st.characters(codec="utf-16", exclude_categories=["Cs"]), max_size=12))
def test_what_is_no_ascii_is_private(name):
    if not name.isascii() and name not in ATTRIBUTE_NAMES:
        assert not is_public_name(name)
